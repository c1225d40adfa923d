import { Component, type ElementRef, computed, inject, input, output, viewChild } from '@angular/core';
import { ProblemMessages } from '@berth/web/data';
import { ErrorPanel, Icon } from '@berth/web/ui';
import type { BookingForm } from '../form/booking-form';
import { BookingWords } from '../form/booking-words';
import { JoinWaitlist } from '../waitlist/join-waitlist';
import type { Choice } from './refusal';

/** Why the wish cannot be had, every reason in a sentence, and the ways out as buttons; or that a hold has run out. */
@Component({
  selector: 'berth-verdict-note',
  imports: [ErrorPanel, Icon, JoinWaitlist],
  template: `
    <div role="status">
      @if (form().refusal(); as it) {
        <div class="note error" #note tabindex="-1">
          <svg berthIcon="circle-alert"></svg>
          <div>
            @for (reason of reasons(); track $index) {
              <p>
                <b>{{ reason.text }}</b>
                @if (reason.setOn) {
                  <small>{{ words.text('booking.setOn', { name: reason.setOn }) }}</small>
                }
              </p>
            }
            @if (form().inTheWay().length > 0) {
              <div class="choices">
                @for (one of form().inTheWay(); track one.id) {
                  <button type="button" class="btn small" [disabled]="form().isSending()" (click)="form().leaveOut(one.id)">
                    {{ words.text('booking.together.without', { name: one.name }) }}
                  </button>
                }
              </div>
            }
            @if (it.refusal.choices.length > 0) {
              <div class="choices" role="group" [attr.aria-label]="words.text('booking.instead')">
                @for (choice of choices(); track $index) {
                  <button type="button" class="btn small" [disabled]="form().isSending()" (click)="taken.emit(choice.choice)">
                    {{ choice.text }}
                  </button>
                }
              </div>
            } @else if (form().inTheWay().length === 0) {
              <p class="rest">{{ words.text('booking.noWayOut') }}</p>
            }
            @if (form().together().length === 0) {
              <berth-join-waitlist [form]="form()" />
            }
          </div>
        </div>
      } @else if (form().hold.state() === 'expired' && !form().isSending()) {
        <div class="note">
          <svg berthIcon="hourglass"></svg>
          <p class="grow">{{ words.text('booking.hold.expired') }}</p>
          <button type="button" class="btn small" (click)="form().askAgain()">{{ words.text('booking.hold.again') }}</button>
        </div>
      }
    </div>
    @if (form().failure(); as problem) {
      <berth-error-panel [problem]="problem" (retry)="form().askAgain()" />
    } @else if (form().resourceFailure(); as problem) {
      <p class="note error" role="alert"><svg berthIcon="circle-alert"></svg>{{ messages.title(problem) }}</p>
    }
  `,
  styles: `
    :host {
      display: block;
    }
    :host:has(> div:empty:only-child) {
      display: none;
    }
    .note {
      align-items: flex-start;
    }
    .note.error {
      color: var(--text);
    }
    .note.error svg {
      color: var(--danger);
    }
    .note.error b {
      color: var(--danger);
    }
    .note svg {
      margin-top: 1px;
    }
    .note p.grow {
      align-self: center;
    }
    p small {
      margin-left: 6px;
      color: var(--muted);
    }
    .choices {
      display: flex;
      flex-wrap: wrap;
      gap: 6px;
      margin-top: 6px;
    }
    .rest {
      color: var(--muted);
    }
  `,
})
export class VerdictNote {
  private readonly note = viewChild<ElementRef<HTMLElement>>('note');
  protected readonly words = inject(BookingWords);
  protected readonly messages = inject(ProblemMessages);

  readonly form = input.required<BookingForm>();
  readonly taken = output<Choice>();

  protected readonly reasons = computed(() => {
    const zone = this.form().wish.zone();
    return (this.form().refusal()?.refusal.reasons ?? []).map((it) => ({
      text: this.words.reason(it, zone, this.form().blackoutReason()),
      setOn: it.kind === 'rule' ? it.setOn : null,
    }));
  });
  protected readonly choices = computed(() => {
    const refused = this.form().refusal();
    const span = this.form().wish.span();
    if (refused === null || span === null) return [];
    return refused.refusal.choices.map((choice) => {
      const text = this.words.choice(choice, span, this.form().wish.zone());
      // After a refused attempt one click books: the button says so.
      const books = refused.wasSent && (choice.action === 'elsewhere' || choice.action === 'other-time');
      return { choice, text: books ? this.words.text('booking.choice.book', { what: text }) : text };
    });
  });

  /** Brings the reason to whoever pressed Book in vain. */
  focus(): void {
    const note = this.note()?.nativeElement;
    (note?.querySelector<HTMLElement>('button') ?? note)?.focus();
  }
}
