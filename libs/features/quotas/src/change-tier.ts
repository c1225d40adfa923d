import { catalogueEvent } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { demandVersion } from '@berth/platform/http';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';
import { type Tier, toTier } from './tier';
import { tierForUpdate, updateTier } from './tier.store';

export interface ChangeTierCommand {
  readonly id: string;
  /** Version the change was made on. */
  readonly version: number;
  readonly patch: { readonly name?: string; readonly perMinute?: number; readonly perDay?: number | null };
}

/** Changes a tier. It counts from the next lot of requests on that a process takes. */
@Injectable()
export class ChangeTier {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** @throws Problem `not-found`, `already-exists`, `precondition-failed` with what it is now */
  execute(actor: Actor, { id, version, patch }: ChangeTierCommand): Promise<Tier> {
    return this.database.transaction(actor, async (tx) => {
      const current = toTier(await tierForUpdate(tx, actor.organizationId, id));
      demandVersion(version, current.version, current);
      const changed = toTier(await updateTier(tx, actor.organizationId, id, { ...current, ...patch }));
      const facts = ({ name, perMinute, perDay }: Tier) => ({ name, perMinute, perDay });
      await this.outbox.append(
        tx,
        actor,
        catalogueEvent('request_tier.updated', { id, name: changed.name, before: facts(current), after: facts(changed) }),
      );
      return changed;
    });
  }
}
