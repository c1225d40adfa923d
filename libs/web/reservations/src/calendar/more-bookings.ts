import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, Injectable, inject } from '@angular/core';
import { BookingWords, type Reservation, type Span } from '@berth/web/booking';
import { Dialogs, DialogFrame, Formats } from '@berth/web/ui';
import { firstValueFrom } from 'rxjs';
import { StatusTag } from '../agenda/status-tag';
import { BookingActs } from '../agenda/booking-acts';
import { BookingTimes, spanOf } from '../agenda/booking-times';

const DAY = 86_400_000;

interface MoreData {
  readonly heading: string;
  readonly bookings: readonly {
    readonly reservation: Reservation;
    readonly name: string;
    readonly hours: string;
    readonly where: string;
  }[];
}

/** A list of bookings that hangs at the place they have no room in; closes with the id of the one that is wanted. */
@Component({
  selector: 'berth-more-bookings',
  imports: [DialogFrame, StatusTag],
  template: `
    <berth-dialog-frame [heading]="data.heading">
      <ul>
        @for (it of data.bookings; track it.reservation.id) {
          <li>
            <button type="button" [class]="'row ' + it.reservation.status" (click)="ref.close(it.reservation.id)">
              <b>{{ it.name }}</b>
              <small>{{ it.hours }} · {{ it.where }}</small>
              @if (it.reservation.status !== 'confirmed' || it.reservation.private) {
                <berth-status-tag [reservation]="it.reservation" />
              }
            </button>
          </li>
        }
      </ul>
    </berth-dialog-frame>
  `,
  styles: `
    ul {
      display: flex;
      flex-direction: column;
      gap: 2px;
      margin: -4px 0;
    }
    .row {
      display: flex;
      flex-direction: column;
      align-items: flex-start;
      gap: 2px;
      width: 100%;
      min-height: 44px;
      padding: 5px 10px;
      border: 0;
      border-left: 3px solid var(--accent);
      border-radius: var(--radius-bar);
      background: var(--accent-soft);
      color: var(--text);
      text-align: left;
      overflow-wrap: anywhere;
    }
    .row.pending {
      border-left: 3px dashed var(--pending-edge);
    }
    .row:is(.completed, .no_show) {
      border-left-color: var(--busy-edge);
    }
    .row:hover {
      background: color-mix(in srgb, var(--accent-soft) 80%, var(--accent));
    }
    b {
      font-weight: 550;
    }
    small {
      color: var(--muted);
      font-variant-numeric: tabular-nums;
    }
  `,
})
export class MoreBookings {
  protected readonly ref = inject<DialogRef<string>>(DialogRef);
  protected readonly data = inject<MoreData>(DIALOG_DATA);
}

/** Lists bookings a calendar has no room for, where they would stand. */
@Injectable()
export class MoreList {
  private readonly dialogs = inject(Dialogs);
  private readonly formats = inject(Formats);
  private readonly words = inject(BookingWords);
  private readonly times = inject(BookingTimes);
  private readonly acts = inject(BookingActs);

  /** Resolves with the id of the one that is wanted; undefined where none is. */
  open(event: Event, heading: string, reservations: readonly Reservation[], zone: string): Promise<string | undefined> {
    const bookings = reservations.map((reservation) => ({
      reservation,
      name: this.acts.nameOf(reservation),
      hours: this.hours(spanOf(reservation), zone),
      where: reservation.title === null ? this.times.place(reservation) : this.times.resources(reservation),
    }));
    const data: MoreData = { heading, bookings };
    const list = this.dialogs.openPopover<string, MoreData>(MoreBookings, event.currentTarget as Element, { data, side: 'beside' });
    return firstValueFrom(list.closed);
  }

  private hours(span: Span, zone: string): string {
    const isOneDay = span.end - span.start < DAY && this.formats.date(span.start, zone) === this.formats.date(span.end - 1, zone);
    return isOneDay ? this.formats.range(span.start, span.end, zone) : this.words.span(span, zone);
  }
}
