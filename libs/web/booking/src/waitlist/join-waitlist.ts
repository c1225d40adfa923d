import { Component, computed, inject, input, linkedSignal, signal } from '@angular/core';
import { Router } from '@angular/router';
import { ProblemMessages, WaitlistApi, toProblem, type WaitlistEntry } from '@berth/web/data';
import { Icon } from '@berth/web/ui';
import type { BookingForm } from '../form/booking-form';
import { BookingWords } from '../form/booking-words';

/** Offers to wait for a time that somebody else has; then says how many are before. */
@Component({
  selector: 'berth-join-waitlist',
  imports: [Icon],
  template: `
    @if (canWait()) {
      <div class="wait">
        @if (joined(); as entry) {
          <p role="status">
            <svg berthIcon="check"></svg>
            {{
              entry.position === 1
                ? words.text('booking.waitlist.next')
                : words.text('booking.waitlist.behind', { count: (entry.position ?? 1) - 1 })
            }}
            <button type="button" class="link" (click)="show()">{{ words.text('booking.waitlist.show') }}</button>
          </p>
        } @else {
          <button type="button" class="btn small" [disabled]="isBusy()" (click)="join()">
            <svg berthIcon="hourglass"></svg>{{ words.text('booking.waitlist.join') }}
          </button>
          <label class="check">
            <input #auto type="checkbox" name="auto-accept" [checked]="autoAccept()" (change)="autoAccept.set(auto.checked)" />
            <span>{{ words.text('booking.waitlist.auto') }}</span>
          </label>
          @if (failure(); as text) {
            <p class="error" role="alert">{{ text }}</p>
          }
        }
      </div>
    }
  `,
  styles: `
    .wait {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 6px 12px;
      margin-top: 8px;
      padding-top: 8px;
      border-top: 1px solid var(--line);
    }
    p {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px 6px;
    }
    .error {
      color: var(--danger);
    }
  `,
})
export class JoinWaitlist {
  private readonly api = inject(WaitlistApi);
  private readonly router = inject(Router);
  private readonly messages = inject(ProblemMessages);
  protected readonly words = inject(BookingWords);

  readonly form = input.required<BookingForm>();

  private readonly slot = computed(() => this.form().wish.slot());
  protected readonly isBusy = signal(false);
  protected readonly autoAccept = signal(false);
  protected readonly joined = linkedSignal<unknown, WaitlistEntry | null>({ source: this.slot, computation: () => null });
  protected readonly failure = linkedSignal<unknown, string | null>({ source: this.slot, computation: () => null });
  /** Only what somebody has can be waited for; a broken rule stays broken. */
  protected readonly canWait = computed(() => {
    const reasons = this.form().refusal()?.refusal.reasons ?? [];
    return this.form().canWait && reasons.length > 0 && reasons.every((it) => it.kind !== 'rule');
  });

  protected async join(): Promise<void> {
    const slot = this.slot();
    if (slot === null) return;
    const { wish, questions } = this.form();
    // What is freed may be booked without asking again, so everything is asked now.
    if (!(await questions.areAnswered())) return this.failure.set(this.words.text('booking.answers.first'));
    this.isBusy.set(true);
    this.failure.set(null);
    try {
      this.joined.set(
        await this.api.join({
          resourceIds: [slot.resourceId],
          start: slot.start,
          end: slot.end,
          timeZone: wish.zone(),
          quantity: wish.quantity(),
          title: wish.title().trim() || null,
          autoAccept: this.autoAccept(),
          ...(Object.keys(questions.answers()).length > 0 && { customFields: questions.answers() }),
        }),
      );
    } catch (error) {
      const problem = toProblem(error);
      this.failure.set(problem.code === 'already-exists' ? this.words.text('booking.waitlist.already') : this.messages.title(problem));
    }
    this.isBusy.set(false);
  }

  protected show(): void {
    void this.router.navigateByUrl('/me/waitlist');
  }
}
