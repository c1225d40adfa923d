import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Booking, BookingWords } from '@berth/web/booking';
import { Seconds, countdown, type WaitlistEntry } from '@berth/web/data';
import { EmptyState, ErrorPanel, Icon, Skeleton } from '@berth/web/ui';
import { Waiting } from './waiting';

/** What one waits for: offers first, then the queue, then what came of the rest. i18n: waitlist.status.* */
@Component({
  selector: 'berth-waitlist',
  imports: [EmptyState, ErrorPanel, Icon, RouterLink, Skeleton],
  providers: [Waiting],
  templateUrl: './waitlist.html',
  styleUrl: './waitlist.css',
})
export class Waitlist {
  private readonly booking = inject(Booking);
  private readonly seconds = inject(Seconds);
  protected readonly waiting = inject(Waiting);
  protected readonly words = inject(BookingWords);

  protected left(entry: WaitlistEntry): string {
    return countdown(Date.parse(entry.offer?.expiresAt ?? ''), this.seconds.now());
  }

  protected name(entry: WaitlistEntry): string {
    return this.waiting.names(entry.resources) || this.words.text('waitlist.anything');
  }

  protected when({ start, end, timeZone }: { start: string; end: string; timeZone: string }): string {
    return this.words.span({ start: Date.parse(start), end: Date.parse(end) }, timeZone);
  }

  protected offered({ offer, timeZone }: WaitlistEntry): string {
    return offer ? this.when({ ...offer, timeZone }) : '';
  }

  /** What else would do, what is done by itself, and how likely it is. */
  protected facts(entry: WaitlistEntry): string {
    const { flexMinutes, autoAccept, likelihood } = entry;
    return [
      flexMinutes > 0 ? this.words.text('waitlist.flex', { length: this.words.length(flexMinutes * 60_000) }) : null,
      autoAccept ? this.words.text('waitlist.auto') : null,
      likelihood === null ? null : this.words.text('waitlist.likelihood', { percent: Math.round(likelihood * 100) }),
    ]
      .filter(Boolean)
      .join(' · ');
  }

  protected place({ position }: WaitlistEntry): string {
    return position === 1 ? this.words.text('waitlist.next') : this.words.text('waitlist.place', { place: position });
  }

  protected canJoinAgain(entry: WaitlistEntry): boolean {
    return entry.resources.length > 0 && entry.status !== 'accepted' && Date.parse(entry.start) > this.seconds.now();
  }

  protected async book(): Promise<void> {
    await this.booking.open();
    await this.waiting.load();
  }
}
