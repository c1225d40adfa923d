/** What becomes of a reference to the account that goes: it says the one that stays, or its row goes as at an erasure. */
export type AtMerge = 'moves' | 'ends';

/** A table that refers to accounts, when two of them become one. In conditions `t` is a row of the one that goes, `o` one of the one that stays. */
export interface MergedTable {
  readonly table: string;
  /** Every column that refers to an account. */
  readonly references: Readonly<Record<string, AtMerge>>;
  /** Both are of the same thing, and there can be one: `t` goes. */
  readonly same?: string;
  /** Of two that are the same `o` goes where this holds. */
  readonly wins?: string;
  /** Of two that are the same `o` takes this over before `t` goes. */
  readonly adds?: { readonly where: string; readonly set: Readonly<Record<string, string>> };
  /** What else changes in a row that goes over, or a column in place of what it would say. */
  readonly sets?: Readonly<Record<string, string>>;
}

/** What a column of `t` says from then on. */
const over = (column: string): string => `case when t.${column} = gone.id then stays.id else t.${column} end`;
const unless = (column: string, other: string): string => `nullif(${over(column)}, ${over(other)})`;

/** Of two answers at one step the one that says most; whoever handed it on to themselves is asked again. */
const said = (row: 'o' | 't'): string => `case when ${row}.answer is null then 1 when ${row}.answer = 'delegate' then 0 else 2 end`;

const CHANGED = { version: 't.version + 1' } as const;

/**
 * Every column that refers to an account, and what becomes of it when that account is merged into another: one that is missing
 * fails a test. Preferences and exceptions of the one that stays stand; whatever opens the account that goes ends with it.
 */
export const mergePlan: readonly MergedTable[] = [
  { table: 'session', references: { account_id: 'ends', stood_in_by: 'ends' } },
  { table: 'trusted_device', references: { account_id: 'ends' } },
  { table: 'one_time_code', references: { account_id: 'ends' } },
  { table: 'recovery_code', references: { account_id: 'ends' } },
  // One at each provider: who has both signs in with the one of the account that stays.
  { table: 'linked_identity', references: { account_id: 'moves' }, same: 'o.provider_id = t.provider_id' },
  { table: 'identity_provider', references: { configured_by: 'moves' } },
  { table: 'webhook', references: { responsible_id: 'moves' } },
  { table: 'webhook_delivery', references: { account_id: 'ends' } },
  { table: 'passkey', references: { account_id: 'ends' } },
  { table: 'passkey_challenge', references: { account_id: 'ends' } },
  { table: 'api_token', references: { account_id: 'ends' } },
  { table: 'oauth_grant', references: { account_id: 'ends' } },
  { table: 'oauth_client', references: { owner_id: 'moves' } },
  { table: 'ssh_key', references: { account_id: 'moves' } },
  { table: 'account_link', references: { account_id: 'ends', created_by: 'moves' } },
  { table: 'mail', references: { account_id: 'ends' } },
  { table: 'notification', references: { account_id: 'moves' }, same: 'o.kind = t.kind and o.cause = t.cause' },
  { table: 'notification_preference', references: { account_id: 'moves' }, same: 'true' },
  // Reckoned anew for who stays, as the reservation is told to be theirs.
  { table: 'due_notice', references: { account_id: 'ends' } },
  { table: 'acted_link', references: { account_id: 'ends' } },
  { table: 'push_subscription', references: { account_id: 'ends' } },
  {
    table: 'group_member',
    references: { account_id: 'moves' },
    same: 'o.group_id = t.group_id',
    adds: {
      where: 'true',
      set: {
        may_add_members: 'o.may_add_members or t.may_add_members',
        provider_id: 'case when t.provider_id is null then null else o.provider_id end',
      },
    },
  },
  {
    table: 'role_assignment',
    references: { account_id: 'moves', granted_by: 'moves' },
    same: `(o.built_in, o.role_id, o.site_id, o.resource_id) is not distinct from (t.built_in, t.role_id, t.site_id, t.resource_id)`,
    // Of two spells of a role that meet one is made; of two that do not, that of who stays remains.
    adds: {
      where: `coalesce(t.starts_at, '-infinity') <= coalesce(o.ends_at, 'infinity') and coalesce(o.starts_at, '-infinity') <= coalesce(t.ends_at, 'infinity')`,
      set: {
        starts_at: 'case when num_nonnulls(o.starts_at, t.starts_at) = 2 then least(o.starts_at, t.starts_at) end',
        ends_at: 'case when num_nonnulls(o.ends_at, t.ends_at) = 2 then greatest(o.ends_at, t.ends_at) end',
        provider_id: 'case when t.provider_id is null then null else o.provider_id end',
      },
    },
  },
  { table: 'resource_assignment', references: { account_id: 'moves', assigned_by: 'moves' } },
  { table: 'quota_exception', references: { account_id: 'moves' }, same: 'o.rule_id = t.rule_id' },
  { table: 'request_allowance', references: { account_id: 'ends' } },
  {
    table: 'reservation',
    references: { organizer_id: 'moves', booked_by_id: 'moves' },
    sets: { ...CHANGED, booked_by_id: unless('booked_by_id', 'organizer_id') },
  },
  {
    table: 'series',
    references: { organizer_id: 'moves', booked_by_id: 'moves' },
    sets: { ...CHANGED, booked_by_id: unless('booked_by_id', 'organizer_id') },
  },
  { table: 'waitlist_entry', references: { account_id: 'moves' }, sets: CHANGED },
  { table: 'approval_request', references: { requested_by: 'moves', decided_by: 'moves' }, sets: CHANGED },
  {
    table: 'approval_approver',
    references: { account_id: 'moves', delegated_by: 'moves' },
    same: 'o.request_id = t.request_id and o.step = t.step',
    wins: `${said('t')} > ${said('o')}`,
    sets: { delegated_by: unless('delegated_by', 'account_id') },
  },
  { table: 'approval_question', references: { asked_by: 'moves', answered_by: 'moves' } },
  { table: 'audit_view', references: { account_id: 'moves' }, same: 'lower(o.name) = lower(t.name)' },
  { table: 'saved_search', references: { account_id: 'moves' }, same: 'lower(o.name) = lower(t.name)' },
  { table: 'favourite', references: { account_id: 'moves' }, same: 'o.resource_id = t.resource_id' },
  { table: 'imported_event', references: { account_id: 'moves' }, same: 'o.uid = t.uid and o.recurrence_id = t.recurrence_id' },
  { table: 'job', references: { account_id: 'ends' } },
  { table: 'idempotency', references: { account_id: 'ends' } },
  { table: 'stream_ticket', references: { account_id: 'ends' } },
  // Who was merged into the one that goes is found at the one that stays.
  { table: 'account', references: { merged_into: 'moves' } },
];

/** What the account that stays says of itself afterwards: `o` stays, `t` goes. What is not named here stays as `o` has it. */
export const accountMerged: Readonly<Record<string, string>> = {
  // All that either could do, the one account can; whoever merges them may grant it.
  role: `case when 'admin' in (o.role, t.role) then 'admin' when 'user' in (o.role, t.role) then 'user' else 'guest' end`,
  preferences: 't.preferences || o.preferences',
  // Whose name was to be read by few did not mean it of one account alone.
  name_shown_to: `case when 'nobody' in (o.name_shown_to, t.name_shown_to) then 'nobody' when 'groups' in (o.name_shown_to, t.name_shown_to) then 'groups' else 'everyone' end`,
  // Demo data that is removed takes nobody along who is more than that.
  demo: 'o.demo and t.demo',
};
/** Columns of the account that stays which are its own, whatever the other said. */
export const accountOwn: readonly string[] = [
  ...['id', 'org_id', 'username', 'email', 'display_name', 'password_hash', 'status', 'version', 'created_at'],
  ...['email_verified_at', 'erased_at', 'merged_into'],
];
