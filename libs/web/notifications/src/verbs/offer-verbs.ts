import { Component, computed, inject, input } from '@angular/core';
import { Seconds, countdown } from '@berth/web/data';
import { Waiting } from '@berth/web/waitlist';
import { NotificationWords } from '../words/notification-words';

/** Accept and decline what is held for somebody, with the time that is left. Nothing where it is held no more. */
@Component({
  selector: 'berth-offer-verbs',
  template: `
    @if (offered(); as it) {
      <button
        type="button"
        class="btn small accent"
        [disabled]="waiting.isBusy(it.entry.id)"
        [attr.aria-label]="words.text('verb.acceptThis', { what: about() })"
        (click)="waiting.accept(it.entry)"
      >
        {{ words.text('verb.accept') }}
      </button>
      <button
        type="button"
        class="btn small quiet"
        [disabled]="waiting.isBusy(it.entry.id)"
        [attr.aria-label]="words.text('verb.declineThis', { what: about() })"
        (click)="waiting.decline(it.entry)"
      >
        {{ words.text('verb.decline') }}
      </button>
      <span role="timer" class="left">{{ words.text('verb.left', { time: it.left }) }}</span>
    } @else if (!waiting.isLoading()) {
      <span class="muted">{{ words.text('verb.answered') }}</span>
    }
  `,
  styleUrl: './verbs.css',
})
export class OfferVerbs {
  private readonly seconds = inject(Seconds);
  protected readonly waiting = inject(Waiting);
  protected readonly words = inject(NotificationWords);

  readonly waitlistId = input.required<string>();
  readonly about = input.required<string>();

  protected readonly offered = computed(() => {
    const entry = this.waiting.offers().find((it) => it.id === this.waitlistId());
    const until = Date.parse(entry?.offer?.expiresAt ?? '');
    return entry && until > this.seconds.now() ? { entry, left: countdown(until, this.seconds.now()) } : null;
  });
}
