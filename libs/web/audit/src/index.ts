export { AuditHistory } from './history/audit-history';
export { HistoryFold } from './history/history-fold';
export { activityRoutes, auditRoutes } from './audit.routes';
