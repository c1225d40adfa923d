import { Problem } from '@berth/contracts';
import { toInstant, toLocal } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { ResourceCatalogue } from '@berth/resources';
import {
  answered,
  answersTo,
  type CustomValues,
  endOfLength,
  lengthOf,
  MAX_COUNT,
  type Occurrence,
  occurrences,
  pairOccurrences,
  type Recurrence,
  shifted,
  splitAt,
  startShifted,
} from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import type { DetailsPatch } from '../change-details';
import type { Claim } from '../reservation';
import { demandAnswers, demandSpan, fieldsOf } from '../wish';
import { comingOccurrences, type StoredOccurrence } from './occurrences.store';
import { judged, type PlannedOccurrence, windowOf } from './plan-series';
import { demandOccurrence, type SeriesScope } from './scope';
import { SeriesQueries } from './series.queries';
import { recurrenceOfRow, type SeriesDetails, type SeriesRow, seriesToChange } from './series.store';
import { goesOn, recurrenceOf } from './series-wish';

export interface ChangeSeriesCommand {
  readonly id: string;
  readonly scope: Exclude<SeriesScope, 'this'>;
  /** The occurrence `following` begins with, and whose time `start` and `end` are; of the first where it is left out. */
  readonly recurrenceId?: Date;
  readonly details: DetailsPatch;
  readonly start?: Date;
  readonly end?: Date;
  /** Another resource, in place of the only one it has. */
  readonly resourceId?: string;
  readonly rrule?: string;
  readonly exdates?: readonly string[];
  readonly rdates?: readonly string[];
  readonly onConflict: 'fail' | 'skip';
  readonly ifMatch?: number;
}

/** What a change makes of a series and of those occurrences that have not begun. */
export interface SeriesChange {
  readonly row: SeriesRow;
  /** What stays of the series where it is parted. */
  readonly before?: Recurrence;
  readonly recurrence: Recurrence;
  readonly formers: readonly StoredOccurrence[];
  /** Those that are no occurrence any more. */
  readonly gone: readonly StoredOccurrence[];
  /** Empty where only details change. */
  readonly planned: readonly (PlannedOccurrence & { readonly former?: StoredOccurrence })[];
  readonly items: SeriesRow['items'];
  readonly details: SeriesDetails;
  /** Merged into the answers each occurrence has. */
  readonly answers?: Readonly<Record<string, unknown>>;
  readonly materialisedUntil: Date | null;
  readonly now: Date;
}

/** Whether a change touches time or resources, so that there is something to place. */
export const changesTime = (it: ChangeSeriesCommand): boolean =>
  [it.start, it.end, it.rrule, it.exdates, it.rdates, it.resourceId].some((value) => value !== undefined);

/** Works out what a change makes of a series; reads, changes nothing. */
@Injectable()
export class PlanChange {
  constructor(
    private readonly database: Database,
    private readonly catalogue: ResourceCatalogue,
    private readonly queries: SeriesQueries,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found`, `permission-denied`, `invalid-state`, `precondition-failed`, `validation-failed` */
  async plan(actor: Actor, command: ChangeSeriesCommand): Promise<SeriesChange> {
    const now = this.clock.now();
    const row = await this.current(actor, command);
    const whole = recurrenceOfRow(row);
    const from = command.scope === 'following' ? demandOccurrence(command.recurrenceId) : null;
    const parts = from ? splitAt(whole, from) : undefined;
    const base = parts?.from ?? whole;
    const formers = await comingOccurrences(this.database.of(actor.organizationId), row.id, parts ? from : null, now);
    if (from && !parts && !formers.some((it) => it.recurrenceId.getTime() === from.getTime()))
      throw new Problem('not-found', { detail: 'The series has no such occurrence to come.' });
    const { customFields: answers, ...rest } = command.details;
    const before = { title: row.title, description: row.description, private: row.private, attendees: row.attendees };
    const details = { ...before, ...withoutUndefined(rest), customFields: await this.answersOf(actor, command, row) };
    const common = { row, ...(parts && { before: parts.before }), formers, details, ...(answers && { answers }), now };
    if (!changesTime(command)) {
      return { ...common, recurrence: base, gone: [], planned: [], items: row.items, materialisedUntil: row.materialised_until };
    }
    const named = !parts && command.recurrenceId ? toLocal(command.recurrenceId, whole.timeZone) : base.start;
    const recurrence = changedRecurrence(base, command, named);
    return { ...common, recurrence, ...(await this.placesOf(actor, command, { base, row, recurrence, formers, details, now })) };
  }

  /** What the series answers after the change. @throws Problem `validation-failed` for an answer that is missing or wrong */
  private async answersOf(actor: Actor, { details, resourceId }: ChangeSeriesCommand, row: SeriesRow): Promise<CustomValues> {
    const goesElsewhere = resourceId !== undefined && row.items.every((it) => it.resourceId !== resourceId);
    if (!details.customFields && !goesElsewhere) return row.customFields;
    const ids = resourceId ? [resourceId] : row.items.map((it) => it.resourceId);
    const resources = [...(await this.catalogue.termsOfMany(actor.organizationId, ids)).values()];
    demandAnswers(resources, { ...answersTo(fieldsOf(resources), row.customFields), ...details.customFields });
    return answered({ ...row.customFields, ...details.customFields });
  }

  private async current(actor: Actor, command: ChangeSeriesCommand): Promise<SeriesRow> {
    const db = this.database.of(actor.organizationId);
    const row = await seriesToChange(db, actor, command.id, 'look');
    if (row.cancelled_at) throw new Problem('invalid-state', { detail: 'The series is cancelled.', state: 'cancelled' });
    if (command.ifMatch !== undefined && command.ifMatch !== row.version)
      throw new Problem('precondition-failed', { current: (await this.queries.booked(actor, row.id, db)).series });
    if (command.resourceId && row.items.length > 1)
      throw new Problem('invalid-state', { detail: 'A series of several resources keeps them.' });
    return row;
  }

  private async placesOf(
    actor: Actor,
    command: ChangeSeriesCommand,
    {
      base,
      row,
      recurrence,
      formers,
      details,
      now,
    }: Pick<SeriesChange, 'row' | 'recurrence' | 'formers' | 'details' | 'now'> & { readonly base: Recurrence },
  ): Promise<Pick<SeriesChange, 'gone' | 'planned' | 'items' | 'materialisedUntil'>> {
    const items = command.resourceId ? [{ resourceId: command.resourceId, quantity: row.items[0]?.quantity ?? 1 }] : row.items;
    const ids = new Set([...items.map((it) => it.resourceId), ...(command.resourceId ? [] : formers.flatMap((it) => it.resourceIds))]);
    const terms = await this.catalogue.termsOfMany(actor.organizationId, [...ids]);
    const resources = items.flatMap((it) => terms.get(it.resourceId) ?? []);
    if (resources.length < items.length) throw new Problem('not-found', { detail: 'There is no such resource.' });
    const window = windowOf(recurrence, resources, now);
    // What has begun is counted by the rule there was: moved on, the past must not come again.
    const begun = command.rrule === undefined ? occurrences(base, now, Infinity).length : 0;
    const next = occurrences(recurrence, window, begun + MAX_COUNT)
      .slice(begun)
      .filter((it) => it.start > now);
    const { pairs, gone, added } = pairOccurrences(formers, next);
    const wishes = [...pairs, ...added.map((occurrence) => ({ occurrence, former: undefined }))]
      .sort((a, b) => a.occurrence.start.getTime() - b.occurrence.start.getTime())
      .map((it) => wishOfPair(actor, command, { row, recurrence, details, items }, it));
    const verdicts = await judged(
      this.database.of(actor.organizationId),
      actor,
      wishes,
      { terms, now },
      formers.map((it) => it.id),
    );
    const planned = verdicts.map((it, i) => {
      const former = wishes[i]?.former;
      return { ...it, ...(former && { former }), ...(it.claim && { claim: claimFor(it.claim, row, former) }) };
    });
    const materialisedUntil = goesOn(recurrence) ? (next.length === MAX_COUNT ? next.at(-1)!.start : window) : null;
    return { gone, planned, items, materialisedUntil };
  }
}

/** What is asked for an occurrence; what was skipped or cancelled stays so. */
function wishOfPair(
  actor: Actor,
  command: ChangeSeriesCommand,
  { row, recurrence, details, items }: Pick<SeriesChange, 'row' | 'recurrence' | 'details' | 'items'>,
  { occurrence, former }: { readonly occurrence: Occurrence; readonly former: StoredOccurrence | undefined },
) {
  const stays = former?.status === 'skipped' || former?.status === 'cancelled';
  const keepsResources = former && command.resourceId === undefined;
  const onlyPlace = command.resourceId !== undefined && !changesTime({ ...command, resourceId: undefined });
  const time = onlyPlace && former ? former : occurrence;
  const wish = {
    ...details,
    // Each keeps its own; what is new takes those of the series.
    customFields: null,
    resourceIds: keepsResources ? former.resourceIds : items.map((it) => it.resourceId),
    quantity: items[0]?.quantity ?? 1,
    timeZone: recurrence.timeZone,
    onBehalfOf: row.organizer_id === actor.accountId ? null : row.organizer_id,
    start: time.start,
    end: time.end,
    ...(former && keepsResources && { former: { start: former.start, end: former.end } }),
  };
  return { occurrence, former, wish, ...(stays && { resolution: { recurrenceId: occurrence.recurrenceId, use: 'skip' as const } }) };
}

/** The claim of an occurrence there is: of the same reservation and person; what was agreed to stays so at the same time. */
function claimFor(claim: Claim, row: SeriesRow, former: StoredOccurrence | undefined): Claim {
  const sameTime = former && former.start.getTime() === claim.start.getTime() && former.end.getTime() === claim.end.getTime();
  const samePlace = former?.resourceIds.join() === claim.items.map((it) => it.resource.id).join();
  return {
    ...claim,
    id: former?.id ?? claim.id,
    status: sameTime && samePlace && former.status === 'confirmed' ? 'confirmed' : claim.status,
    organizer: { ...claim.organizer, id: row.organizer_id },
    bookedBy: row.booked_by_id ? { id: row.booked_by_id, displayName: '' } : null,
  };
}

/**
 * The recurrence after a change whose time is that of the occurrence that shows `named`.
 * @throws Problem `validation-failed` where the day changes and only a new rule can say how
 */
function changedRecurrence(base: Recurrence, command: ChangeSeriesCommand, named: string): Recurrence {
  const { start: wished, end, rrule, exdates, rdates } = command;
  const start = wished ?? toInstant(named, base.timeZone).instant;
  if (end) demandSpan(start, end);
  const minutes = lengthOf({ start, end: end ?? endOfLength(start, base.minutes, base.timeZone) }, base.timeZone);
  if (!Number.isInteger(minutes) || minutes < 1)
    throw new Problem('validation-failed', {
      errors: [{ pointer: '/end', code: 'not-after-start', detail: 'What recurs lasts whole minutes.' }],
    });
  const local = startShifted(base.start, named, toLocal(start, base.timeZone));
  const moved = rrule === undefined ? shifted(base, local, minutes) : { ...base, start: local, minutes };
  if (!moved) {
    const detail = 'The rule names days of a month; say it anew for another day.';
    throw new Problem('validation-failed', { errors: [{ pointer: '/recurrence/rrule', code: 'required', detail }] });
  }
  if (rrule === undefined && exdates === undefined && rdates === undefined) return moved;
  const first = toInstant(local, base.timeZone).instant;
  const wish = { start: first, end: endOfLength(first, minutes, base.timeZone) };
  const read = recurrenceOf(
    { wish, rrule: rrule ?? 'FREQ=DAILY', exdates: exdates ?? moved.exdates, rdates: rdates ?? moved.rdates },
    base.timeZone,
  );
  return rrule === undefined ? { ...read, rule: moved.rule } : read;
}

const withoutUndefined = (patch: DetailsPatch): DetailsPatch =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
