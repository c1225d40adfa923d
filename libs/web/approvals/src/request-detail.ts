import { Component, computed, inject, input, output } from '@angular/core';
import { BookingWords } from '@berth/web/booking';
import { Icon } from '@berth/web/ui';
import type { Approval } from './approvals-api';
import { RequestBackground } from './request-background';
import { RequestDay } from './request-day';
import { RequestTimes } from './request-times';

/** One request in full, with what can be said to it. i18n: approvals.answer.* */
@Component({
  selector: 'berth-request-detail',
  imports: [Icon, RequestBackground, RequestDay],
  template: `
    @let it = approval();
    @let reservation = it.reservation;
    <h2 id="request-title" tabindex="-1">{{ reservation.title ?? times.resources(reservation) }}</h2>
    <p class="chips">
      <span class="tag pending"><span aria-hidden="true">?</span>{{ words.text('approvals.waiting') }}</span>
      <span class="tag" [class.error]="left().isUrgent"><svg berthIcon="clock" [size]="14"></svg>{{ left().text }}</span>
      @if (it.steps > 1) {
        <span class="tag">{{ words.text('approvals.step', { step: it.step, steps: it.steps }) }}</span>
      }
    </p>
    <dl>
      <dt>
        <svg berthIcon="user-round" [size]="18"></svg><span class="visually-hidden">{{ words.text('approvals.who') }}</span>
      </dt>
      <dd>
        {{ reservation.organizer.displayName }}
        @if (reservation.bookedBy; as booker) {
          <small>{{ words.text('approvals.bookedBy', { name: booker.displayName }) }}</small>
        }
      </dd>
      <dt>
        <svg berthIcon="clock" [size]="18"></svg><span class="visually-hidden">{{ words.text('approvals.when') }}</span>
      </dt>
      <dd>
        <b>{{ times.span(reservation) }}</b> · {{ times.length(reservation) }} <small>{{ times.zone(reservation) }}</small>
      </dd>
      <dt>
        <svg berthIcon="map-pin" [size]="18"></svg><span class="visually-hidden">{{ words.text('approvals.where') }}</span>
      </dt>
      <dd>
        {{ times.resources(reservation) }}
        @if (times.place(reservation); as place) {
          <small>{{ place }}</small>
        }
      </dd>
      @if (reservation.attendees; as count) {
        <dt>
          <svg berthIcon="users-round" [size]="18"></svg><span class="visually-hidden">{{ words.text('approvals.people') }}</span>
        </dt>
        <dd>{{ words.text(count === 1 ? 'approvals.onePerson' : 'approvals.attendees', { count }) }}</dd>
      }
    </dl>
    @if (reservation.description) {
      <p class="notes">{{ reservation.description }}</p>
    }
    @if (it.questions.length > 0) {
      <h3>{{ words.text('approvals.questions') }}</h3>
      <ul class="asked">
        @for (question of it.questions; track question.id) {
          <li>
            {{ question.askedBy.displayName }}: “{{ question.question }}”
            <small>
              @if (question.answer; as answer) {
                {{ question.answeredBy?.displayName }}: “{{ answer }}”
              } @else {
                {{ words.text('approvals.unanswered') }}
              }
            </small>
          </li>
        }
      </ul>
    }
    <berth-request-day [reservation]="reservation" />
    <berth-request-background [approval]="it" />
    @if (it.asked.length > 0) {
      <h3>{{ words.text('approvals.asked') }}</h3>
      <ul class="asked">
        @for (person of it.asked; track person.step + person.id) {
          <li>
            {{ person.displayName }}
            <small>{{ words.text('approvals.answer.' + (person.answer ?? (person.step === it.step ? 'open' : 'later'))) }}</small>
            @if (person.message) {
              <small>“{{ person.message }}”</small>
            }
          </li>
        }
      </ul>
    }
    <div class="bar" role="group" [attr.aria-label]="words.text('approvals.decision')">
      <button type="button" class="btn primary" (click)="approved.emit()">
        <svg berthIcon="check" [size]="18"></svg>{{ words.text('approvals.approve') }} <kbd class="not-phone">A</kbd>
      </button>
      <button type="button" class="btn danger" (click)="rejecting.emit()">
        {{ words.text('approvals.reject') }} <kbd class="not-phone">R</kbd>
      </button>
      <button type="button" class="btn" (click)="suggesting.emit()">
        {{ words.text('approvals.suggest') }} <kbd class="not-phone">S</kbd>
      </button>
      <button type="button" class="btn" (click)="asking.emit()">{{ words.text('approvals.ask') }} <kbd class="not-phone">Q</kbd></button>
      <button type="button" class="btn" (click)="delegating.emit()">
        {{ words.text('approvals.delegate') }} <kbd class="not-phone">D</kbd>
      </button>
    </div>
  `,
  styleUrl: './request-detail.css',
})
export class RequestDetail {
  protected readonly words = inject(BookingWords);
  protected readonly times = inject(RequestTimes);

  readonly approval = input.required<Approval>();
  readonly approved = output();
  readonly rejecting = output();
  readonly suggesting = output();
  readonly asking = output();
  readonly delegating = output();

  protected readonly left = computed(() => this.times.left(this.approval().dueAt));
}
