import { ApprovalsModule } from '@berth/approvals';
import { OutgoingModule } from '@berth/platform/outgoing';
import { ReservationsModule } from '@berth/reservations';
import { WaitlistModule } from '@berth/waitlist';
import { Module } from '@nestjs/common';
import { Act } from './acting/act';
import { ActController } from './acting/act.controller';
import { ActionLinks } from './acting/action-links';
import { Unsubscribe } from './acting/unsubscribe';
import { Digests } from './digest.worker';
import { Letters } from './letters/letters';
import { MarkNotification } from './mark-notification';
import { NewsOfNotifications } from './news-of-notifications';
import { Notices } from './notices/notices.worker';
import { NotificationsController } from './notifications.controller';
import { NotificationsQueries } from './notifications.queries';
import { ChangeNotificationPreferences } from './preferences/change-notification-preferences';
import { NotificationPreferencesController } from './preferences/preferences.controller';
import { PreferencesQueries } from './preferences/preferences.queries';
import { PushController } from './push/push.controller';
import { PushKeys } from './push/push-keys';
import { PushMessages } from './push/push-messages';
import { PushSubscriptions } from './push/push-subscriptions';
import { SendPushes } from './push/push.work';
import { HeldNews } from './telling/held-news.worker';
import { Tell } from './telling/tell';
import { TellPeople } from './telling/tell-people.subscriber';

/** What people were told, and how they want to be. */
@Module({
  imports: [ApprovalsModule, ReservationsModule, WaitlistModule],
  controllers: [NotificationPreferencesController, PushController, ActController, NotificationsController],
  providers: [
    Act,
    ActionLinks,
    ChangeNotificationPreferences,
    MarkNotification,
    NewsOfNotifications,
    NotificationsQueries,
    PreferencesQueries,
    PushKeys,
    PushSubscriptions,
    Unsubscribe,
  ],
})
export class NotificationsModule {}

/** The telling, for worker processes. */
@Module({
  imports: [OutgoingModule, ReservationsModule],
  providers: [ActionLinks, Digests, HeldNews, Letters, NewsOfNotifications, Notices, PushKeys, PushMessages, SendPushes, Tell, TellPeople],
})
export class NotificationsWorkerModule {}
