import { HttpClient } from '@angular/common/http';
import { Component, computed, inject, input, resource } from '@angular/core';
import { Booking, BookingWords, type Reservation } from '@berth/web/booking';
import { apiUrl, ServerClock, Session } from '@berth/web/data';
import { firstValueFrom } from 'rxjs';

interface Approval {
  readonly status: 'waiting' | 'approved' | 'rejected' | 'expired' | 'withdrawn';
  readonly step: number;
  readonly steps: number;
  readonly dueAt: string;
  readonly asked: readonly { readonly displayName: string; readonly step: number; readonly answer: string | null }[];
  readonly decidedBy: { readonly displayName: string } | null;
  readonly message: string | null;
  readonly suggestion: { readonly start: string; readonly end: string } | null;
}

/** Whom a booking waits for and until when, or who declined it and what would do. */
@Component({
  selector: 'berth-approval-note',
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
  `,
})
export class ApprovalNote {
  private readonly http = inject(HttpClient);
  private readonly booking = inject(Booking);
  private readonly session = inject(Session);
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
  protected readonly left = computed(() => {
    const minutes = Math.max(0, Math.floor((Date.parse(this.approval()?.dueAt ?? '') - this.now()) / 60_000));
    return this.words.length((minutes > 120 ? Math.floor(minutes / 60) * 60 : minutes) * 60_000);
  });

  protected spanOf({ start, end }: { readonly start: string; readonly end: string }): string {
    return this.words.span({ start: Date.parse(start), end: Date.parse(end) }, this.reservation().resources[0]?.timeZone ?? 'UTC');
  }

  /** The booking dialog at the time the approver would agree to. */
  protected book({ start, end }: { readonly start: string; readonly end: string }): void {
    const [first] = this.reservation().resources;
    if (first) void this.booking.open({ resourceId: first.resourceId, resourceName: first.name, timeZone: first.timeZone, start, end });
  }
}
