import { AccessModule } from '@berth/access';
import { ApprovalsModule } from '@berth/approvals';
import { AuditModule } from '@berth/audit';
import { NotificationsModule } from '@berth/notifications';
import { OAuthModule } from '@berth/oauth';
import { PeopleModule } from '@berth/people';
import { PlacesModule } from '@berth/places';
import { AuthModule } from '@berth/platform/auth';
import { type Database, DatabaseModule } from '@berth/platform/database';
import { IdempotencyInterceptor, KnownParametersGuard, ProblemFilter } from '@berth/platform/http';
import { MailModule } from '@berth/platform/mail';
import { OutboxModule } from '@berth/platform/outbox';
import { RealtimeModule } from '@berth/platform/realtime';
import { type Clock, type Config, RuntimeModule, type Secrets } from '@berth/platform/runtime';
import { PrivacyModule } from '@berth/privacy';
import { QuotasModule } from '@berth/quotas';
import { LeavingModule, ReservationsModule } from '@berth/reservations';
import { ResourcesModule } from '@berth/resources';
import { SearchModule } from '@berth/search';
import { SetupModule } from '@berth/setup';
import { SignOnModule } from '@berth/sign-on';
import { WaitlistModule } from '@berth/waitlist';
import { WebhooksModule } from '@berth/webhooks';
import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import type { Logger } from 'pino';
import { Drain } from './drain';
import { EventsController } from './events/events.controller';
import { EventsQueries } from './events/events.queries';
import { HealthController } from './health.controller';
import { LiveStates } from './live-states';
import { LiveTopics } from './live-topics';
import { ReadersQueries } from './system/readers.queries';
import { ReplayEvents } from './system/replay-events';
import { SendTestMail } from './system/send-test-mail';
import { SystemController } from './system/system.controller';
import { SystemHealth } from './system/system-health';

/** What a process is made of before any feature. */
export interface Parts {
  readonly config: Config;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly log: Logger;
  readonly database: Database;
  /** Owner's URL, for the connection that listens. */
  readonly databaseUrl: string;
}

/** Platform modules shared by api and worker. */
export const platformModules = (parts: Parts): (DynamicModule | typeof MailModule)[] => [
  RuntimeModule.with(parts),
  DatabaseModule.with(parts.database),
  OutboxModule.at(parts.databaseUrl),
  MailModule,
];

/** The API: every feature's controllers. */
@Module({})
export class AppModule {
  static with(parts: Parts): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ...platformModules(parts),
        AuthModule,
        RealtimeModule,
        PeopleModule,
        AccessModule,
        SignOnModule,
        PlacesModule,
        ResourcesModule,
        ReservationsModule,
        LeavingModule,
        SearchModule,
        QuotasModule,
        PrivacyModule,
        AuditModule,
        OAuthModule,
        ApprovalsModule,
        WaitlistModule,
        WebhooksModule,
        NotificationsModule,
        SetupModule,
      ],
      controllers: [HealthController, SystemController, EventsController],
      providers: [
        LiveTopics,
        LiveStates,
        Drain,
        SystemHealth,
        SendTestMail,
        EventsQueries,
        ReadersQueries,
        ReplayEvents,
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_GUARD, useClass: KnownParametersGuard },
        { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
      ],
    };
  }
}
