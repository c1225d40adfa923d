import { catalogueEvent } from '@berth/contracts';
import { type Interval, newId, parseInstant } from '@berth/kernel';
import { bumpEpoch } from '@berth/places';
import type { Actor } from '@berth/platform/auth';
import { Database, type Tx } from '@berth/platform/database';
import { validationFailed } from '@berth/platform/http';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { furthest, occurrences } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { reservationsInTheWay } from '../catalogue/reservations-in-the-way';
import { bumpVersions } from '../catalogue/resource.store';
import { ResourceCatalogue } from '../resource-catalogue';
import type { NewBlackout } from './blackout';
import { readBlackout } from './blackouts.queries';
import { recurring, type RecurringBlackout } from './recurring-blackout';
import { demandScope, resourcesWithin, subjectOf, type TimeScope } from './time-scope';

export interface AddBlackoutCommand {
  readonly scope: TimeScope;
  /** RFC 3339 */
  readonly start: string;
  readonly end: string;
  readonly reason?: string | null;
  /** When it comes again, by the clock of `timeZone`: where it is left out, of what the blackout is set for. */
  readonly recurrence?: { readonly rrule: string; readonly timeZone?: string };
}

/** Reservations in the way are looked for in so many times of a blackout that recurs. */
const LOOKED_AT = 366;

/** Sets a time in which nobody may book, once or again and again; reservations that are there stay and are listed. */
@Injectable()
export class AddBlackout {
  constructor(
    private readonly database: Database,
    private readonly catalogue: ResourceCatalogue,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found`, `validation-failed` when it ends before it starts, or its rule is none */
  async execute(actor: Actor, { scope, reason = null, recurrence, ...times }: AddBlackoutCommand): Promise<NewBlackout> {
    const span = spanOf(times);
    return this.database.transaction(actor, async (tx) => {
      const { organizationId } = actor;
      const now = this.clock.now();
      await demandScope(tx, actor, scope);
      const subject = await subjectOf(tx, organizationId, scope);
      const id = newId();
      const again = recurrence && recurring(span, recurrence.rrule, recurrence.timeZone ?? subject.timeZone);
      const { start, end } = again?.first ?? span;
      await tx.sql`
        insert into blackout (id, org_id, site_id, resource_id, starts_at, ends_at, reason, rrule, civil_start, time_zone, minutes, last_ends_at, created_at)
        values (${id}, ${organizationId}, ${scope.level === 'site' ? scope.id : null}, ${scope.level === 'resource' ? scope.id : null},
                ${start}, ${end}, ${reason}, ${again?.stored.rrule ?? null}, ${again?.stored.localStart ?? null}, ${again?.stored.timeZone ?? null},
                ${again?.stored.minutes ?? null}, ${again?.lastEndsAt ?? null}, ${now})`;
      await judgeAgain(tx, organizationId, scope, now);

      const blackout = await readBlackout(tx, organizationId, id);
      const { siteIds, name } = subject;
      await this.outbox.append(tx, actor, catalogueEvent('blackout.created', { id, name, siteIds, after: { ...blackout } }));
      if (scope.level === 'resource') tx.afterCommit(() => this.catalogue.forget(scope.id));

      const concerned = await resourcesWithin(tx, organizationId, scope);
      const affected = await reservationsInTheWay(tx, organizationId, concerned, { from: now, times: comingTimes(again, span, now) });
      return { ...blackout, affected };
    });
  }
}

/** Whoever remembers terms of what is in the scope reads them again. */
export const judgeAgain = (tx: Tx, organizationId: string, scope: TimeScope, now: Date): Promise<void> =>
  scope.level === 'resource' ? bumpVersions(tx, organizationId, [scope.id], now) : bumpEpoch(tx, organizationId);

/** The times of a blackout that are to come, as many as are looked at. */
function comingTimes(again: RecurringBlackout | undefined, span: Interval, now: Date): Interval[] {
  if (!again) return [span];
  const { recurrence } = again;
  const before = new Date(now.getTime() - recurrence.minutes * 60_000 - 86_400_000);
  return occurrences(recurrence, furthest(recurrence), LOOKED_AT, before).filter((it) => it.end > now);
}

function spanOf(times: { start: string; end: string }): { start: Date; end: Date } {
  const start = parseInstant(times.start);
  const end = parseInstant(times.end);
  if (start && end && start.getTime() < end.getTime()) return { start, end };
  throw validationFailed([{ pointer: '/end', code: 'not-after-start', detail: 'must lie after the start' }]);
}
