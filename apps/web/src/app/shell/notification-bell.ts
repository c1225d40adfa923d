import { Component, DestroyRef, Injector, inject } from '@angular/core';
import { NotificationNews, Texts, type Notification, type NotificationCounts } from '@berth/web/data';
import { Dialogs, Icon, Tooltip } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';

/** Counts that need more room than the bell has. */
const MOST = 99;

/** The bell of the top bar: how much waits for the person, else how much is new. Opens the drawer, and says politely what comes. i18n: shell.bell.* */
@Component({
  selector: 'berth-notification-bell',
  imports: [Icon, Tooltip, TranslatePipe],
  template: `
    @let counts = news.counts();
    <button
      type="button"
      class="btn quiet square"
      aria-haspopup="dialog"
      [attr.aria-label]="
        counts.needsAction > 0
          ? ('shell.bell.waiting' | translate: { count: counts.needsAction, unread: counts.unread })
          : counts.unread > 0
            ? ('shell.bell.unread' | translate: { count: counts.unread })
            : ('shell.nav.notifications' | translate)
      "
      [berthTooltip]="'shell.nav.notifications' | translate"
      (click)="open()"
    >
      <svg berthIcon="bell" [size]="18"></svg>
      @if (counts.needsAction > 0) {
        <b class="waiting" aria-hidden="true">{{ short(counts.needsAction) }}</b>
      } @else if (counts.unread > 0) {
        <b aria-hidden="true">{{ short(counts.unread) }}</b>
      }
    </button>
  `,
  styles: `
    :host {
      flex: none;
    }
    .btn {
      position: relative;
    }
    b {
      position: absolute;
      top: -3px;
      left: 50%;
      min-width: 18px;
      padding: 0 4px;
      border: 1px solid var(--line-strong);
      border-radius: 9px;
      background: var(--surface);
      color: var(--text);
      font-size: 11px;
      line-height: 16px;
      text-align: center;
      font-variant-numeric: tabular-nums;
    }
    .waiting {
      border-color: var(--accent);
      background: var(--accent);
      color: var(--accent-ink);
    }
    @media (max-width: 719px) {
      .btn {
        width: 44px;
        height: 44px;
      }
      b {
        top: 4px;
      }
    }
  `,
})
export class NotificationBell {
  private readonly dialogs = inject(Dialogs);
  private readonly injector = inject(Injector);
  private readonly texts = inject(Texts);
  protected readonly news = inject(NotificationNews);

  constructor() {
    inject(DestroyRef).onDestroy(this.news.follow((newest, counts) => void this.announce(newest, counts)));
  }

  protected short(count: number): string {
    return count > MOST ? `${MOST}+` : String(count);
  }

  protected async open(): Promise<void> {
    const { NotificationsDrawer } = await this.texts.with(
      ['notifications', 'booking', 'reservations', 'approvals', 'waitlist'],
      () => import('@berth/web/notifications'),
    );
    this.dialogs.openSheet(NotificationsDrawer);
  }

  // The words come with the first news; no screen waits for them.
  private async announce(newest: Notification, counts: NotificationCounts): Promise<void> {
    const { NewsAnnouncer } = await this.texts.with(['notifications', 'booking'], () => import('@berth/web/notifications'));
    this.injector.get(NewsAnnouncer).announce(newest, counts);
  }
}
