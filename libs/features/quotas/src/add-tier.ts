import { catalogueEvent } from '@berth/contracts';
import { newId } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';
import { type Tier, toTier } from './tier';
import { insertTier } from './tier.store';

/** Adds a tier people can be given. */
@Injectable()
export class AddTier {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** @throws Problem `already-exists` */
  execute(actor: Actor, command: { name: string; perMinute: number; perDay?: number | null }): Promise<Tier> {
    return this.database.transaction(actor, async (tx) => {
      const row = await insertTier(tx, actor.organizationId, newId(), { ...command, perDay: command.perDay ?? null });
      const { id, name, per_minute: perMinute, per_day: perDay } = row;
      await this.outbox.append(tx, actor, catalogueEvent('request_tier.created', { id, name, after: { perMinute, perDay } }));
      return toTier(row);
    });
  }
}
