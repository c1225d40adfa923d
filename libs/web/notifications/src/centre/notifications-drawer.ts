import { DialogRef } from '@angular/cdk/dialog';
import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { DialogFrame, Tabs } from '@berth/web/ui';
import { NotificationWords } from '../words/notification-words';
import { NotificationFeed } from './notification-feed';
import { NotificationList } from './notification-list';
import { tabChoices } from './tab-choices';

/** The notification centre over every screen. */
@Component({
  selector: 'berth-notifications-drawer',
  imports: [DialogFrame, NotificationList, RouterLink, Tabs],
  providers: [NotificationFeed],
  template: `
    <berth-dialog-frame [heading]="words.text('page')">
      <a
        dialogAside
        class="btn quiet small"
        routerLink="/me/notifications"
        [attr.aria-label]="words.text('preferences')"
        (click)="ref.close()"
        >{{ words.text('preferencesShort') }}</a
      >
      <div class="centre">
        <berth-tabs
          name="notifications"
          [label]="words.text('page')"
          [tabs]="tabs()"
          [value]="feed.tab()"
          (valueChange)="feed.show($event)"
        />
        <div id="notifications-panel" role="tabpanel" [attr.aria-labelledby]="'notifications-tab-' + feed.tab()">
          <berth-notification-list (opened)="ref.close()" />
        </div>
      </div>
      <a dialogActions class="btn quiet" routerLink="/notifications" (click)="ref.close()">{{ words.text('openPage') }}</a>
      <button dialogActions type="button" class="btn" [disabled]="!feed.hasUnread()" (click)="feed.readAll()">
        {{ words.text('readAll') }}
      </button>
    </berth-dialog-frame>
  `,
  styles: `
    :host {
      display: flex;
      height: 100%;
      max-height: inherit;
    }
    .centre {
      margin: -14px -20px -16px;
    }
    berth-tabs {
      position: sticky;
      top: -14px;
      z-index: 1;
      padding: 4px 12px 0;
      background: var(--surface);
    }
    @media (max-width: 719px) {
      .centre {
        margin: -12px -16px;
        min-height: 50dvh;
      }
      berth-tabs {
        top: -12px;
      }
    }
  `,
})
export class NotificationsDrawer {
  protected readonly ref = inject(DialogRef);
  protected readonly feed = inject(NotificationFeed);
  protected readonly words = inject(NotificationWords);
  protected readonly tabs = tabChoices();
}
