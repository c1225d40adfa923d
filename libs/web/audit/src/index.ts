export { AuditHistory } from './history/audit-history';
export { HistoryFold } from './history/history-fold';
export { activityRoutes } from './activity.routes';
export { auditRoutes } from './audit.routes';
