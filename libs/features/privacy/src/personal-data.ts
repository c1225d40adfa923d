/**
 * What a reference to a person means when the person is erased: the row goes, the row stays and forgets who it was, it
 * stays with the account that is nobody any more, or it is passing: gone by itself within minutes, and saying nothing.
 */
export type AfterErasure = 'deleted' | 'forgotten' | 'kept' | 'passing';

/** A table with rows about people. */
export interface PersonalTable {
  /** Under this name its rows stand in the export; null where `left` says why they do not. */
  readonly name: string | null;
  readonly left?: string;
  readonly table: string;
  /** Every column that refers to an account. */
  readonly references: Readonly<Record<string, AfterErasure>>;
  /** Columns nobody takes along: secrets and their hashes, and what means nothing outside. */
  readonly hides?: readonly string[];
  /** What the export says besides the columns: a JSON object about the row `t`. */
  readonly adds?: string;
  /** Texts of the rows that stay, with what they become. */
  readonly clears?: Readonly<Record<string, string>>;
  /** Texts that stay, as they are words of ours. */
  readonly plain?: readonly string[];
  /** References whose rows are cleared; all that are kept where nothing else is said. */
  readonly clearedOf?: readonly string[];
  /** Rows that go besides those that refer to the person: a condition on `t`, where `person.id` is the id. */
  readonly alsoDeleted?: string;
}

const resourcesOf = (items: string, row: string): string =>
  `jsonb_build_object('resources', (select jsonb_agg(r.name order by r.name) from ${items} i join resource r on r.id = i.resource_id where i.${row} = t.id))`;

/** Answers of a row `t` that say nothing about anybody: as every type of what it is of says that asks for them. */
const answersLeft = (items: string, row: string): string => `(
  select coalesce(jsonb_object_agg(it.key, it.value), '{}') from jsonb_each(t.custom_fields) it
  where (select bool_and(coalesce(f.field ->> 'personal', 'true') = 'false')
         from ${items} i
         join resource r on r.org_id = i.org_id and r.id = i.resource_id
         join resource_type y on y.org_id = r.org_id and y.id = r.type_id
         cross join jsonb_array_elements(y.fields) f (field)
         where i.${row} = t.id and f.field ->> 'key' = it.key))`;

const OWN_RESERVATIONS = `t.reservation_id in (select v.id from reservation v where v.org_id = t.org_id and v.organizer_id = person.id)`;

/**
 * Everything Berth holds about people, in the order of the export: one list for taking it along and for erasing it. A column
 * that refers to an account, or a text in a row that stays, and does not stand here fails a test.
 */
export const personalTables: readonly PersonalTable[] = [
  {
    // Those in which they acted as somebody else as well; what was done in them stands in the log.
    name: 'sessions',
    table: 'session',
    references: { account_id: 'deleted', stood_in_by: 'deleted' },
    hides: ['token_hash', 'previous_hash', 'successor_sealed'],
  },
  { name: 'trustedDevices', table: 'trusted_device', references: { account_id: 'deleted' }, hides: ['token_hash'] },
  { name: 'oneTimeCodes', table: 'one_time_code', references: { account_id: 'deleted' }, hides: ['secret_sealed', 'last_step'] },
  { name: 'recoveryCodes', table: 'recovery_code', references: { account_id: 'deleted' }, hides: ['hash'] },
  { name: 'linkedIdentities', table: 'linked_identity', references: { account_id: 'deleted' } },
  {
    name: null,
    left: 'a setting of the organization; that they made it stands in the log',
    table: 'identity_provider',
    references: { configured_by: 'kept' },
    clearedOf: [],
    plain: [
      ...['key', 'name', 'issuer', 'client_id', 'scopes', 'prompt', 'admits', 'new_role', 'domains', 'second_factor_values', 'claims'],
    ],
  },
  {
    name: null,
    left: 'a setting of the organization; that they made it stands in the log',
    table: 'webhook',
    references: { responsible_id: 'forgotten' },
    plain: ['name', 'url', 'state', 'disabled_reason', 'events', 'scope_kind', 'payload', 'header_names'],
  },
  { name: 'toldByWebhooks', table: 'webhook_delivery', references: { account_id: 'deleted' }, hides: ['leased_until', 'traceparent'] },
  { name: 'passkeys', table: 'passkey', references: { account_id: 'deleted' }, hides: ['credential_id', 'public_key', 'counter'] },
  { name: null, left: 'good for five minutes, and nothing but a hash', table: 'passkey_challenge', references: { account_id: 'passing' } },
  {
    name: 'tokens',
    table: 'api_token',
    references: { account_id: 'deleted' },
    hides: ['hash', 'full_at'],
    adds: `jsonb_build_object('requests', (select jsonb_object_agg(u.day, u.requests) from api_token_use u where u.org_id = t.org_id and u.token_id = t.id))`,
  },
  {
    name: 'programsLetIn',
    table: 'oauth_grant',
    references: { account_id: 'deleted' },
    hides: ['code_hash', 'code_challenge', 'refresh_hash', 'previous_hash', 'successor_sealed'],
  },
  {
    // A program belongs to the organization; without an owner it can do nothing by itself, and those who let it in keep it.
    name: 'programs',
    table: 'oauth_client',
    references: { owner_id: 'kept' },
    plain: ['name', 'type', 'grant_types', 'redirect_uris', 'scopes', 'site_ids', 'resource_ids'],
  },
  { name: 'sshKeys', table: 'ssh_key', references: { account_id: 'deleted' }, hides: ['blob'] },
  {
    name: 'links',
    table: 'account_link',
    references: { account_id: 'deleted', created_by: 'forgotten' },
    hides: ['token_hash', 'details_sealed'],
  },
  { name: 'mails', table: 'mail', references: { account_id: 'deleted' }, hides: ['letter_sealed'] },
  {
    // What others are told about the person’s reservations, and what names them, goes as well.
    name: 'notifications',
    table: 'notification',
    references: { account_id: 'deleted' },
    alsoDeleted: `(t.facts ->> 'personId') = person.id::text or (t.subject_kind = 'reservations'
      and t.subject_id in (select v.id from reservation v where v.org_id = t.org_id and v.organizer_id = person.id))`,
  },
  { name: 'notificationPreferences', table: 'notification_preference', references: { account_id: 'deleted' } },
  {
    name: null,
    left: 'when which of their reservations is to be told; gone once it is',
    table: 'due_notice',
    references: { account_id: 'deleted' },
  },
  {
    name: null,
    left: 'that a link of a letter was used, until it would have run out',
    table: 'acted_link',
    references: { account_id: 'deleted' },
  },
  { name: 'pushSubscriptions', table: 'push_subscription', references: { account_id: 'deleted' }, hides: ['keys_sealed', 'endpoint'] },
  { name: 'groups', table: 'group_member', references: { account_id: 'deleted' } },
  { name: 'roles', table: 'role_assignment', references: { account_id: 'deleted', granted_by: 'forgotten' } },
  {
    name: 'assignments',
    table: 'resource_assignment',
    references: { account_id: 'deleted', assigned_by: 'forgotten' },
    adds: `jsonb_build_object('resource', (select r.name from resource r where r.id = t.resource_id))`,
  },
  { name: 'quotaExceptions', table: 'quota_exception', references: { account_id: 'deleted' } },
  { name: 'requests', table: 'request_allowance', references: { account_id: 'deleted' } },
  {
    name: 'reservations',
    table: 'reservation',
    references: { organizer_id: 'kept', booked_by_id: 'kept' },
    adds: resourcesOf('reservation_item', 'reservation_id'),
    clears: {
      version: 't.version + 1',
      title: 'null',
      description: 'null',
      cancel_reason: 'null',
      custom_fields: answersLeft('reservation_item', 'reservation_id'),
      provisioning: 'null',
    },
    plain: ['status', 'time_zone'],
    clearedOf: ['organizer_id'],
  },
  {
    name: 'series',
    table: 'series',
    references: { organizer_id: 'kept', booked_by_id: 'kept' },
    adds: resourcesOf('series_item', 'series_id'),
    clears: {
      ...{ version: 't.version + 1', title: 'null', description: 'null', cancel_reason: 'null' },
      custom_fields: answersLeft('series_item', 'series_id'),
    },
    plain: ['time_zone', 'rrule', 'tzdb_version', 'exdates', 'rdates'],
    clearedOf: ['organizer_id'],
  },
  {
    name: 'waitlist',
    table: 'waitlist_entry',
    references: { account_id: 'kept' },
    clears: { version: 't.version + 1', title: 'null', custom_fields: `'{}'` },
    plain: ['status', 'time_zone', 'criteria', 'with_resource_ids'],
  },
  {
    name: 'approvals',
    table: 'approval_request',
    references: { requested_by: 'kept', decided_by: 'kept' },
    clears: { version: 't.version + 1', message: 'null' },
    plain: ['status'],
  },
  {
    name: 'approvalSteps',
    table: 'approval_approver',
    references: { account_id: 'kept', delegated_by: 'kept' },
    clears: { message: 'null' },
    plain: ['answer'],
  },
  {
    name: 'approvalQuestions',
    table: 'approval_question',
    references: { asked_by: 'deleted', answered_by: 'deleted' },
    alsoDeleted: `t.request_id in (select q.id from approval_request q where q.org_id = t.org_id and q.reservation_id in
      (select v.id from reservation v where v.org_id = t.org_id and v.organizer_id = person.id))`,
  },
  { name: 'auditViews', table: 'audit_view', references: { account_id: 'deleted' } },
  { name: 'savedSearches', table: 'saved_search', references: { account_id: 'deleted' } },
  {
    name: 'favourites',
    table: 'favourite',
    references: { account_id: 'deleted' },
    adds: `jsonb_build_object('resource', (select r.name from resource r where r.id = t.resource_id))`,
  },
  {
    name: 'importedEvents',
    table: 'imported_event',
    references: { account_id: 'deleted' },
    hides: ['fingerprint'],
    alsoDeleted: OWN_RESERVATIONS,
  },
  {
    name: 'jobs',
    table: 'job',
    references: { account_id: 'deleted' },
    hides: ['results', 'lease_until'],
    alsoDeleted: `(t.request::text || t.results::text) like '%' || person.id || '%'`,
  },
  {
    name: null,
    left: 'answers given already, kept for a day so that a request may be repeated; what they say stands elsewhere',
    table: 'idempotency',
    references: { account_id: 'deleted' },
    alsoDeleted: `t.result::text like '%' || person.id || '%'`,
  },
  {
    // Who was merged into them is nobody; what the log says of that account is about them.
    name: null,
    left: 'accounts of theirs that went into this one, and hold nothing',
    table: 'account',
    references: { merged_into: 'kept' },
    plain: ['username', 'email', 'display_name', 'password_hash', 'role', 'status', 'preferences', 'name_shown_to'],
  },
  { name: null, left: 'good for 30 s, and nothing but a secret', table: 'stream_ticket', references: { account_id: 'deleted' } },
];

/** What becomes of the account itself; the id stays, as what was booked is somebody’s. */
export const accountCleared: Readonly<Record<string, string>> = {
  username: `'erased-' || t.id`,
  email: `'erased-' || t.id || '@erased.invalid'`,
  display_name: `'–'`,
  password_hash: 'null',
  preferences: `'{}'`,
  name_shown_to: `'everyone'`,
  email_verified_at: 'null',
};
/** Texts of an account that stay, as they are words of ours; `role` falls to the least. */
export const accountPlain: readonly string[] = ['role', 'status'];
