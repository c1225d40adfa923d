export { NotificationsDrawer } from './centre/notifications-drawer';
export { NewsAnnouncer } from './news-announcer';
export { actRoutes, notificationRoutes } from './notifications.routes';
