import { LiveAnnouncer } from '@angular/cdk/a11y';
import { Injectable, inject } from '@angular/core';
import type { Notification, NotificationCounts } from '@berth/web/data';
import { NotificationWords } from './words/notification-words';

/** Whoever listens is not talked to more often. */
const PAUSE_MS = 10_000;

/** Says politely what somebody is told; where much comes at once, only how much. */
@Injectable({ providedIn: 'root' })
export class NewsAnnouncer {
  private readonly announcer = inject(LiveAnnouncer);
  private readonly words = inject(NotificationWords);
  private timer: ReturnType<typeof setTimeout> | null = null;
  private waiting: string | null = null;

  announce(newest: Notification, counts: NotificationCounts): void {
    if (this.timer === null) return this.say(this.words.sentence(newest));
    this.waiting = this.words.counts(counts);
  }

  private say(text: string): void {
    void this.announcer.announce(text, 'polite');
    this.timer = setTimeout(() => {
      const { waiting } = this;
      this.timer = this.waiting = null;
      if (waiting !== null) this.say(waiting);
    }, PAUSE_MS);
  }
}
