import { Component, computed, inject, input, linkedSignal, output, resource, signal, viewChild } from '@angular/core';
import {
  Answers,
  BookingWords,
  ReservationsApi,
  ResourcesApi,
  SeriesApi,
  WhichDates,
  type Answer,
  type Reservation,
} from '@berth/web/booking';
import { brokenFields } from '@berth/scheduling';
import { ProblemMessages, toProblem, type Problem } from '@berth/web/data';
import { Dialogs, Field, FieldControl } from '@berth/web/ui';
import { firstValueFrom } from 'rxjs';
import { clashesOf, detailsOf, merged, patchOf, type EditableDetails } from './merge';
import { MergeDialog, type MergeData } from './merge-dialog';

const ATTEMPTS = 3;

/** Title, notes, people, answers and privacy of a booking. What others changed in the meantime is merged, or asked about where it clashes. */
@Component({
  selector: 'berth-edit-details',
  imports: [Answers, Field, FieldControl],
  host: { '(keydown.escape)': 'leave($event)' },
  template: `
    <form (submit)="save($event)" (keydown.control.enter)="save($event)" (keydown.meta.enter)="save($event)">
      <berth-field [label]="words.text('reservations.field.title')" [error]="errorOf('title')">
        <input
          #title
          berthControl
          name="title"
          maxlength="200"
          [value]="details().title ?? ''"
          (input)="set('title', title.value || null)"
        />
      </berth-field>
      <berth-field [label]="words.text('reservations.field.attendees')" [error]="errorOf('attendees')">
        <input
          #people
          berthControl
          class="count"
          type="number"
          min="1"
          name="attendees"
          [value]="details().attendees ?? ''"
          (input)="set('attendees', countOf(people.value))"
        />
      </berth-field>
      <berth-field [label]="words.text('reservations.field.description')" [error]="errorOf('description')">
        <textarea
          #notes
          berthControl
          name="description"
          rows="4"
          maxlength="8000"
          [value]="details().description ?? ''"
          (input)="set('description', notes.value || null)"
        ></textarea>
      </berth-field>
      <berth-answers
        [fields]="questions()"
        [answers]="details().customFields"
        [broken]="broken()"
        (answered)="answer($event.key, $event.value)"
      />
      <label class="check">
        <input #hidden type="checkbox" name="private" [checked]="details().private" (change)="set('private', hidden.checked)" />
        {{ words.text('reservations.field.private') }}
      </label>
      @if (problem(); as it) {
        <p class="note error" role="alert">{{ messages.title(it) }}</p>
      }
      <div class="verbs">
        <button type="submit" class="btn accent" [disabled]="isSaving()">{{ words.text('reservations.save') }}</button>
        <button type="button" class="btn" (click)="left.emit()">{{ words.text('reservations.leave') }}</button>
      </div>
    </form>
  `,
  styles: `
    form {
      display: flex;
      flex-direction: column;
      gap: 12px;
    }
    input:not([type='checkbox'], .count),
    textarea {
      width: 100%;
    }
    .count {
      width: 88px;
    }
    .verbs {
      display: flex;
      gap: 8px;
    }
  `,
})
export class EditDetails {
  private readonly api = inject(ReservationsApi);
  private readonly series = inject(SeriesApi);
  private readonly which = inject(WhichDates);
  private readonly dialogs = inject(Dialogs);
  private readonly resources = inject(ResourcesApi);
  private readonly answers = viewChild.required(Answers);
  protected readonly messages = inject(ProblemMessages);
  protected readonly words = inject(BookingWords);

  /** As it was when editing began. */
  readonly reservation = input.required<Reservation>();
  readonly saved = output<Reservation>();
  readonly left = output();

  protected readonly details = linkedSignal<EditableDetails>(() => detailsOf(this.reservation()));
  protected readonly isSaving = signal(false);
  protected readonly problem = signal<Problem | null>(null);

  private readonly asked = resource({
    params: () =>
      this.reservation()
        .resources.map((it) => it.resourceId)
        .join(' '),
    loader: ({ params }) => this.resources.askedOf(params.split(' ')).catch(() => []),
  });
  protected readonly questions = computed(() => (this.asked.hasValue() ? this.asked.value() : []));
  private readonly isTried = signal(false);
  protected readonly broken = computed(() => {
    const asked = new Set(this.questions().map((it) => it.key));
    const given = Object.fromEntries(Object.entries(this.details().customFields).filter(([key]) => asked.has(key)));
    return this.isTried() ? brokenFields(this.questions(), given) : [];
  });

  protected answer(key: string, value: Answer): void {
    this.set('customFields', { ...this.details().customFields, [key]: value });
  }

  protected set<K extends keyof EditableDetails>(field: K, value: EditableDetails[K]): void {
    this.details.update((it) => ({ ...it, [field]: value }));
  }

  protected countOf(text: string): number | null {
    const count = Number.parseInt(text, 10);
    return count >= 1 ? count : null;
  }

  protected errorOf(field: string): string | null {
    const error = this.problem()?.errorOf(field);
    return error ? this.messages.field(error) : null;
  }

  protected leave(event: Event): void {
    event.stopPropagation();
    this.left.emit();
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    if (this.isSaving()) return;
    // What was booked before something was asked needs no answer, unless others are changed.
    this.isTried.set(patchOf(detailsOf(this.reservation()), this.details()).customFields !== undefined);
    if (this.broken().length > 0) return void setTimeout(() => this.answers().focusBroken());
    this.isSaving.set(true);
    this.problem.set(null);
    try {
      const scope = await this.which.ask(this.reservation(), 'change');
      if (scope === null) return;
      const saved = scope === 'this' ? await this.store(this.reservation(), this.details(), ATTEMPTS) : await this.storeAll(scope);
      if (saved !== null) this.saved.emit(saved);
    } catch (error) {
      this.problem.set(toProblem(error));
    } finally {
      this.isSaving.set(false);
    }
  }

  /** Writes what was changed to other dates of the series too. */
  private async storeAll(scope: 'following' | 'all'): Promise<Reservation> {
    const { id, seriesId, recurrenceId } = this.reservation();
    const patch = patchOf(detailsOf(this.reservation()), this.details());
    if (Object.keys(patch).length > 0) await this.series.change(seriesId ?? '', scope, recurrenceId ?? null, patch);
    return this.api.one(id);
  }

  /** @returns null when somebody decided to look at it again */
  private async store(base: Reservation, yours: EditableDetails, attempts: number): Promise<Reservation | null> {
    const patch = patchOf(detailsOf(base), yours);
    if (Object.keys(patch).length === 0) return base;
    try {
      return await this.api.change(base.id, base.version, patch);
    } catch (error) {
      const theirs = currentOf(toProblem(error));
      if (theirs === null || attempts <= 1) throw error;
      const wanted = await this.merge(detailsOf(base), yours, detailsOf(theirs));
      return wanted === null ? null : this.store(theirs, wanted, attempts - 1);
    }
  }

  private async merge(base: EditableDetails, yours: EditableDetails, theirs: EditableDetails): Promise<EditableDetails | null> {
    if (clashesOf(base, yours, theirs).length === 0) return merged(base, yours, theirs, new Set());
    const data: MergeData = { base, yours, theirs };
    return (await firstValueFrom(this.dialogs.open<EditableDetails, MergeData>(MergeDialog, { data }).closed)) ?? null;
  }
}

/** What it is now, as the refusal of a change of an older version tells. */
function currentOf(problem: Problem): Reservation | null {
  return problem.code === 'precondition-failed' ? ((problem.body['current'] as Reservation | undefined) ?? null) : null;
}
