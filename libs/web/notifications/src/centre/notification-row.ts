import { CdkMenu, CdkMenuItem, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, type ElementRef, computed, inject, input, output, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { PreferencesStore, ServerClock, type Notification, type NotificationKind, type NotificationVerb } from '@berth/web/data';
import { Icon, Tooltip, type IconName } from '@berth/web/ui';
import { BookingVerbs } from '../verbs/booking-verbs';
import { DecisionVerbs } from '../verbs/decision-verbs';
import { OfferVerbs } from '../verbs/offer-verbs';
import { NotificationWords } from '../words/notification-words';
import { NotificationFeed } from './notification-feed';
import { placeOf } from './places';
import { snoozeTimes, type SnoozeTime } from './snooze-times';

const icons: Readonly<Record<NotificationKind, IconName>> = {
  'booking-confirmed': 'circle-check',
  'booking-changed': 'calendar-clock',
  'booking-cancelled': 'calendar-x',
  'booking-transferred': 'user-round',
  'booking-affected': 'triangle-alert',
  reminder: 'clock',
  'check-in-due': 'door-open',
  'no-show': 'calendar-x',
  'ending-soon': 'timer',
  'approval-asked': 'shield-check',
  'approval-decided': 'shield-check',
  'approval-expired': 'clock-alert',
  'question-asked': 'circle-question-mark',
  'question-answered': 'circle-question-mark',
  'waitlist-offered': 'hourglass',
  'waitlist-expired': 'hourglass',
  provisioning: 'server',
  'job-ended': 'file-spreadsheet',
  'quota-warning': 'circle-alert',
  'webhook-disabled': 'power',
  security: 'key-round',
};

/** One thing somebody is told: what happened, when, and what can be done about it here. i18n: notifications.snooze.* */
@Component({
  selector: 'berth-notification-row',
  imports: [BookingVerbs, CdkMenu, CdkMenuItem, CdkMenuTrigger, DecisionVerbs, Icon, OfferVerbs, RouterLink, Tooltip],
  host: { '[class.unread]': 'it().readAt === null', '[attr.data-notification]': 'it().id' },
  templateUrl: './notification-row.html',
  styleUrl: './notification-row.css',
})
export class NotificationRow {
  private readonly clock = inject(ServerClock);
  private readonly now = this.clock.minute;
  private readonly preferences = inject(PreferencesStore);
  private readonly say = viewChild.required<ElementRef<HTMLElement>>('say');
  protected readonly feed = inject(NotificationFeed);
  protected readonly words = inject(NotificationWords);

  readonly it = input.required<Notification>();
  /** Somebody goes to what it is about. */
  readonly opened = output();

  protected readonly icon = computed(() => icons[this.it().kind]);
  protected readonly place = computed(() => placeOf(this.it()));
  protected readonly sentence = computed(() => this.words.sentence(this.it()));
  protected readonly details = computed(() => this.words.details(this.it()).join(' · '));
  protected readonly ago = computed(() => this.words.ago(this.it().at, this.now()));
  protected readonly decides = computed(() => this.can('approve') && this.it().target.approvalId);
  protected readonly answers = computed(() => this.can('accept') && this.it().target.waitlistId);
  protected readonly acts = computed(() => (this.can('check-in') || this.can('extend')) && this.it().target.reservationId);

  can(verb: NotificationVerb): boolean {
    return this.it().needsAction && this.it().verbs.includes(verb);
  }

  focus(): void {
    this.say().nativeElement.focus();
  }

  /** Made when the menu opens: the morning of tomorrow is another one then. */
  protected times(): readonly SnoozeTime[] {
    return snoozeTimes(this.clock.now(), this.preferences.timeZone());
  }

  protected open(): void {
    void this.feed.seen(this.it());
    this.opened.emit();
  }
}
