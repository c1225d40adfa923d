import { Organization20261121090000 } from './20261121090000-organization';
import { People20261121090100 } from './20261121090100-people';
import { Places20261121090200 } from './20261121090200-places';
import { Resources20261121090300 } from './20261121090300-resources';
import { Events20261121090400 } from './20261121090400-events';
import { Reservations20261121090500 } from './20261121090500-reservations';
import { Occupancy20261121090600 } from './20261121090600-occupancy';
import { BookOneUnit20261121090700 } from './20261121090700-book-one-unit';
import { SequenceAtOnce20261121180000 } from './20261121180000-sequence-at-once';
import { Series20261121190000 } from './20261121190000-series';
import { LateCancellation20261121191001 } from './20261121191001-late-cancellation';
import { BookedBy20261121191002 } from './20261121191002-booked-by';
import { ApprovalRequests20261121191003 } from './20261121191003-approval-requests';
import { Lifecycle20261121192000 } from './20261121192000-lifecycle';
import { GridReads20261121194000 } from './20261121194000-grid-reads';
import { Waitlist20261121192010 } from './20261121192010-waitlist';
import { SavedSearches20261121193001 } from './20261121193001-saved-searches';
import { Favourites20261121193002 } from './20261121193002-favourites';
import { Maintenance20261121192020 } from './20261121192020-maintenance';
import { Jobs20261121195001 } from './20261121195001-jobs';
import { CustomFields20261121195002 } from './20261121195002-custom-fields';
import { SeriesAnswers20261121202001 } from './20261121202001-series-answers';
import { WaitForADate20261121203001 } from './20261121203001-wait-for-a-date';
import { RecurringBlackouts20261121203002 } from './20261121203002-recurring-blackouts';
import { DemoData20261121205001 } from './20261121205001-demo-data';
import { WaitingHoldsItsTime20261121220001 } from './20261121220001-waiting-holds-its-time';
import { WaitForSeveral20261121220002 } from './20261121220002-wait-for-several';
import { ImportedEvents20261121221001 } from './20261121221001-imported-events';
import { ApprovalQuestions20261121222001 } from './20261121222001-approval-questions';
import { GroupsAndRoles20261121231000 } from './20261121231000-groups-and-roles';
import { Gates20261121231001 } from './20261121231001-gates';
import { Mail20261121230001 } from './20261121230001-mail';
import { AccountLinks20261121230002 } from './20261121230002-account-links';
import { ProvenDomains20261121231002 } from './20261121231002-proven-domains';
import { SignInLockout20261121232001 } from './20261121232001-sign-in-lockout';
import { SessionList20261121232002 } from './20261121232002-session-list';
import { SecondFactor20261121232003 } from './20261121232003-second-factor';
import { RequestAllowances20261121233000 } from './20261121233000-request-allowances';
import { ApiTokens20261121232004 } from './20261121232004-api-tokens';
import { SshKeys20261121232005 } from './20261121232005-ssh-keys';
import { DemoPeopleMayGo20261121234501 } from './20261121234501-demo-people-may-go';
import { OAuthClients20261122020001 } from './20261122020001-oauth-clients';
import { OAuthGrants20261122020002 } from './20261122020002-oauth-grants';
import { Passkeys20261122030001 } from './20261122030001-passkeys';
import { Erasure20261122052000 } from './20261122052000-erasure';
import { PermanentAssignment20261122060001 } from './20261122060001-permanent-assignment';
import { DemoPeopleWhoStay20261122060002 } from './20261122060002-demo-people-who-stay';
import { IdentityProviders20261122010001 } from './20261122010001-identity-providers';
import { ProvidersAreAWayIn20261122100001 } from './20261122100001-providers-are-a-way-in';
import { Notifications20261122112001 } from './20261122112001-notifications';
import { HeldNews20261122120001 } from './20261122120001-held-news';
import { ReservationQuotas20261122052100 } from './20261122052100-reservation-quotas';
import { ReadersOfTheLog20261122110001 } from './20261122110001-readers-of-the-log';
import { EventOrigins20261122113001 } from './20261122113001-event-origins';
import { ReadingTheLog20261122114001 } from './20261122114001-reading-the-log';
import { LimitsOfTokens20261122150001 } from './20261122150001-limits-of-tokens';
import { Reopening20261122150002 } from './20261122150002-reopening';
import { WebhookHistory20261122140101 } from './20261122140101-webhook-history';
import { Webhooks20261122111001 } from './20261122111001-webhooks';
import { AuditCheckpoints20261122113002 } from './20261122113002-audit-checkpoints';
import { JobTrace20261122113003 } from './20261122113003-job-trace';
import { ReplaysAndQueues20261122110002 } from './20261122110002-replays-and-queues';
import { Provisioning20261122111002 } from './20261122111002-provisioning';
import { DemoAccess20261122151001 } from './20261122151001-demo-access';
import { WebhookRests20261122160001 } from './20261122160001-webhook-rests';
import { LeaseWebhookDelivery20261122160002 } from './20261122160002-lease-webhook-delivery';
import { StandingIn20261122210001 } from './20261122210001-standing-in';
import { WhoReadsNames20261122230001 } from './20261122230001-who-reads-names';
import { HomeDomains20261122200001 } from './20261122200001-home-domains';
import { MergedAccounts20261122210002 } from './20261122210002-merged-accounts';
import { PlacesOfTokens20261122220001 } from './20261122220001-places-of-tokens';
import { RequestsOfTokens20261122220002 } from './20261122220002-requests-of-tokens';
import { IndexesOfLists20261123000001 } from './20261123000001-indexes-of-lists';
import { LongestReservation20261124000001 } from './20261124000001-longest-reservation';
import { LiveWaits20261124000002 } from './20261124000002-live-waits';
import { BookingByIndex20261124000003 } from './20261124000003-booking-by-index';
import { BookTogether20261125000001 } from './20261125000001-book-together';
import { EventsKeepTheirPlace20261125000002 } from './20261125000002-events-keep-their-place';

/** The schema's history, oldest first; one subject each, never edited once merged. */
export const migrations = [
  Organization20261121090000,
  People20261121090100,
  Places20261121090200,
  Resources20261121090300,
  Events20261121090400,
  Reservations20261121090500,
  Occupancy20261121090600,
  BookOneUnit20261121090700,
  SequenceAtOnce20261121180000,
  Series20261121190000,
  LateCancellation20261121191001,
  BookedBy20261121191002,
  ApprovalRequests20261121191003,
  Lifecycle20261121192000,
  Waitlist20261121192010,
  SavedSearches20261121193001,
  Favourites20261121193002,
  Maintenance20261121192020,
  GridReads20261121194000,
  Jobs20261121195001,
  CustomFields20261121195002,
  SeriesAnswers20261121202001,
  WaitForADate20261121203001,
  RecurringBlackouts20261121203002,
  DemoData20261121205001,
  WaitingHoldsItsTime20261121220001,
  WaitForSeveral20261121220002,
  ImportedEvents20261121221001,
  ApprovalQuestions20261121222001,
  GroupsAndRoles20261121231000,
  Gates20261121231001,
  Mail20261121230001,
  AccountLinks20261121230002,
  ProvenDomains20261121231002,
  SignInLockout20261121232001,
  SessionList20261121232002,
  SecondFactor20261121232003,
  RequestAllowances20261121233000,
  ApiTokens20261121232004,
  SshKeys20261121232005,
  DemoPeopleMayGo20261121234501,
  OAuthClients20261122020001,
  OAuthGrants20261122020002,
  Passkeys20261122030001,
  Erasure20261122052000,
  PermanentAssignment20261122060001,
  DemoPeopleWhoStay20261122060002,
  IdentityProviders20261122010001,
  ProvidersAreAWayIn20261122100001,
  ReservationQuotas20261122052100,
  ReadersOfTheLog20261122110001,
  EventOrigins20261122113001,
  ReadingTheLog20261122114001,
  Webhooks20261122111001,
  AuditCheckpoints20261122113002,
  JobTrace20261122113003,
  ReplaysAndQueues20261122110002,
  Provisioning20261122111002,
  Notifications20261122112001,
  HeldNews20261122120001,
  WebhookHistory20261122140101,
  LimitsOfTokens20261122150001,
  Reopening20261122150002,
  DemoAccess20261122151001,
  WebhookRests20261122160001,
  LeaseWebhookDelivery20261122160002,
  StandingIn20261122210001,
  WhoReadsNames20261122230001,
  HomeDomains20261122200001,
  PlacesOfTokens20261122220001,
  MergedAccounts20261122210002,
  RequestsOfTokens20261122220002,
  IndexesOfLists20261123000001,
  LongestReservation20261124000001,
  LiveWaits20261124000002,
  BookingByIndex20261124000003,
  BookTogether20261125000001,
  EventsKeepTheirPlace20261125000002,
];
