export {
  allPermissions,
  builtInRoleKeys,
  builtInRoles,
  closedToStandIns,
  permissions,
  permissionsOf,
  placeable,
  scopesInPlaces,
  roles,
  tokenScopes,
  type BuiltInRole,
  type Permission,
  type Role,
} from './permissions';
export { Problem, problems, type FieldError, type ProblemCode } from './problems';
export { difference, type Difference } from './difference';
export type { DomainEvent, ToldEvent } from './event';
export {
  reservationEvent,
  reservationEventTypes,
  type ReservationEvent,
  type ReservationEventType,
  type ReservationFacts,
} from './events/reservation-events';
export {
  waitlistEvent,
  waitlistEventTypes,
  type WaitlistEvent,
  type WaitlistEventType,
  type WaitlistFacts,
} from './events/waitlist-events';
export { accessEvent, accessEventTypes, type AccessEvent, type AccessEventType, type RefusalFacts } from './events/access-events';
export { quotaEvent, quotaEventTypes, type QuotaEvent, type QuotaEventType, type QuotaFacts } from './events/quota-events';
export {
  notificationEvent,
  notificationEventTypes,
  type NotificationEvent,
  type NotificationEventType,
  type NotificationFacts,
} from './events/notification-events';
export { jobEvent, jobEventTypes, type JobEvent, type JobEventType, type JobFacts } from './events/job-events';
export {
  catalogueEvent,
  catalogueEventTypes,
  type CatalogueEvent,
  type CatalogueEventType,
  type ChangeFacts,
} from './events/catalogue-events';
export {
  seriesEvent,
  seriesEventTypes,
  type SeriesEvent,
  type SeriesEventType,
  type SeriesFacts,
  type SkippedOccurrence,
} from './events/series-events';
export { withoutContent } from './events/without-content';
export { webhookDisabledEvent, type WebhookDisabledEvent, type WebhookDisabledFacts } from './events/webhook-events';
export {
  provisioningEvent,
  provisioningOutcomes,
  type ProvisioningEvent,
  type ProvisioningFacts,
  type ProvisioningOutcome,
} from './events/provisioning-events';
