import { may } from '@berth/platform/auth';
import { Topics } from '@berth/platform/realtime';
import { DeliveryQueries } from '@berth/webhooks';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ReadersQueries } from './system/readers.queries';

/** What can be followed live though it stands in no log: what was sent to a webhook, and how the installation does. */
@Injectable()
export class LiveStates implements OnModuleInit {
  constructor(
    private readonly topics: Topics,
    private readonly deliveries: DeliveryQueries,
    private readonly readers: ReadersQueries,
  ) {}

  onModuleInit(): void {
    this.topics.define('webhook', {
      maySubscribe: async (actor, id) =>
        id !== null && may(actor, 'webhook:manage') && (await this.deliveries.markOf(actor.organizationId, id)) !== undefined,
      keysOf: () => [],
      markOf: async (organizationId, id) => (id === null ? undefined : await this.deliveries.markOf(organizationId, id)) ?? '',
    });
    this.topics.define('system', {
      maySubscribe: async (actor, id) => id === null && may(actor, 'system:read'),
      keysOf: () => [],
      markOf: (organizationId) => this.readers.mark(organizationId),
    });
  }
}
