import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, DestroyRef, computed, effect, inject, resource, signal, untracked } from '@angular/core';
import { addDays, atMinute, isCivilDate, startOfDay, toCivil } from '@berth/kernel';
import {
  BookingWords,
  ReservationsApi,
  WhyNot,
  overlaps,
  parseTime,
  type EditedIntervals,
  type Reservation,
  type Span,
} from '@berth/web/booking';
import { ServerClock, newIdempotencyKey } from '@berth/web/data';
import { DialogFrame, Field, FieldControl, Formats, Icon, Strip, type StripInterval } from '@berth/web/ui';
import { zoneOf } from '../agenda/agenda-days';
import { BookingTimes, spanOf } from '../agenda/booking-times';
import { areApart, joined, plan, released, type Piece, type PlannedPiece } from './interval-plan';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEP = 15 * MINUTE;
const DAY_MINUTES = 1440;
const ASK_AFTER_MS = 300;
/** Hours shown beside what is edited. */
const AROUND = HOUR;
const LIVING: ReadonlySet<string> = new Set(['pending', 'confirmed', 'checked_in']);

/** What the server has said about the parts; `same` before anything is changed. */
type Verdict = { readonly kind: 'same' | 'wrong' | 'asking' | 'fine' } | { readonly kind: 'refused'; readonly why: string };

/**
 * The hours of one booking as parts that are shortened, released and joined with one's own bookings beside it; what becomes of
 * each is shown before it is done. Closes with what was done.
 */
@Component({
  selector: 'berth-interval-editor',
  imports: [DialogFrame, Field, FieldControl, Icon, Strip],
  templateUrl: './interval-editor.html',
  styleUrl: './interval-editor.css',
})
export class IntervalEditor {
  private readonly api = inject(ReservationsApi);
  private readonly whyNot = inject(WhyNot);
  private readonly formats = inject(Formats);
  private readonly times = inject(BookingTimes);
  private readonly now = inject(ServerClock).minute;
  protected readonly ref = inject<DialogRef<EditedIntervals>>(DialogRef);
  protected readonly reservation = inject<Reservation>(DIALOG_DATA);
  protected readonly words = inject(BookingWords);

  protected readonly zone = zoneOf(this.reservation);
  private readonly whole = spanOf(this.reservation);
  private readonly key = newIdempotencyKey();
  private turn = 0;
  protected readonly name = this.reservation.title ?? this.times.resources(this.reservation);
  protected readonly about = `${this.times.resources(this.reservation)} · ${this.times.span(this.reservation)}`;
  /** Then a time alone does not say when. */
  protected readonly takesDays = this.dateOf(this.whole.start) !== this.dateOf(this.whole.end - 1);
  /** The civil days it takes. */
  private readonly days: Span = {
    start: startOfDay(this.dateOf(this.whole.start), this.zone).getTime(),
    end: startOfDay(addDays(this.dateOf(this.whole.end - 1), 1), this.zone).getTime(),
  };

  protected readonly parts = signal<readonly Span[]>([this.whole]);
  protected readonly gap = signal<Span>(middleOf(this.whole));
  protected readonly verdict = signal<Verdict>({ kind: 'same' });
  protected readonly isSending = signal(false);

  /** One's own bookings of the same resources around it; nobody has to wait for them. */
  private readonly around = resource({
    loader: () => this.api.within({ start: this.whole.start - DAY, end: this.whole.end + DAY }),
  });
  protected readonly neighbours = computed<readonly Piece[]>(() => {
    const all = this.around.hasValue() ? this.around.value().data : [];
    const place = placeOf(this.reservation);
    return all
      .filter((it) => it.id !== this.reservation.id && LIVING.has(it.status) && placeOf(it) === place && Date.parse(it.end) > this.now())
      .map((it) => ({ id: it.id, name: it.title ?? this.times.resources(it), ...spanOf(it) }));
  });
  /** Those of its days that the parts do not cover already. */
  protected readonly joinable = computed(() =>
    this.neighbours().filter((it) => overlaps(it, this.days) && !this.parts().some((part) => part.start <= it.start && it.end <= part.end)),
  );
  protected readonly isSound = computed(() => this.parts().length > 0 && areApart(this.parts()));
  protected readonly planned = computed<readonly PlannedPiece[]>(() =>
    this.isSound() ? plan({ id: this.reservation.id, name: this.name, ...this.whole }, this.neighbours(), this.parts()) : [],
  );
  protected readonly isSame = computed(() => {
    const [only, ...others] = this.parts();
    return others.length === 0 && only?.start === this.whole.start && only.end === this.whole.end;
  });
  protected readonly refusal = computed(() => {
    const verdict = this.verdict();
    return verdict.kind === 'refused' ? verdict.why : null;
  });
  protected readonly maySave = computed(() => this.verdict().kind === 'fine' && !this.isSending());

  /** What both pictures show: all parts and what was, with some time beside. */
  protected readonly window = computed<Span>(() => {
    const spans = [this.whole, ...this.parts(), ...this.joinable(), ...this.planned().flatMap((it) => it.before ?? [])];
    return {
      start: Math.floor((Math.min(...spans.map((it) => it.start)) - AROUND) / HOUR) * HOUR,
      end: Math.ceil((Math.max(...spans.map((it) => it.end)) + AROUND) / HOUR) * HOUR,
    };
  });
  protected readonly before = computed<readonly StripInterval[]>(() => [
    ...this.neighbours().map((it) => ({ ...it, state: 'busy' as const })),
    { ...this.whole, state: 'mine' },
  ]);
  protected readonly after = computed<readonly StripInterval[]>(() => {
    const touched = new Set(this.planned().map((it) => it.id));
    const planned = this.planned().flatMap(({ after, isNeighbour }) =>
      after === null ? [] : [{ ...after, state: isNeighbour ? ('busy' as const) : ('mine' as const) }],
    );
    return [...this.neighbours().flatMap((it) => (touched.has(it.id) ? [] : [{ ...it, state: 'busy' as const }])), ...planned];
  });

  constructor() {
    let timer: ReturnType<typeof setTimeout> | null = null;
    effect(() => {
      const [parts, isSame, isSound] = [this.parts(), this.isSame(), this.isSound()];
      untracked(() => {
        if (timer !== null) clearTimeout(timer);
        this.turn++;
        this.verdict.set({ kind: isSame ? 'same' : isSound ? 'asking' : 'wrong' });
        if (!isSame && isSound) timer = setTimeout(() => void this.ask(parts), ASK_AFTER_MS);
      });
    });
    inject(DestroyRef).onDestroy(() => timer !== null && clearTimeout(timer));
  }

  protected time(at: number): string {
    return this.formats.time(at, this.zone);
  }

  protected dateOf(at: number): string {
    return toCivil(new Date(at), this.zone).date;
  }

  /** What has begun stays as it was. */
  protected isOver(at: number): boolean {
    return at === this.whole.start && at <= this.now();
  }

  protected span(span: Span): string {
    return this.takesDays ? this.words.span(span, this.zone) : this.words.hours(span, this.zone);
  }

  /** What becomes of one of them. */
  protected whatOf({ before, after }: PlannedPiece): string {
    if (after === null) return this.words.text('reservations.intervals.goes');
    if (before === null) return this.words.text('reservations.intervals.new', { span: this.span(after) });
    if (before.start === after.start && before.end === after.end)
      return this.words.text('reservations.intervals.stays', { span: this.span(after) });
    return this.words.text('reservations.intervals.becomes', { before: this.span(before), after: this.span(after) });
  }

  protected changePart(index: number, edge: keyof Span, { target }: Event): void {
    const at = this.read(target as HTMLInputElement, edge, this.parts()[index]![edge]);
    this.parts.update((all) => all.map((it, i) => (i === index ? { ...it, [edge]: at } : it)));
  }

  protected dropPart(index: number): void {
    this.parts.update((all) => all.filter((_, i) => i !== index));
  }

  protected changeGap(edge: keyof Span, { target }: Event): void {
    const at = this.read(target as HTMLInputElement, edge, this.gap()[edge]);
    this.gap.update((it) => ({ ...it, [edge]: at }));
  }

  protected release(): void {
    const left = released(this.parts(), this.gap());
    if (left.length > 0) this.parts.set(left);
  }

  protected join(neighbour: Piece): void {
    this.parts.update((all) => joined(all, neighbour));
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    if (!this.maySave()) return;
    this.isSending.set(true);
    try {
      this.ref.close(await this.api.editIntervals(this.reservation.id, this.reservation.version, this.parts(), this.key));
    } catch (error) {
      this.verdict.set({ kind: 'refused', why: this.whyNot.sentence(error, this.zone) });
    } finally {
      this.isSending.set(false);
    }
  }

  /** Asks what would happen; the last question counts. */
  private async ask(parts: readonly Span[]): Promise<void> {
    const { turn } = this;
    const verdict = await this.api.tryEditIntervals(this.reservation.id, parts).then(
      (): Verdict => ({ kind: 'fine' }),
      (error: unknown): Verdict => ({ kind: 'refused', why: this.whyNot.sentence(error, this.zone) }),
    );
    if (turn === this.turn) this.verdict.set(verdict);
  }

  /** What was typed, as the instant it means; what is no time leaves the one there was. */
  private read(input: HTMLInputElement, edge: keyof Span, before: number): number {
    const civil = toCivil(new Date(before), this.zone);
    const isDate = input.type === 'date';
    const date = isDate ? input.value : this.takesDays ? civil.date : this.dateOf(this.whole.start);
    const minute = isDate ? civil.minuteOfDay : parseTime(input.value, this.formats.hourCycle());
    const isRead = minute !== undefined && isCivilDate(date);
    // The end of a day is the beginning of the next one.
    const endsDay = !this.takesDays && edge === 'end' && minute === 0;
    const at = isRead ? atMinute(date, endsDay ? DAY_MINUTES : minute, this.zone).instant.getTime() : before;
    input.value = isDate ? this.dateOf(at) : this.time(at);
    return at;
  }
}

/** The same resources in the same number. */
function placeOf({ resources }: Reservation): string {
  return resources
    .map((it) => `${it.resourceId} ${it.quantity}`)
    .sort()
    .join();
}

/** The middle third, on whole steps: what is offered to be released first. */
function middleOf({ start, end }: Span): Span {
  const third = Math.max(STEP, Math.floor((end - start) / 3 / STEP) * STEP);
  return { start: start + third, end: Math.min(end, start + 2 * third) };
}
