import { Component, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { BookingWords, ReservationsApi, type Reservation } from '@berth/web/booking';
import { ProblemMessages, toProblem } from '@berth/web/data';
import { Icon } from '@berth/web/ui';

/** Where the code at a resource leads: one button, as opening a link must change nothing. */
@Component({
  selector: 'berth-check-in-page',
  imports: [Icon, RouterLink],
  template: `
    <div class="page">
      <div class="card">
        <h1>{{ words.text('reservations.checkInPage.title') }}</h1>
        @if (done(); as it) {
          <p role="status">
            <svg berthIcon="circle-check"></svg>{{ words.text('reservations.checkInPage.done', { name: nameOf(it), when: when(it) }) }}
          </p>
          <a class="btn" routerLink="/me/bookings">{{ words.text('reservations.page') }}</a>
        } @else {
          <p class="muted">{{ words.text('reservations.checkInPage.text') }}</p>
          @if (failure(); as text) {
            <p class="note error" role="alert">{{ text }}</p>
          }
          <button type="button" class="btn primary" [disabled]="isBusy()" (click)="checkIn()">
            {{ words.text('reservations.checkIn') }}
          </button>
        }
      </div>
    </div>
  `,
  styles: `
    .card {
      display: flex;
      flex-direction: column;
      align-items: flex-start;
      gap: 12px;
      max-width: 480px;
      margin: 24px auto;
      padding: 20px;
    }
  `,
})
export class CheckInPage {
  private readonly api = inject(ReservationsApi);
  private readonly messages = inject(ProblemMessages);
  protected readonly words = inject(BookingWords);

  /** From the address. */
  readonly token = input<string>();

  protected readonly isBusy = signal(false);
  protected readonly done = signal<Reservation | null>(null);
  protected readonly failure = signal<string | null>(null);

  protected async checkIn(): Promise<void> {
    this.isBusy.set(true);
    this.failure.set(null);
    try {
      this.done.set(await this.api.checkInAt(this.token() ?? ''));
    } catch (error) {
      const problem = toProblem(error);
      const isTooSoon = problem.code === 'policy-violation';
      const isNothing = problem.code === 'not-found';
      this.failure.set(
        isTooSoon
          ? this.words.text('reservations.checkInPage.closed')
          : isNothing
            ? this.words.text('reservations.checkInPage.nothing')
            : this.messages.title(problem),
      );
    }
    this.isBusy.set(false);
  }

  protected nameOf(it: Reservation): string {
    return it.resources[0]?.name ?? '';
  }

  protected when(it: Reservation): string {
    return this.words.span({ start: Date.parse(it.start), end: Date.parse(it.end) }, it.timeZone);
  }
}
