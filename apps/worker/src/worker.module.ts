import { platformModules, type Parts } from '@berth/api';
import { ApprovalsWorkerModule } from '@berth/approvals';
import { AuditWorkerModule } from '@berth/audit';
import { NotificationsWorkerModule } from '@berth/notifications';
import { PeopleWorkerModule } from '@berth/people';
import { MailWorkerModule } from '@berth/platform/mail';
import { OutboxWorkerModule } from '@berth/platform/outbox';
import { QueueModule } from '@berth/platform/queue';
import { MaintenanceWorker } from '@berth/resources';
import { PrivacyWorkerModule } from '@berth/privacy';
import { ReservationsWorkerModule } from '@berth/reservations';
import { ForgetDemoData } from '@berth/setup';
import { WaitlistWorkerModule } from '@berth/waitlist';
import { WebhooksWorkerModule } from '@berth/webhooks';
import { type DynamicModule, Module } from '@nestjs/common';
import { ForgetAnswers } from './forget-answers';

/** What goes on without a request: giving events their place and telling of them, doing what is due, letting holds run out. */
@Module({})
export class WorkerModule {
  static with(parts: Parts): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        ...platformModules(parts),
        OutboxWorkerModule,
        QueueModule,
        MailWorkerModule,
        PeopleWorkerModule,
        ReservationsWorkerModule,
        ApprovalsWorkerModule,
        WaitlistWorkerModule,
        WebhooksWorkerModule,
        NotificationsWorkerModule,
        PrivacyWorkerModule,
        AuditWorkerModule,
      ],
      providers: [MaintenanceWorker, ForgetDemoData, ForgetAnswers],
    };
  }
}
