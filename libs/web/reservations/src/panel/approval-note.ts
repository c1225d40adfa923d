import { HttpClient } from '@angular/common/http';
import { Component, DestroyRef, computed, inject, input, resource, signal } from '@angular/core';
import { Booking, BookingWords, type Reservation } from '@berth/web/booking';
import { LiveUpdates, ProblemMessages, ServerClock, Session, apiUrl, toProblem } from '@berth/web/data';
import { Field, FieldControl, Toasts } from '@berth/web/ui';
import { firstValueFrom } from 'rxjs';

interface Approval {
  readonly status: 'waiting' | 'approved' | 'rejected' | 'expired' | 'withdrawn';
  readonly step: number;
  readonly steps: number;
  readonly dueAt: string;
  readonly asked: readonly { readonly displayName: string; readonly step: number; readonly answer: string | null }[];
  readonly questions: readonly {
    readonly id: string;
    readonly question: string;
    readonly askedBy: { readonly displayName: string };
    readonly answer: string | null;
    readonly answeredBy: { readonly displayName: string } | null;
  }[];
  readonly decidedBy: { readonly displayName: string } | null;
  readonly message: string | null;
  readonly suggestion: { readonly start: string; readonly end: string } | null;
}

/** Whom a booking waits for and until when, and what they want to know; or who declined it and what would do. */
@Component({
  selector: 'berth-approval-note',
  imports: [Field, FieldControl],
  template: `
    @if (approval(); as it) {
      <div class="note">
        <div>
          @if (it.status === 'waiting') {
            <p>
              {{
                asked() === ''
                  ? words.text('reservations.approval.managers')
                  : words.text('reservations.approval.asked', { names: asked() })
              }}
            </p>
            <p class="muted">{{ words.text('reservations.approval.left', { time: left() }) }}</p>
          } @else if (it.status === 'expired') {
            <p>{{ words.text('reservations.approval.expired') }}</p>
          } @else if (it.status === 'rejected') {
            <p>{{ words.text('reservations.approval.rejected', { name: it.decidedBy?.displayName }) }}</p>
          }
          @for (question of it.questions; track question.id) {
            <p>{{ words.text('reservations.approval.asks', { name: question.askedBy.displayName, text: question.question }) }}</p>
            @if (question.answer; as answer) {
              <p class="muted">{{ question.answeredBy?.displayName }}: “{{ answer }}”</p>
            }
          }
          @if (mayAnswer()) {
            <form autocomplete="off" (submit)="send($event)">
              <berth-field [label]="words.text('reservations.approval.answer')">
                <textarea
                  #box
                  berthControl
                  name="answer"
                  rows="2"
                  maxlength="1000"
                  [value]="text()"
                  (input)="text.set(box.value)"
                ></textarea>
              </berth-field>
              <button type="submit" class="btn small" [disabled]="isSending() || text().trim() === ''">
                {{ words.text('reservations.approval.send') }}
              </button>
            </form>
          }
          @if (it.message) {
            <p>“{{ it.message }}”</p>
          }
          @if (it.suggestion; as other) {
            <p>{{ words.text('reservations.approval.suggested', { time: spanOf(other) }) }}</p>
            <button type="button" class="btn small" (click)="book(other)">{{ words.text('reservations.approval.take') }}</button>
          }
        </div>
      </div>
    }
  `,
  styles: `
    .note {
      margin-top: 12px;
    }
    .note > div {
      flex: 1;
      min-width: 0;
      overflow-wrap: anywhere;
    }
    form {
      display: grid;
      justify-items: start;
      gap: 6px;
      margin-top: 8px;
    }
    berth-field,
    textarea {
      width: 100%;
    }
  `,
})
export class ApprovalNote {
  private readonly http = inject(HttpClient);
  private readonly booking = inject(Booking);
  private readonly session = inject(Session);
  private readonly messages = inject(ProblemMessages);
  private readonly toasts = inject(Toasts);
  private readonly now = inject(ServerClock).minute;
  protected readonly words = inject(BookingWords);

  readonly reservation = input.required<Reservation>();

  private readonly answer = resource({
    params: () => {
      const { id, status, version } = this.reservation();
      return (status === 'pending' || status === 'rejected') && this.session.may('approval:decide') ? { id, version } : undefined;
    },
    loader: ({ params }) => firstValueFrom(this.http.get<Approval>(apiUrl(`/approvals/${params.id}`))),
  });
  protected readonly approval = computed(() => (this.answer.hasValue() ? this.answer.value() : null));
  /** Who is asked at the step it is at. */
  protected readonly asked = computed(() => {
    const { asked, step } = this.approval() ?? { asked: [], step: 1 };
    return asked
      .filter((it) => it.step === step && it.answer === null)
      .map((it) => it.displayName)
      .join(', ');
  });
  protected readonly text = signal('');
  protected readonly isSending = signal(false);
  /** Whether something is asked of the person who reads it. */
  protected readonly mayAnswer = computed(() => {
    const { mine } = this.reservation();
    return mine && this.approval()?.status === 'waiting' && (this.approval()?.questions.some((it) => it.answer === null) ?? false);
  });
  protected readonly left = computed(() => {
    const minutes = Math.max(0, Math.floor((Date.parse(this.approval()?.dueAt ?? '') - this.now()) / 60_000));
    return this.words.length((minutes > 120 ? Math.floor(minutes / 60) * 60 : minutes) * 60_000);
  });

  constructor() {
    // A question changes nothing of the booking, so its version does not tell.
    const end = inject(LiveUpdates).watch('me', (event) => event.type.startsWith('reservation.question_') && this.answer.reload());
    inject(DestroyRef).onDestroy(end);
  }

  protected async send(event: Event): Promise<void> {
    event.preventDefault();
    const answer = this.text().trim();
    if (answer === '' || this.isSending()) return;
    this.isSending.set(true);
    try {
      await firstValueFrom(this.http.post(apiUrl(`/approvals/${this.reservation().id}/answer`), { answer }));
      this.text.set('');
      this.toasts.done(this.words.text('reservations.approval.sent'));
    } catch (error) {
      this.toasts.failed(this.messages.title(toProblem(error)));
    }
    this.isSending.set(false);
    this.answer.reload();
  }

  protected spanOf({ start, end }: { readonly start: string; readonly end: string }): string {
    return this.words.span({ start: Date.parse(start), end: Date.parse(end) }, this.reservation().resources[0]?.timeZone ?? 'UTC');
  }

  /** The booking dialog at the time the approver would agree to. */
  protected book({ start, end }: { readonly start: string; readonly end: string }): void {
    const [first] = this.reservation().resources;
    if (first) void this.booking.open({ resourceId: first.resourceId, resourceName: first.name, timeZone: first.timeZone, start, end });
  }
}
