import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { ProblemMessages, linkToken, toProblem, type Problem } from '@berth/web/data';
import { ErrorPanel, Formats, Icon, Skeleton, ZoneChip } from '@berth/web/ui';
import { NotificationWords } from '../words/notification-words';
import { LetterLinksApi, type LetterLink, type LinkVerb } from './letter-links-api';

/** Where one finds what a link was about. */
const places: Readonly<Record<LinkVerb, string>> = {
  approve: '/approvals',
  reject: '/approvals',
  accept: '/me/waitlist',
  decline: '/me/waitlist',
  'check-in': '/me/bookings',
  extend: '/me/bookings',
  cancel: '/me/bookings',
  unsubscribe: '/me/notifications',
};
/** What there is to say about why it could not be done; of the rest the problem itself says enough. */
const failures: Readonly<Record<string, 'taken' | 'over' | 'denied' | 'rule'>> = {
  'reservation-conflict': 'taken',
  'slot-held': 'taken',
  'hold-expired': 'over',
  'invalid-state': 'over',
  'not-found': 'over',
  'permission-denied': 'denied',
  'policy-violation': 'rule',
  'quota-exceeded': 'rule',
};

/**
 * `/act`, where links of letters lead: says what would happen, in whose name, and has one button. Opening it changes nothing, so
 * that programs which only open links do nothing. i18n: notifications.act.*
 */
@Component({
  selector: 'berth-act-page',
  imports: [ErrorPanel, Icon, RouterLink, Skeleton, ZoneChip],
  templateUrl: './act-page.html',
  styleUrl: './act-page.css',
})
export class ActPage {
  private readonly api = inject(LetterLinksApi);
  private readonly formats = inject(Formats);
  private readonly messages = inject(ProblemMessages);
  private readonly token = linkToken();
  protected readonly words = inject(NotificationWords);

  protected readonly link = signal<LetterLink | null>(null);
  protected readonly problem = signal<Problem | null>(null);
  protected readonly refused = signal<Problem | null>(null);
  protected readonly isDone = signal(false);
  protected readonly isBusy = signal(false);
  /** Used, run out, or cut off by a mail program. */
  protected readonly isInvalid = computed(() => [this.problem(), this.refused()].some((it) => isGone(it)));
  protected readonly place = computed(() => places[this.link()?.verb ?? 'unsubscribe']);
  protected readonly failure = computed(() => {
    const problem = this.refused();
    if (problem === null) return null;
    const known = failures[problem.code];
    return known ? this.words.text(`act.failed.${known}`) : this.messages.title(problem);
  });

  constructor() {
    void this.inspect();
  }

  protected async inspect(): Promise<void> {
    this.problem.set(null);
    try {
      this.link.set(await this.api.inspect(this.token));
    } catch (error) {
      this.problem.set(toProblem(error));
    }
  }

  protected about(link: LetterLink): string {
    return link.verb === 'unsubscribe' ? this.words.kind(link.kind) : this.words.sentence(link);
  }

  protected until({ expiresAt }: LetterLink): string | null {
    return expiresAt === null ? null : this.words.text('act.until', { time: this.moment(expiresAt, this.formats.ownZone()) });
  }

  /** Zone its times are written in, which a letter may have brought to somewhere else; null where there are none. */
  protected zone({ facts }: LetterLink): string | null {
    return facts.start ? (facts.timeZone ?? this.formats.ownZone()) : null;
  }

  protected extendTo({ verb, facts }: LetterLink): string | null {
    if (verb !== 'extend' || !facts.extendTo) return null;
    return this.words.text('act.extendTo', { time: this.moment(facts.extendTo, facts.timeZone ?? this.formats.ownZone()) });
  }

  protected async act(): Promise<void> {
    this.isBusy.set(true);
    this.refused.set(null);
    try {
      await this.api.act(this.token);
      this.isDone.set(true);
    } catch (error) {
      this.refused.set(toProblem(error));
    } finally {
      this.isBusy.set(false);
    }
  }

  private moment(instant: string, zone: string): string {
    return `${this.formats.date(instant, zone, 'medium')}, ${this.formats.time(instant, zone)}`;
  }
}

const isGone = (problem: Problem | null): boolean => problem?.code === 'link-invalid' || problem?.code === 'validation-failed';
