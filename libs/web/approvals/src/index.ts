export { approvalRoutes } from './approvals.routes';
export { ApprovalsApi, type Approval } from './approvals-api';
export { AskWhy } from './ask-why';
export { Inbox } from './inbox';
export { RequestTimes } from './request-times';
