import { newId } from '@berth/kernel';
import { useDatabase } from '@berth/platform/testing';
import { Database } from './database';
import { type Sql, Statement } from './sql';

/** Requests of two organizations one after another and at the same time; the long run is `TEN_REQUESTS=100000`. */
const REQUESTS = Number(process.env['TEN_REQUESTS'] ?? 1_000);

/** Tables that belong to the installation, not to an organization; the app role gets at most to read them. */
const installationTables = [
  'installation',
  'address_allowance',
  'setup_reopening',
  'setup_attempt',
  'push_key',
  'passkey_challenge',
  'password_request',
  'signing_key',
  'sign_in_lockout',
  'event_log_head',
  'event_reader',
  'work_queue',
  'schema_migration',
];
/** Tables in which every organization has one row from the beginning. */
const oneRowEach = ['organization', 'request_tier'];

describe('Row security', () => {
  const db = useDatabase();
  const stranger = newId();
  const tables = async (): Promise<string[]> => {
    const rows = await db.asOwner<{ name: string }>(`
      select relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname = 'public' order by 1`);
    return rows.map((it) => it.name).filter((it) => !installationTables.includes(it));
  };

  beforeAll(async () => {
    // One row of a foreign organization in every table; what no statement of the system would write.
    await db.asOwner(`insert into organization (id, name, time_zone, created_at) values ($1, 'Rival', 'UTC', now())`, [stranger]);
    const id = newId();
    await db.asOwner(`
      with person as (insert into account (id, org_id, username, email, display_name, role, created_at) values ('${id}', '${stranger}', 'rival', 'rival@rival.example', 'Rival', 'admin', now())),
        sess as (insert into session (id, org_id, account_id, token_hash, created_at, expires_at) values ('${id}', '${stranger}', '${id}', '', now(), now())),
        browser as (insert into trusted_device (token_hash, org_id, account_id, created_at, expires_at) values ('', '${stranger}', '${id}', now(), now())),
        app as (insert into one_time_code (account_id, org_id, secret_sealed, created_at) values ('${id}', '${stranger}', '', now())),
        spare as (insert into recovery_code (hash, org_id, account_id, created_at) values ('', '${stranger}', '${id}', now())),
        finger as (insert into passkey (id, org_id, account_id, name, credential_id, public_key, rp_id, counter, backed_up, created_at)
                   values ('${id}', '${stranger}', '${id}', 'x', '', '', 'x', 0, false, now())),
        pass as (insert into api_token (id, org_id, account_id, name, hash, scopes, created_at, expires_at) values ('${id}', '${stranger}', '${id}', 'x', '', '{x}', now(), now())),
        app2 as (insert into oauth_client (id, org_id, owner_id, name, type, grant_types, redirect_uris, scopes, per_minute, created_at)
                 values ('${id}', '${stranger}', '${id}', 'x', 'public', '{authorization_code}', '{x}', '{x}', 600, now())),
        word as (insert into oauth_client_secret (org_id, client_id, is_current, hash, created_at) values ('${stranger}', '${id}', true, '', now())),
        pass2 as (insert into api_token_use (org_id, token_id, day, requests) values ('${stranger}', '${id}', now(), 1)),
        app3 as (insert into oauth_client_use (org_id, client_id, day, requests) values ('${stranger}', '${id}', now(), 1)),
        room2 as (insert into client_allowance (org_id, client_id) values ('${stranger}', '${id}')),
        leave as (insert into oauth_grant (id, org_id, client_id, account_id, scopes, created_at) values ('${id}', '${stranger}', '${id}', '${id}', '{x}', now())),
        screen as (insert into oauth_device_code (id, org_id, client_id, device_hash, user_code, scopes, created_at, expires_at, interval_s)
                   values ('${id}', '${stranger}', '${id}', '', 'x', '{x}', now(), now(), 5)),
        lock as (insert into ssh_key (id, org_id, account_id, algorithm, bits, blob, fingerprint, created_at) values ('${id}', '${stranger}', '${id}', 'ssh-ed25519', 256, '', 'x', now())),
        tick as (insert into stream_ticket (hash, org_id, account_id, session_id, expires_at) values ('', '${stranger}', '${id}', '${id}', now())),
        place as (insert into site (id, org_id, name, time_zone, created_at) values ('${id}', '${stranger}', 'Site', 'UTC', now())),
        storey as (insert into floor (id, org_id, site_id, name, created_at) values ('${id}', '${stranger}', '${id}', '1', now())),
        area as (insert into room (id, org_id, floor_id, name, created_at) values ('${id}', '${stranger}', '${id}', 'East', now())),
        kind as (insert into resource_type (id, org_id, key, name, cutype, created_at) values ('${id}', '${stranger}', 'room', 'Room', 'ROOM', now())),
        thing as (insert into resource (id, org_id, type_id, name, created_at, updated_at) values ('${id}', '${stranger}', '${id}', 'Turing', now(), now())),
        leaf as (insert into resource_leaf (org_id, resource_id, leaf_id) values ('${stranger}', '${id}', '${id}')),
        closed as (insert into blackout (id, org_id, resource_id, starts_at, ends_at, created_at) values ('${id}', '${stranger}', '${id}', now(), now() + interval '1 hour', now())),
        claim as (insert into reservation (id, org_id, organizer_id, status, starts_at, ends_at, time_zone, created_at, updated_at)
                  values ('${id}', '${stranger}', '${id}', 'confirmed', now(), now() + interval '1 hour', 'UTC', now(), now())),
        item as (insert into reservation_item (org_id, reservation_id, resource_id, partstat, held_from, held_to) values ('${stranger}', '${id}', '${id}', 'ACCEPTED', now(), now() + interval '1 hour')),
        asked as (insert into approval_request (id, org_id, reservation_id, requested_by, steps, due_at, requested_at)
          values ('${id}', '${stranger}', '${id}', '${id}', 1, now(), now())),
        wondered as (insert into approval_question (id, org_id, request_id, asked_by, question, asked_at)
          values ('${id}', '${stranger}', '${id}', '${id}', 'Why?', now())),
        approver as (insert into approval_approver (org_id, request_id, step, account_id) values ('${stranger}', '${id}', 1, '${id}')),
        taken as (insert into occupancy (org_id, leaf_id, lane, s, e, reservation_id) values ('${stranger}', '${id}', 1, now(), now() + interval '1 hour', '${id}')),
        waits as (insert into waitlist_entry (id, org_id, account_id, resource_id, starts_at, ends_at, time_zone, created_at, updated_at)
                  values ('${id}', '${stranger}', '${id}', '${id}', now(), now() + interval '1 hour', 'UTC', now(), now())),
        opens as (insert into waitlist_opening (id, org_id, resource_id, from_at, to_at, due_at) values ('${id}', '${stranger}', '${id}', now(), now() + interval '1 hour', now())),
        marked as (insert into favourite (org_id, account_id, resource_id, created_at) values ('${stranger}', '${id}', '${id}', now())),
        kept as (insert into saved_search (id, org_id, account_id, name, query, created_at, updated_at) values ('${id}', '${stranger}', '${id}', 'x', '{}', now(), now())),
        row_of as (insert into series (id, org_id, organizer_id, civil_start, minutes, time_zone, rrule, tzdb_version, created_at, updated_at)
                   values ('${id}', '${stranger}', '${id}', now(), 30, 'UTC', 'FREQ=DAILY', 'x', now(), now())),
        row_item as (insert into series_item (org_id, series_id, resource_id) values ('${stranger}', '${id}', '${id}')),
        watched as (insert into audit_view (id, org_id, account_id, name, filter, created_at) values ('${id}', '${stranger}', '${id}', 'x', '{}', now())),
        page as (insert into audit_export_part (org_id, job_id, part, content) values ('${stranger}', '${id}', 0, 'x')),
        work as (insert into job (id, org_id, account_id, kind, request, done, total, created_at) values ('${id}', '${stranger}', '${id}', 'x', '{}', 0, 1, now())),
        link as (insert into account_link (id, org_id, purpose, account_id, token_hash, created_at, expires_at)
                 values ('${id}', '${stranger}', 'password-reset', '${id}', '', now(), now())),
        letter as (insert into mail (id, org_id, account_id, kind, letter_sealed, next_try_at, useful_until, created_at)
                   values ('${id}', '${stranger}', '${id}', 'x', '', now(), now(), now())),
        team as (insert into people_group (id, org_id, name, kind, created_at) values ('${id}', '${stranger}', 'Team', 'static', now())),
        member as (insert into group_member (org_id, group_id, account_id, created_at) values ('${stranger}', '${id}', '${id}', now())),
        gate as (insert into gate_group (org_id, site_id, verb, group_id) values ('${stranger}', '${id}', 'book', '${id}')),
        whose as (insert into resource_assignment (org_id, resource_id, account_id, starts_at, created_at) values ('${stranger}', '${id}', '${id}', now(), now())),
        lent as (insert into shared_day (org_id, resource_id, day) values ('${stranger}', '${id}', now())),
        role_of as (insert into role (id, org_id, name, permissions, created_at) values ('${id}', '${stranger}', 'Role', '{}', now())),
        granted as (insert into role_assignment (id, org_id, account_id, role_id, created_at) values ('${id}', '${stranger}', '${id}', '${id}', now())),
        brought as (insert into imported_event (org_id, account_id, uid, recurrence_id, fingerprint, reservation_id, imported_at)
                    values ('${stranger}', '${id}', 'x', '', 'x', '${id}', now())),
        idp as (insert into identity_provider (id, org_id, key, name, issuer, client_id, scopes, admits, new_role, claims, position, configured_by, created_at)
                values ('${id}', '${stranger}', 'rival', 'Rival', 'https://rival.example', 'x', '{}', 'linked', 'user', '{}', 1, '${id}', now())),
        means as (insert into identity_mapping (id, org_id, provider_id, source, value, group_id) values ('${id}', '${stranger}', '${id}', 'group', 'x', '${id}')),
        home as (insert into home_domain (org_id, provider_id, domain) values ('${stranger}', '${id}', 'rival.example')),
        linked as (insert into linked_identity (id, org_id, account_id, provider_id, subject, label, created_at)
                   values ('${id}', '${stranger}', '${id}', '${id}', 'x', 'x', now())),
        proved as (insert into proved_identity (id, org_id, provider_id, token_hash, identity_sealed, expires_at)
                   values ('${id}', '${stranger}', '${id}', '', '', now())),
        hook as (insert into webhook (id, org_id, name, url, events, scope_kind, payload, created_at)
                 values ('${id}', '${stranger}', 'x', 'https://x.example', '{x}', 'all', 'thin', now())),
        seal as (insert into webhook_secret (id, org_id, webhook_id, is_current, secret_sealed, created_at) values ('${id}', '${stranger}', '${id}', true, '', now())),
        told as (insert into webhook_delivery (id, org_id, webhook_id, event_id, event_type, subject, sequence, resource_ids, body, next_attempt_at, created_at)
                 values ('${id}', '${stranger}', '${id}', '${id}', 'x', 'x', 1, '{}', '', now(), now())),
        tried as (insert into webhook_attempt (id, org_id, webhook_id, delivery_id, at, duration_ms, succeeded, counts, request_headers)
                  values ('${id}', '${stranger}', '${id}', '${id}', now(), 0, true, true, '{}')),
        report as (insert into webhook_callback (org_id, webhook_id, message_id, at) values ('${stranger}', '${id}', 'x', now())),
        sends as (insert into request_allowance (org_id, account_id) values ('${stranger}', '${id}')),
        gone as (insert into demo_removed_row (org_id, table_name, stays, content) values ('${stranger}', 'x', false, '{}')),
        fact as (insert into event (id, org_id, type, subject_kind, subject_id, data) values ('${id}', '${stranger}', 'x', 'x', '${id}', '{}') returning position),
        measure as (insert into quota_rule (id, org_id, name, who_kind, what_kind, measure, window_kind, limit_value, created_at)
                    values ('${id}', '${stranger}', 'x', 'everyone', 'everything', 'time', 'week', 60, now())),
        spared as (insert into quota_exception (rule_id, account_id, org_id, until, created_at) values ('${id}', '${id}', '${stranger}', now(), now())),
        heard as (insert into event_reader (name, position) values ('rival', 0)),
        parked as (insert into event_parked (org_id, reader, sequence, event_id, event_type, error, parked_at) values ('${stranger}', 'rival', 1, '${id}', 'x', 'x', now())),
        told_again as (insert into event_replay (id, org_id, reader, after, until, created_at) values ('${id}', '${stranger}', 'rival', 0, 1, now())),
        noted as (insert into notification (id, org_id, account_id, kind, cause, subject_kind, subject_id, facts, in_app, at)
                 values ('${id}', '${stranger}', '${id}', 'reminder', 'x', 'x', '${id}', '{}', true, now())),
        wants as (insert into notification_preference (account_id, org_id, preset, digest, digest_at, reminder_lead_minutes, updated_at)
                  values ('${id}', '${stranger}', 'normal', 'off', '08:00', '{15}', now())),
        soon as (insert into due_notice (reservation_id, account_id, kind, lead_minutes, org_id, due_at) values ('${id}', '${id}', 'reminder', 15, '${stranger}', now())),
        later as (insert into held_news (event_id, org_id, reservation_id, due_at) values ('${id}', '${stranger}', '${id}', now())),
        clicked as (insert into acted_link (id, org_id, account_id, used_at, expires_at) values ('${id}', '${stranger}', '${id}', now(), now())),
        shows as (insert into push_subscription (id, org_id, account_id, endpoint, keys_sealed, created_at) values ('${id}', '${stranger}', '${id}', 'x', '', now())),
        pushed as (insert into push_message (id, org_id, subscription_id, notification_id, words_sealed, next_try_at, useful_until)
                   values ('${id}', '${stranger}', '${id}', '${id}', '', now(), now())),
        redacted as (insert into event_redaction (position, org_id, account_id, digest) select position, '${stranger}', '${id}', '' from fact),
        signed as (insert into event_checkpoint (org_id, sequence, hash, at, signature) values ('${stranger}', 0, '', now(), '')),
        cut as (insert into event_cut (org_id, sequence, at) values ('${stranger}', 0, now())),
        chain as (insert into event_chain (org_id, sequence, hash) values ('${stranger}', 0, ''))
      insert into idempotency (org_id, account_id, key, fingerprint, created_at) values ('${stranger}', '${id}', 'k', '', now())`);
  });

  it('stands on every table that belongs to an organization', async () => {
    const open = await db.asOwner<{ relname: string }>(`
      select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname = 'public' and not c.relrowsecurity and relname <> 'schema_migration'`);

    expect(open).toEqual([]);
  });

  it('shows nothing of another organization, whatever the statement forgets to ask', async () => {
    for (const table of await tables()) {
      const [there] = await db.asOwner<{ n: number }>(`select count(*)::int as n from ${table}`);
      const own = await db.database.of(db.organizationId).run<{ n: number }>(statement(`select count(*)::int as n from ${table}`));

      expect([table, there!.n > 0]).toEqual([table, true]);
      expect([table, own[0]!.n]).toEqual([table, oneRowEach.includes(table) ? 1 : 0]);
    }
  });

  it('lets nothing be changed or deleted there', async () => {
    for (const table of await tables()) {
      const column = table === 'organization' ? 'id' : 'org_id';
      for (const text of [`update ${table} set ${column} = ${column}`, `delete from ${table} where ${column} = '${stranger}'`]) {
        const touched = await db.database
          .of(db.organizationId)
          .run(statement(`${text} returning 1 as one`))
          .catch((error: { code: string }) => (error.code === '42501' ? [] : Promise.reject(error)));
        expect([text, touched.length]).toEqual([text, oneRowEach.includes(table) && text.startsWith('update') ? 1 : 0]);
      }
    }
  });

  it('lets nothing be written into another organization', async () => {
    const smuggled = db.database.of(db.organizationId).sql`
      insert into site (id, org_id, name, time_zone, created_at) values (${newId()}, ${stranger}, 'Smuggled', 'UTC', now())`;

    await expect(smuggled).rejects.toMatchObject({ code: '42501' });
  });

  it('refuses a reference across organizations even to the owner', async () => {
    const crossed = db.asOwner(
      `insert into floor (id, org_id, site_id, name, created_at) select $1, $2, id, 'x', now() from site limit 1`,
      [newId(), db.organizationId],
    );

    await expect(crossed).rejects.toMatchObject({ code: '23503', constraint: 'floor_site' });
  });

  it('sees nothing at all while no organization is set', async () => {
    const [row] = await db.database.prepared<{ n: number }>('count_accounts', statement('select count(*)::int as n from account'));

    expect(row?.n).toBe(0);
  });

  it('TEN-04 never carries one organization over to the next user of a connection, of which there are two', async () => {
    const few = new Database(db.url, 2);
    const seen: unknown[] = [];
    let next = 0;
    const client = async (): Promise<void> => {
      for (let i = next++; i < REQUESTS; i = next++) {
        // Neither in turn nor in a rhythm with what is asked: each kind follows each, of the same organization and of the other.
        const own = (i * 7919) % 5 < 2 ? stranger : db.organizationId;
        const found = await ways[i % ways.length]!(few, own);
        if (found.length !== 1 || found[0] !== own) seen.push({ i, own, found });
      }
    };

    await Promise.all(Array.from({ length: 40 }, client));
    await few.close();

    expect(seen).toEqual([]);
  }, 3_600_000);

  it('gives neither role a way around it', async () => {
    const roles = await db.asOwner(
      `select rolname, rolsuper, rolbypassrls, rolcanlogin from pg_roles where rolname in ('berth_app', 'berth_system') order by 1`,
    );

    expect(roles).toEqual([
      { rolname: 'berth_app', rolsuper: false, rolbypassrls: false, rolcanlogin: false },
      { rolname: 'berth_system', rolsuper: false, rolbypassrls: false, rolcanlogin: false },
    ]);
  });
});

const statement = (text: string): Statement => new Statement([text], []);

/** Organizations a request of one organization sees; each ends in another way. */
const ways: readonly ((database: Database, organizationId: string) => Promise<string[]>)[] = [
  (database, organizationId) => organizationsIn(database.of(organizationId)),
  (database, organizationId) => database.transaction(contextOf(organizationId), organizationsIn),
  // Rolled back by what runs in it.
  async (database, organizationId) => {
    let found: string[] = [];
    const work = async (tx: Sql): Promise<never> => {
      found = await organizationsIn(tx);
      throw new Error('thought better of it');
    };
    await database.transaction(contextOf(organizationId), work).catch(() => undefined);
    return found;
  },
  // Broken by the database.
  async (database, organizationId) => {
    await database.transaction(contextOf(organizationId), (tx) => tx.run(statement('select 1 / 0'))).catch(() => undefined);
    return organizationsIn(database.of(organizationId));
  },
  // Its connection ends under it, now and then.
  async (database, organizationId) => {
    if (Math.random() < 0.01)
      await database
        .of(organizationId)
        .run(statement('select pg_terminate_backend(pg_backend_pid())'))
        .catch(() => undefined);
    return organizationsIn(database.of(organizationId));
  },
];

const contextOf = (organizationId: string) => ({ organizationId, accountId: newId(), requestId: 'test' });

async function organizationsIn(db: Sql): Promise<string[]> {
  const rows = await db.run<{ id: string }>(statement('select id from organization union select org_id from site'));
  return rows.map((it) => it.id);
}
