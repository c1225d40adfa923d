import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Icon, Tabs } from '@berth/web/ui';
import { NotificationWords } from '../words/notification-words';
import { NotificationFeed } from './notification-feed';
import { NotificationList } from './notification-list';
import { tabChoices } from './tab-choices';

/** `/notifications`: the notification centre with room to read. */
@Component({
  selector: 'berth-notifications-page',
  imports: [Icon, NotificationList, RouterLink, Tabs],
  providers: [NotificationFeed],
  template: `
    <div class="page">
      <div class="page-bar">
        <h1>{{ words.text('page') }}</h1>
        <span class="grow"></span>
        <a class="btn quiet" routerLink="/me/notifications"
          ><svg berthIcon="sliders-horizontal" [size]="18"></svg>{{ words.text('preferences') }}</a
        >
        <button type="button" class="btn" [disabled]="!feed.hasUnread()" (click)="feed.readAll()">{{ words.text('readAll') }}</button>
      </div>
      <div class="card">
        <berth-tabs
          name="notifications"
          [label]="words.text('page')"
          [tabs]="tabs()"
          [value]="feed.tab()"
          (valueChange)="feed.show($event)"
        />
        <div id="notifications-panel" role="tabpanel" [attr.aria-labelledby]="'notifications-tab-' + feed.tab()">
          <berth-notification-list />
        </div>
      </div>
      <p class="muted">{{ words.text('kept') }}</p>
    </div>
  `,
  styles: `
    .page {
      max-width: 800px;
    }
    berth-tabs {
      padding: 4px 12px 0;
    }
    p {
      font-size: 12px;
      line-height: 16px;
    }
  `,
})
export class NotificationsPage {
  protected readonly feed = inject(NotificationFeed);
  protected readonly words = inject(NotificationWords);
  protected readonly tabs = tabChoices();
}
