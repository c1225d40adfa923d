export { NotificationsDrawer } from './centre/notifications-drawer';
export { NewsAnnouncer } from './news-announcer';
export { actRoutes } from './act/act.routes';
export { notificationRoutes } from './notifications.routes';
