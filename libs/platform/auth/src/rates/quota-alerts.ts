import { quotaEvent } from '@berth/contracts';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';
import type { Taken } from './allowance.store';
import type { Requester } from './allowances';

const WARNED_AT = 0.8;

/** Tells when a person has sent most of a day's requests, and when all: the lot that crosses the line tells it, once over all processes. */
@Injectable()
export class QuotaAlerts {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  async tell(requester: Requester, { granted, usedToday, perDay }: Taken): Promise<void> {
    if (requester.kind !== 'person' || perDay === null) return;
    const crossed = (line: number): boolean => usedToday - granted < line && line <= usedToday;
    const type = crossed(perDay) ? 'quota.exceeded' : crossed(Math.ceil(perDay * WARNED_AT)) ? 'quota.warning' : undefined;
    if (!type) return;
    const { organizationId, accountId: id } = requester;
    await this.database.transaction({ organizationId, accountId: id, requestId: '' }, (tx) =>
      this.outbox.append(
        tx,
        { organizationId, accountId: null, requestId: null },
        quotaEvent(type, { id, used: usedToday, limit: perDay, window: 'P1D' }),
      ),
    );
  }
}
