import { Problem, waitlistEvent } from '@berth/contracts';
import { addMinutes, newId } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { maySee, ResourceCatalogue } from '@berth/resources';
import { Injectable } from '@nestjs/common';
import { type Criteria, factsOf, type WaitlistEntry } from './entry';
import { WaitlistQueries } from './waitlist.queries';
import { insertEntry } from './waitlist.store';

export interface JoinCommand {
  readonly resourceId?: string;
  readonly criteria?: Criteria;
  readonly start: Date;
  readonly end: Date;
  readonly timeZone?: string;
  readonly flexMinutes: number;
  readonly quantity: number;
  readonly autoAccept: boolean;
  readonly title?: string | null;
  /** For those who manage reservations: higher goes first. */
  readonly priority: number;
}

const MOST_AT_ONCE = 100;

/** Lets somebody wait for a time; when it is free already, it is offered at once. */
@Injectable()
export class JoinWaitlist {
  constructor(
    private readonly database: Database,
    private readonly catalogue: ResourceCatalogue,
    private readonly queries: WaitlistQueries,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found`, `validation-failed` for a time that has passed, `already-exists` */
  async execute(actor: Actor, command: JoinCommand): Promise<WaitlistEntry> {
    const now = this.clock.now();
    if (addMinutes(command.start, command.flexMinutes) <= now)
      throw new Problem('validation-failed', { errors: [{ pointer: '/start', code: 'in-the-past', detail: 'must lie ahead' }] });
    const zone = await this.zoneOf(actor, command);
    return this.database.transaction(actor, async (tx) => {
      await demandRoom(await this.waitingFor(actor));
      const row = await insertEntry(tx, {
        id: newId(),
        org_id: actor.organizationId,
        account_id: actor.accountId,
        resource_id: command.resourceId ?? null,
        criteria: command.criteria ?? null,
        starts_at: command.start,
        ends_at: command.end,
        time_zone: zone,
        flex_minutes: command.flexMinutes,
        quantity: command.quantity,
        auto_accept: command.autoAccept,
        title: command.title?.trim() || null,
        priority: command.priority,
        created_at: now,
      });
      await this.outbox.append(tx, actor, waitlistEvent('waitlist.joined', factsOf(row, 'waiting')));
      return this.queries.one(actor, row.id, tx);
    });
  }

  private async zoneOf(actor: Actor, { resourceId, timeZone }: JoinCommand): Promise<string> {
    if (!resourceId) return timeZone ?? 'UTC';
    const terms = (await this.catalogue.termsOfMany(actor.organizationId, [resourceId])).get(resourceId);
    if (!terms || !maySee(actor, terms)) throw new Problem('not-found', { detail: 'There is no such resource.' });
    return timeZone ?? terms.timeZone;
  }

  private async waitingFor(actor: Actor): Promise<number> {
    const [row] = await this.database.of(actor.organizationId).sql<{ n: number }>`
      select count(*)::integer as n from waitlist_entry
      where org_id = ${actor.organizationId} and account_id = ${actor.accountId} and status in ('waiting', 'offered')`;
    return row?.n ?? 0;
  }
}

/** @throws Problem `policy-violation` for who waits for more than anybody can want */
async function demandRoom(waiting: number): Promise<void> {
  if (waiting < MOST_AT_ONCE) return;
  const rule = { rule: 'waitlist', limit: String(MOST_AT_ONCE), given: String(waiting + 1), source: { level: 'default' } };
  throw new Problem('policy-violation', { detail: `One may wait for ${MOST_AT_ONCE} times at most.`, policy: rule });
}
