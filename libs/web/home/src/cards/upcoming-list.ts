import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Reservation } from '@berth/web/booking';
import { Agenda, BookingActs, BookingTimes } from '@berth/web/reservations';
import { Skeleton } from '@berth/web/ui';
import { HomeWords } from '../home-words';

/** What comes after the next, side by side where there is room. */
@Component({
  selector: 'berth-upcoming-list',
  imports: [RouterLink, Skeleton],
  host: { class: 'card' },
  template: `
    <header>
      <h2>{{ words.text('upcoming.title') }}</h2>
      <a class="link end" routerLink="/me/bookings">{{ words.text('upcoming.all') }}</a>
    </header>
    @if (agenda.isLoading() && agenda.reservations().length === 0) {
      <berth-skeleton [rows]="1" [height]="40" />
    } @else {
      <ul>
        @for (it of rows(); track it.reservation.id) {
          <li>
            <a routerLink="/me/bookings" [queryParams]="{ booking: it.reservation.id }">
              <b>{{ it.name }}</b>
              <small>{{ it.detail }}</small>
            </a>
            @if (it.reservation.status === 'pending') {
              <span class="tag pending"><span aria-hidden="true">?</span>{{ words.text('upcoming.pending') }}</span>
            }
          </li>
        } @empty {
          <li class="muted">{{ words.text('upcoming.none') }}</li>
        }
      </ul>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
    }
    header {
      display: flex;
      align-items: baseline;
      gap: 8px;
      padding: 12px 16px 10px;
    }
    h2 {
      font-size: 14px;
      line-height: 20px;
      font-weight: 650;
    }
    .end {
      margin-left: auto;
    }
    ul {
      display: grid;
      grid-template-columns: repeat(3, minmax(0, 1fr));
      border-top: 1px solid var(--line);
    }
    li {
      position: relative;
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 8px;
      min-height: 52px;
      padding: 7px 16px;
    }
    li + li {
      border-left: 1px solid var(--line);
    }
    li.muted {
      grid-column: 1 / -1;
    }
    li:has(a):hover {
      background: var(--hover);
    }
    a:not(.link) {
      min-width: 0;
      color: inherit;
      text-decoration: none;
    }
    a:not(.link)::after {
      content: '';
      position: absolute;
      inset: 0;
    }
    b {
      display: block;
      font-weight: 550;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    small {
      display: block;
      color: var(--muted);
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    berth-skeleton {
      margin: 0 16px 16px;
    }
    @media (max-width: 719px) {
      ul {
        grid-template-columns: minmax(0, 1fr);
      }
      li + li {
        border-top: 1px solid var(--line);
        border-left: 0;
      }
    }
  `,
})
export class UpcomingList {
  private readonly times = inject(BookingTimes);
  private readonly acts = inject(BookingActs);
  protected readonly agenda = inject(Agenda);
  protected readonly words = inject(HomeWords);

  readonly reservations = input.required<readonly Reservation[]>();

  protected readonly rows = computed(() =>
    this.reservations().map((reservation) => ({
      reservation,
      name: this.acts.nameOf(reservation),
      detail: [this.times.span(reservation), reservation.title === null ? this.times.place(reservation) : this.times.resources(reservation)]
        .filter(Boolean)
        .join(' · '),
    })),
  );
}
