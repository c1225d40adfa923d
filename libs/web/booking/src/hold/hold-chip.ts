import { Component, computed, inject, input, signal } from '@angular/core';
import { type Problem, ProblemMessages, toProblem } from '@berth/web/data';
import { Icon, Toasts } from '@berth/web/ui';
import type { BookingForm } from '../form/booking-form';
import { BookingWords } from '../form/booking-words';

/** “Held for you 4:32”, with Extend. */
@Component({
  selector: 'berth-hold-chip',
  imports: [Icon],
  template: `
    @if (form().hold.state() === 'held') {
      <span class="hold">
        <svg berthIcon="hourglass" [size]="14"></svg>
        <span [class]="isSmall() ? 'visually-hidden' : 'words'">{{ words.text('booking.hold.yours') }}</span>
        <span role="timer">{{ left() }}</span>
        @if (!isSmall() || form().hold.secondsLeft() <= late) {
          <button type="button" [disabled]="isExtending()" (click)="extend()">{{ words.text('booking.hold.extend') }}</button>
        }
      </span>
    }
  `,
  styles: `
    .hold {
      display: inline-flex;
      align-items: center;
      gap: 5px;
      min-height: 28px;
      padding: 1px 10px;
      border: 1px dotted var(--held-edge);
      border-radius: 14px;
      background: var(--held);
      color: var(--held-ink);
      font-size: 13px;
      white-space: nowrap;
      font-variant-numeric: tabular-nums;
    }
    button {
      margin-right: -6px;
      min-height: 24px;
      padding: 0 6px;
      border: 0;
      border-radius: 12px;
      background: none;
      color: inherit;
      text-decoration: underline;
      text-underline-offset: 2px;
    }
    button:disabled {
      opacity: var(--dim);
    }
    :host-context(.popover-pane) .hold {
      font-size: 12px;
      min-height: 24px;
    }
    @media (max-width: 719px) {
      .words {
        position: absolute;
        clip-path: inset(50%);
        width: 1px;
        height: 1px;
        overflow: hidden;
      }
      .hold {
        min-height: 32px;
        border-radius: 22px;
      }
      button {
        min-height: 44px;
        margin-block: -6px;
        padding: 0 8px;
      }
    }
  `,
})
export class HoldChip {
  private readonly toasts = inject(Toasts);
  private readonly messages = inject(ProblemMessages);
  protected readonly words = inject(BookingWords);

  readonly form = input.required<BookingForm>();
  /** Where room is short, Extend appears when it begins to matter. */
  readonly isSmall = input(false);

  protected readonly late = 120;
  protected readonly isExtending = signal(false);
  protected readonly left = computed(() => {
    const seconds = this.form().hold.secondsLeft();
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  });

  protected async extend(): Promise<void> {
    this.isExtending.set(true);
    try {
      await this.form().hold.extend();
    } catch (error) {
      const problem: Problem = toProblem(error);
      this.toasts.failed(this.messages.title(problem));
    } finally {
      this.isExtending.set(false);
    }
  }
}
