import { ReservationsModule } from '@berth/reservations';
import { ResourcesModule } from '@berth/resources';
import { Module } from '@nestjs/common';
import { AnswerQuestion } from './answer-question';
import { ApprovalSettings } from './approval-settings';
import { ApprovalsController } from './approvals.controller';
import { ApprovalQueries } from './approvals.queries';
import { Ask } from './ask';
import { BackgroundQueries } from './background.queries';
import { Delegate } from './delegate';
import { Respond } from './respond';

/** Deciding about reservations that wait. */
@Module({
  imports: [ResourcesModule, ReservationsModule],
  controllers: [ApprovalsController],
  providers: [AnswerQuestion, ApprovalQueries, ApprovalSettings, Ask, BackgroundQueries, Delegate, Respond],
  exports: [ApprovalQueries, Respond],
})
export class ApprovalsModule {}
