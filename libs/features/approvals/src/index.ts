export { ApprovalQueries } from './approvals.queries';
export { ApprovalsModule } from './approvals.module';
export { ApprovalsWorkerModule } from './approvals.worker';
export { Respond } from './respond';
