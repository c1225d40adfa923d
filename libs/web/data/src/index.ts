export { AccountsApi, type OfferedProvider } from './accounts-api';
export { apiInterceptor } from './api-interceptor';
export { apiBase, apiUrl } from './api-url';
export { DemoDataApi, type DemoData, type OwnBookings } from './demo-data-api';
export { deviceName } from './device-name';
export { newIdempotencyKey } from './idempotency-key';
export { ifMatch } from './if-match';
export { eachOf, type Outcome } from './each-of';
export { Favourites } from './favourites';
export { Jobs, type RunningJob } from './jobs';
export { languageNames } from './language-names';
export { languages, type Language } from './languages';
export { linkToken } from './link-token';
export { LiveUpdates, openSocket, type LiveEvent, type LiveStatus } from './live-updates';
export {
  notificationKinds,
  type Notification,
  type NotificationCounts,
  type NotificationFacts,
  type NotificationKind,
  type NotificationTab,
  type NotificationVerb,
} from './notification';
export { NotificationNews } from './notification-news';
export { NotificationsApi } from './notifications-api';
export { Passkeys } from './passkeys';
export { PendingApprovals } from './pending-approvals';
export { PeopleApi, type KnownPerson } from './people-api';
export {
  nameAudiences,
  PreferencesStore,
  type DateOrder,
  type Density,
  type HourCycle,
  type NameAudience,
  type Preferences,
  type Theme,
  themes,
} from './preferences';
export { Problem, toProblem, type Alternative, type Conflict, type FieldError, type ProblemBody, type Violation } from './problem';
export { ProblemMessages } from './problem-message';
export { Quiet } from './quiet';
export { ServerClock } from './server-clock';
export { Session, withoutRefresh, type SignedInUser } from './session';
export { SetupApi, resourceKinds, type ResourceKind, type SetupRequest, type UploadResult } from './setup-api';
export { Sites, type Site } from './sites';
export { Seconds, countdown } from './countdown';
export { HealthLooks, SystemApi, type HealthFinding, type SystemHealth } from './system-api';
export { Texts, fetchTexts, speaking, type FetchTexts } from './texts';
export { startAnew } from './start-anew';
export { WaitlistApi, type JoinRequest, type WaitlistEntry, type WaitlistStatus } from './waitlist-api';
