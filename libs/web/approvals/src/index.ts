export { approvalRoutes } from './approvals.routes';
