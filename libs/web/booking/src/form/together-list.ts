import { Component, inject, input } from '@angular/core';
import { Icon } from '@berth/web/ui';
import type { BookingForm } from './booking-form';
import { BookingWords } from './booking-words';

/** The resources that are booked together, all or none; each can be left out while another stays. Nothing where there is one. */
@Component({
  selector: 'berth-together-list',
  imports: [Icon],
  template: `
    @if (form().together(); as all) {
      @if (all.length > 0) {
        <ul [attr.aria-label]="words.text('booking.together.list')">
          @for (it of all; track it.id) {
            <li class="chip">
              {{ it.name }}
              <button
                type="button"
                [attr.aria-label]="words.text('booking.together.leaveOut', { name: it.name })"
                (click)="form().leaveOut(it.id)"
              >
                <svg berthIcon="x" [size]="14"></svg>
              </button>
            </li>
          }
        </ul>
        <p class="muted">{{ words.text('booking.together.allOrNone') }}</p>
      }
    }
  `,
  styles: `
    :host {
      display: block;
    }
    :host:not(:has(ul)) {
      display: none;
    }
    ul {
      display: flex;
      flex-wrap: wrap;
      gap: 6px;
      max-height: 132px;
      overflow: auto;
    }
    .chip {
      gap: 2px;
      padding-right: 2px;
    }
    button {
      display: grid;
      place-items: center;
      width: 24px;
      height: 24px;
      border: 0;
      border-radius: 50%;
      background: none;
      color: var(--muted);
    }
    button:hover {
      background: var(--hover);
      color: var(--text);
    }
    p {
      margin-top: 6px;
      font-size: 12px;
      line-height: 16px;
    }
    @media (max-width: 719px), (pointer: coarse) {
      .chip {
        min-height: 44px;
        border-radius: 22px;
      }
      button {
        width: 44px;
        height: 44px;
      }
    }
  `,
})
export class TogetherList {
  protected readonly words = inject(BookingWords);

  readonly form = input.required<BookingForm>();
}
