import { Injectable, computed, inject, signal } from '@angular/core';
import { addDays, atMinute, daysBetween, toCivil } from '@berth/kernel';
import { ServerClock, Session, Sites, type KnownPerson } from '@berth/web/data';
import type { BookableResource, FurtherResource } from '../resources-api';
import { MINUTE, onWire, type Span } from '../span';
import type { TypedEnd } from '../time/time-entry';
import type { Slot } from '../hold/holds-api';
import { rulesOf } from './resource-rules';

/** A change that makes a wish bookable; instants are RFC 3339. */
export interface WishPatch {
  readonly resourceId?: string;
  readonly start?: string;
  readonly end?: string;
  readonly quantity?: number;
}

/** What somebody is about to book, while it is being filled in. Instants are epoch milliseconds. */
@Injectable()
export class Wish {
  private readonly session = inject(Session);
  private readonly sites = inject(Sites);
  private readonly clock = inject(ServerClock);

  readonly title = signal('');
  readonly description = signal('');
  readonly people = signal<number | null>(null);
  readonly isPrivate = signal(false);
  /** Units wanted of the resource. */
  readonly quantity = signal(1);
  /** Whom it is for, where that is somebody else. */
  readonly person = signal<KnownPerson | null>(null);
  readonly resourceId = signal<string | null>(null);
  /** Known once it is fetched. */
  readonly resource = signal<BookableResource | null>(null);
  /** Further resources for the same time: all are booked, or none. */
  readonly also = signal<readonly FurtherResource[]>([]);
  readonly span = signal<Span | null>(null);
  /** The zone to think in until the resource is known. */
  readonly guessedZone = signal<string | null>(null);

  readonly rules = computed(() => rulesOf(this.resource()));
  readonly zone = computed(
    () =>
      this.resource()?.timeZone ??
      this.guessedZone() ??
      this.sites.selected()?.timeZone ??
      this.session.user()?.organization.timeZone ??
      Intl.DateTimeFormat().resolvedOptions().timeZone,
  );
  /** Civil date of the start. */
  readonly date = computed(() => this.civil(this.span()?.start ?? this.clock.now()).date);
  /** Civil days the end is later than the start; an end at midnight belongs to the day that ends there. */
  readonly daysLater = computed(() => {
    const span = this.span();
    return span === null ? 0 : daysBetween(this.date(), this.civil(span.end - 1).date);
  });
  readonly length = computed(() => {
    const span = this.span();
    return span === null ? 0 : span.end - span.start;
  });
  /** What the server is asked about; null while something is missing. */
  readonly slot = computed<Slot | null>(
    () => {
      const resourceId = this.resourceId();
      const span = this.span();
      if (resourceId === null || span === null || span.end <= span.start) return null;
      const quantity = this.quantity();
      const person = this.person();
      const alsoIds = this.also().map((it) => it.id);
      const onBehalfOf = person === null || person.id === this.session.user()?.id ? {} : { onBehalfOf: person.id };
      return {
        resourceId,
        ...(alsoIds.length > 0 && { alsoIds }),
        start: onWire(span.start),
        end: onWire(span.end),
        ...(quantity === 1 ? {} : { quantity }),
        ...onBehalfOf,
      };
    },
    { equal: (a, b) => JSON.stringify(a) === JSON.stringify(b) },
  );

  /** Another start; the length stays. */
  startAt(start: number): void {
    this.span.update((it) => ({ start, end: start + (it === null ? 0 : it.end - it.start) }));
  }

  endAt(end: number): void {
    this.span.update((it) => it && { start: it.start, end });
  }

  /** A start typed as minutes since midnight of its date. */
  startAtMinute(minute: number): void {
    this.startAt(this.instant(this.date(), minute));
  }

  /** An end as typed. Whoever books over several days keeps the day of the end. */
  endAsTyped(typed: TypedEnd): void {
    const span = this.span();
    if (span === null) return;
    if ('lastingMinutes' in typed) this.endAt(span.start + typed.lastingMinutes * MINUTE);
    else
      this.endAt(
        this.instant(this.daysLater() > 1 ? this.endDate() : this.date(), this.daysLater() > 1 ? typed.atMinute % 1440 : typed.atMinute),
      );
  }

  /** The same clock times on another date. */
  onDate(date: string): void {
    const span = this.span();
    if (span === null) return;
    const start = this.instant(date, this.civil(span.start).minuteOfDay);
    const later = daysBetween(this.date(), this.civil(span.end).date);
    this.span.set({ start, end: this.instant(addDays(date, later), this.civil(span.end).minuteOfDay) });
  }

  /** The same end on another date. */
  endOnDate(date: string): void {
    const span = this.span();
    if (span !== null) this.endAt(this.instant(date, this.civil(span.end).minuteOfDay));
  }

  /** Civil date of the end. */
  endDate(): string {
    const span = this.span();
    return span === null ? this.date() : this.civil(span.end - 1).date;
  }

  choose(resource: BookableResource): void {
    this.resourceId.set(resource.id);
    this.resource.set(resource);
    this.quantity.update((it) => Math.min(it, resource.units));
  }

  /** Takes one of several resources out; the first of the others comes to stand for it. */
  leaveOut(id: string): void {
    const [next] = this.also();
    if (id === this.resourceId() && next !== undefined) this.apply({ resourceId: next.id });
    this.also.update((all) => all.filter((it) => it.id !== id && it.id !== this.resourceId()));
  }

  /** Takes over what would be allowed. A start alone keeps the length. */
  apply(patch: WishPatch): void {
    if (patch.resourceId !== undefined && patch.resourceId !== this.resourceId()) {
      this.resource.set(null);
      this.guessedZone.set(this.zone());
      this.resourceId.set(patch.resourceId);
    }
    if (patch.start !== undefined) this.startAt(Date.parse(patch.start));
    if (patch.end !== undefined) this.endAt(Date.parse(patch.end));
    if (patch.quantity !== undefined) this.quantity.set(patch.quantity);
  }

  /** Minutes since midnight the clock of the zone shows at the start. */
  startMinute(): number {
    return this.civil(this.span()?.start ?? this.clock.now()).minuteOfDay;
  }

  private civil(instant: number) {
    return toCivil(new Date(instant), this.zone());
  }

  private instant(date: string, minute: number): number {
    return atMinute(date, minute, this.zone()).instant.getTime();
  }
}
