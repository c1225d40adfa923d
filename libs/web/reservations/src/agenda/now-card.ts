import { Component, computed, inject, input, output } from '@angular/core';
import { BookingWords, type Reservation } from '@berth/web/booking';
import { ServerClock } from '@berth/web/data';
import { Formats, Icon } from '@berth/web/ui';
import { Agenda } from './agenda';
import { zoneOf } from './agenda-days';
import { CheckInButton } from '../check-in/check-in-button';
import { BookingActs } from './booking-acts';
import { BookingTimes, spanOf } from './booking-times';
import { ExtendMenu } from './extend-menu';

/** What is running now: how long it still lasts, and Extend. */
@Component({
  selector: 'berth-now-card',
  imports: [CheckInButton, ExtendMenu, Icon],
  host: { class: 'card', '[class.saving]': 'agenda.isSaving(reservation().id)', '[class.selected]': 'selected()' },
  template: `
    <p class="label">
      <b>{{ words.text('reservations.now') }}</b><span class="tag mine"
        ><svg berthIcon="clock" [size]="14"></svg>{{ words.text('reservations.running') }}</span
      >
    </p>
    <div class="line">
      <div class="what">
        <button
          type="button"
          class="name"
          [attr.aria-current]="selected() ? 'true' : null"
          [attr.data-booking]="reservation().id"
          (click)="opened.emit()"
        >
          {{ acts.nameOf(reservation()) }}
        </button>
        <p class="muted">{{ where() }}</p>
      </div>
      <p class="left">
        <b>{{ left() }}</b> {{ words.text('reservations.left') }}
      </p>
    </div>
    <div
      class="progress"
      role="progressbar"
      aria-valuemin="0"
      aria-valuemax="100"
      [attr.aria-valuenow]="passed()"
      [attr.aria-label]="acts.nameOf(reservation())"
    >
      <i [style.width.%]="passed()"></i>
    </div>
    <p class="ends">
      <span
        >{{ times.hours(reservation()) }}
        @if (times.own(reservation()); as own) {
          <span>{{ own }}</span>
        }</span
      ><span>{{ until() }}</span>
    </p>
    <div class="verbs">
      <berth-check-in-button [reservation]="reservation()" />
      <berth-extend-menu [reservation]="reservation()" />
      <button type="button" class="btn" (click)="acts.move(reservation())">{{ words.text('reservations.changeEnd') }}</button>
      <button
        type="button"
        class="btn"
        data-verb="end"
        [disabled]="agenda.isSaving(reservation().id) || reservation().status === 'pending'"
        (click)="acts.end(reservation())"
      >
        {{ words.text('reservations.endNow') }}
      </button>
      <button
        type="button"
        class="btn"
        data-verb="cancel"
        [disabled]="agenda.isSaving(reservation().id)"
        (click)="acts.cancel(reservation())"
      >
        {{ words.text('reservations.cancel') }}
      </button>
    </div>
  `,
  styles: `
    :host {
      position: relative;
      display: block;
      padding: 14px 16px 16px;
    }
    :host(.selected) {
      border-color: var(--accent);
    }
    :host(.saving) {
      opacity: var(--dim);
    }
    .label {
      display: flex;
      align-items: center;
      gap: 8px;
      font-size: 13px;
    }
    .line {
      display: flex;
      flex-wrap: wrap;
      align-items: flex-end;
      justify-content: space-between;
      gap: 4px 12px;
      margin-top: 6px;
    }
    .what {
      min-width: 0;
    }
    .name {
      padding: 0;
      border: 0;
      background: none;
      color: inherit;
      font-size: 20px;
      line-height: 28px;
      font-weight: 650;
      letter-spacing: -0.01em;
      text-align: left;
      overflow-wrap: anywhere;
    }
    .name::after {
      content: '';
      position: absolute;
      inset: 0;
    }
    .name:focus-visible {
      outline: none;
    }
    .name:focus-visible::after {
      outline: 2px solid var(--accent);
      outline-offset: 2px;
      border-radius: var(--radius-surface);
    }
    .left {
      color: var(--muted);
      font-weight: 550;
      white-space: nowrap;
    }
    .left b {
      color: var(--text);
      font-size: 28px;
      line-height: 32px;
      letter-spacing: -0.02em;
      font-variant-numeric: tabular-nums;
    }
    .progress {
      height: 6px;
      margin: 14px 0 5px;
      border-radius: 3px;
      background: var(--closed);
      overflow: hidden;
    }
    .progress i {
      display: block;
      height: 100%;
      border-radius: 3px;
      background: var(--accent);
    }
    .ends {
      display: flex;
      justify-content: space-between;
      gap: 12px;
      font-size: 12px;
      line-height: 16px;
      color: var(--muted);
    }
    .verbs {
      position: relative;
      z-index: 1;
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      margin-top: 14px;
      width: fit-content;
    }
    @media (forced-colors: active) {
      .progress {
        border: 1px solid CanvasText;
      }
      .progress i {
        background: Highlight;
      }
    }
  `,
})
export class NowCard {
  private readonly now = inject(ServerClock).minute;
  private readonly formats = inject(Formats);
  protected readonly agenda = inject(Agenda);
  protected readonly acts = inject(BookingActs);
  protected readonly times = inject(BookingTimes);
  protected readonly words = inject(BookingWords);

  readonly reservation = input.required<Reservation>();
  readonly selected = input(false);
  readonly opened = output();

  private readonly span = computed(() => spanOf(this.reservation()));
  protected readonly left = computed(() => this.words.length(Math.max(60_000, this.span().end - this.now())));
  protected readonly passed = computed(() => {
    const { start, end } = this.span();
    return Math.round(Math.min(1, Math.max(0, (this.now() - start) / (end - start))) * 100);
  });
  protected readonly until = computed(() =>
    this.words.text('reservations.until', { time: this.formats.time(this.span().end, zoneOf(this.reservation())) }),
  );
  protected readonly where = computed(() =>
    [this.times.resources(this.reservation()), this.times.place(this.reservation())].filter(Boolean).join(' · '),
  );
}
