import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject, signal } from '@angular/core';
import { addDays, formatInstant, isCivilDate, startOfDay, toCivil } from '@berth/kernel';
import { BookingWords, type Reservation } from '@berth/web/booking';
import { ProblemMessages, ServerClock, toProblem, type Problem } from '@berth/web/data';
import { DialogFrame, Field, FieldControl, Formats, Icon, Skeleton } from '@berth/web/ui';
import { BookingTimes } from '../agenda/booking-times';
import { ManyApi, type ManyResult, type Which } from './many-api';

export interface CancelManyData {
  /** null lets the reader choose a span of time. */
  readonly chosen: readonly Reservation[] | null;
}

/** A line of what would become of each. */
interface Line {
  readonly id: string;
  readonly name: string;
  readonly when: string;
  /** null where it can be cancelled. */
  readonly why: string | null;
}

/** Shows before anything is done which bookings would be cancelled and which not, and why; closes with what became of each. */
@Component({
  selector: 'berth-cancel-many-dialog',
  imports: [DialogFrame, Field, FieldControl, Icon, Skeleton],
  templateUrl: './cancel-many-dialog.html',
  styleUrl: './cancel-many-dialog.css',
})
export class CancelManyDialog {
  private readonly api = inject(ManyApi);
  private readonly formats = inject(Formats);
  private readonly now = inject(ServerClock).minute;
  private readonly messages = inject(ProblemMessages);
  private readonly times = inject(BookingTimes);
  private readonly ref = inject<DialogRef<readonly ManyResult[]>>(DialogRef);
  protected readonly words = inject(BookingWords);
  protected readonly chosen = inject<CancelManyData>(DIALOG_DATA).chosen;

  private readonly today = toCivil(new Date(this.now()), this.formats.ownZone()).date;
  private turn = 0;
  protected readonly from = signal(this.today);
  protected readonly to = signal(addDays(this.today, 6));
  protected readonly reason = signal('');
  /** What would happen; null while that is asked. */
  private readonly results = signal<readonly ManyResult[] | null>(null);
  /** What did happen, where some could not be cancelled after all. */
  protected readonly outcome = signal<readonly ManyResult[] | null>(null);
  protected readonly problem = signal<Problem | null>(null);
  protected readonly isBusy = signal(false);

  protected readonly isSpan = computed(() => isCivilDate(this.from()) && isCivilDate(this.to()) && this.from() <= this.to());
  private readonly shown = computed(() => this.outcome() ?? this.results());
  protected readonly isAsking = computed(
    () => this.results() === null && this.problem() === null && (this.chosen !== null || this.isSpan()),
  );
  protected readonly lines = computed<readonly Line[]>(() => (this.shown() ?? []).map((it, i) => this.lineOf(it, i)));
  protected readonly going = computed(() => this.lines().filter((it) => it.why === null));
  protected readonly staying = computed(() => this.lines().filter((it) => it.why !== null));
  protected readonly hasSeries = computed(() => (this.shown() ?? []).some((it) => it.reservation?.seriesId));
  protected readonly failure = computed(() => {
    const problem = this.problem();
    if (problem === null) return null;
    const isTooMany = problem.errors.some((it) => it.code === 'too-many');
    return isTooMany ? this.words.text('reservations.many.tooMany') : this.messages.title(problem);
  });

  constructor() {
    void this.ask();
  }

  protected change(part: 'from' | 'to', date: string): void {
    this[part].set(date);
    void this.ask();
  }

  protected async cancel(): Promise<void> {
    this.isBusy.set(true);
    try {
      const ids = this.going().map((it) => it.id);
      const results = await this.api.cancel({ ids }, this.reason().trim() || null);
      if (results.every((it) => it.problem === null)) return this.ref.close(results);
      this.outcome.set(results);
      this.problem.set(null);
    } catch (error) {
      this.problem.set(toProblem(error));
    } finally {
      this.isBusy.set(false);
    }
  }

  protected close(): void {
    this.ref.close(this.outcome() ?? undefined);
  }

  /** Asks what would happen; the last question counts. */
  private async ask(): Promise<void> {
    const turn = ++this.turn;
    this.results.set(null);
    this.problem.set(null);
    const which = this.which();
    if (which === null) return;
    try {
      const results = await this.api.tryCancel(which);
      if (turn === this.turn) this.results.set(results);
    } catch (error) {
      if (turn === this.turn) this.problem.set(toProblem(error));
    }
  }

  private which(): Which | null {
    if (this.chosen !== null) return { ids: this.chosen.map((it) => it.id) };
    if (!this.isSpan()) return null;
    const zone = this.formats.ownZone();
    return {
      filter: { from: formatInstant(startOfDay(this.from(), zone)), to: formatInstant(startOfDay(addDays(this.to(), 1), zone)) },
    };
  }

  private lineOf({ id, reservation, problem }: ManyResult, index: number): Line {
    const known = reservation ?? this.chosen?.find((it) => it.id === id) ?? null;
    const why =
      problem === null ? null : problem.code === 'invalid-state' ? this.words.text('reservations.many.over') : this.messages.title(problem);
    if (known === null) return { id: id ?? String(index), name: this.words.text('reservations.many.another'), when: '', why };
    return { id: known.id, name: known.title ?? this.times.resources(known), when: this.times.span(known), why };
  }
}
