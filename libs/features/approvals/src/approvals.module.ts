import { ReservationsModule } from '@berth/reservations';
import { ResourcesModule } from '@berth/resources';
import { Module } from '@nestjs/common';
import { ApprovalSettings } from './approval-settings';
import { ApprovalsController } from './approvals.controller';
import { ApprovalQueries } from './approvals.queries';
import { Delegate } from './delegate';
import { Respond } from './respond';

/** Deciding about reservations that wait. */
@Module({
  imports: [ResourcesModule, ReservationsModule],
  controllers: [ApprovalsController],
  providers: [ApprovalQueries, ApprovalSettings, Delegate, Respond],
  exports: [ApprovalQueries, Respond],
})
export class ApprovalsModule {}
