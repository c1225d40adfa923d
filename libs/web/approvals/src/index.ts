export { approvalRoutes } from './approvals.routes';
export { ApprovalsApi, type Approval } from './approvals-api';
export { Inbox } from './inbox';
export { RequestTimes } from './request-times';
