import { Suspension } from '@berth/people';
import { newId } from '@berth/kernel';
import { type AccessTokens, type Actor, Sessions } from '@berth/platform/auth';
import { Secrets } from '@berth/platform/runtime';
import { silentOutbox, useDatabase } from '@berth/platform/testing';
import { FutureQueries, LetGo } from '@berth/reservations';
import { at, from, reservationsGiven, reservationsOn } from '@berth/reservations/testing';
import { ErasePerson } from './erase-person';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);

function erasing() {
  const { database } = db;
  const sessions = new Sessions(database, {} as AccessTokens, silentOutbox(), new Secrets(Buffer.alloc(32)), on.clock);
  const suspension = new Suspension(sessions, silentOutbox(), on.clock);
  const lettingGo = new LetGo(
    database,
    new FutureQueries(database),
    on.cancel,
    on.series.cancel,
    on.transfer,
    on.assignments.handOver,
    on.clock,
  );
  return new ErasePerson(database, suspension, sessions, lettingGo, on.hold, silentOutbox(), on.clock);
}

const sequence = () => db.database.system.sql`select sequence_events(10000)`;
const broken = async (): Promise<number[]> =>
  (
    await db.asOwner<{ n: string }>(`select broken_at as n from follow_chain($1, 0, sha256(''), 100000) where broken_at is not null`, [
      db.organizationId,
    ])
  ).map((it) => Number(it.n));

/** Everything the database says, table by table: what a dump would hold. */
async function dump(): Promise<string> {
  const tables = await db.asOwner<{ name: string }>(`
    select relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname = 'public'`);
  const texts: string[] = [];
  for (const { name } of tables) {
    const [row] = await db.asOwner<{ text: string | null }>(`select string_agg(to_jsonb(t)::text, E'\\n') as text from ${name} t`);
    texts.push(row?.text ?? '');
  }
  return texts.join('\n');
}

/** What analytics counts: reservations by status and time with whose they are, and what they took. */
const counted = () =>
  db.asOwner(`
    select v.id, v.organizer_id, v.status, v.starts_at, v.ends_at, v.attendees, v.series_id, i.resource_id, i.quantity, i.held_from, i.held_to
    from reservation v join reservation_item i on i.reservation_id = v.id order by v.id, i.resource_id`);

/** Fifty words nobody else says, in every place a person can write into. */
async function plantCanaries(ada: Actor): Promise<string[]> {
  const words = Array.from({ length: 50 }, (_, n) => `canary${n}x${newId().slice(-6)}`);
  let next = 0;
  const word = (): string => words[next++]!;
  const { accountId } = ada;
  const insert = (text: string, ...values: unknown[]) => db.asOwner(text, [db.organizationId, accountId, ...values]);
  const room = await given.aResource();

  await insert(
    `update account set username = $3, email = $4, display_name = $5, preferences = jsonb_build_object('note', $6::text) where org_id = $1 and id = $2`,
    ...[word(), `${word()}@acme.example`, `${word()} ${word()}`, word()],
  );
  for (let hour = 8; hour < 14; hour++) {
    const wish = {
      resourceIds: [room.id],
      quantity: 1,
      title: word(),
      description: word(),
      ...from(`${hour}:00`.padStart(5, '0')).to(`${hour + 1}:00`.padStart(5, '0')),
    };
    const made = await on.book.execute(
      { ...ada, idempotency: { key: word(), fingerprint: Buffer.alloc(1), replayed: false, claimed: false } },
      wish,
    );
    await insert(
      `update reservation set custom_fields = jsonb_build_object('note', $3::text) where org_id = $1 and organizer_id = $2 and id = $4`,
      word(),
      made.id,
    );
    if (hour === 12) await on.cancel.execute(ada, { id: made.id, reason: word(), undoSeconds: 0 });
  }
  const id = newId();
  const queries: readonly (readonly [string, ...unknown[]])[] = [
    [
      `insert into session (id, org_id, account_id, token_hash, created_at, expires_at, user_agent) values ($4, $1, $2, 'x', now(), now() + interval '1 day', $3)`,
      word(),
      id,
    ],
    [
      `insert into api_token (id, org_id, account_id, name, hash, scopes, created_at, expires_at) values ($4, $1, $2, $3, 'x', '{x}', now(), now())`,
      word(),
      id,
    ],
    [
      `insert into ssh_key (id, org_id, account_id, algorithm, bits, blob, comment, fingerprint, created_at) values ($5, $1, $2, 'ssh-ed25519', 256, 'x', $3, $4, now())`,
      word(),
      word(),
      id,
    ],
    [
      `insert into saved_search (id, org_id, account_id, name, query, created_at, updated_at) values ($5, $1, $2, $3, jsonb_build_object('q', $4::text), now(), now())`,
      word(),
      word(),
      id,
    ],
    [
      `insert into waitlist_entry (id, org_id, account_id, resource_id, starts_at, ends_at, time_zone, title, custom_fields, created_at, updated_at)
      values ($6, $1, $2, $5, now(), now() + interval '1 hour', 'UTC', $3, jsonb_build_object('note', $4::text), now(), now())`,
      word(),
      word(),
      room.id,
      id,
    ],
    [
      `insert into series (id, org_id, organizer_id, title, description, civil_start, minutes, time_zone, rrule, tzdb_version, cancelled_at, cancel_reason, created_at, updated_at)
      values ($6, $1, $2, $3, $4, now(), 30, 'UTC', 'FREQ=DAILY', 'x', now(), $5, now(), now())`,
      word(),
      word(),
      word(),
      id,
    ],
    [
      `insert into job (id, org_id, account_id, kind, request, results, done, total, created_at) values ($5, $1, $2, 'import', jsonb_build_object('t', $3::text), jsonb_build_array($4::text), 0, 1, now())`,
      word(),
      word(),
      id,
    ],
    [
      `insert into mail (id, org_id, account_id, kind, letter_sealed, next_try_at, useful_until, reason, created_at) values ($4, $1, $2, 'x', 'x', now(), now(), $3, now())`,
      word(),
      id,
    ],
    [
      `insert into event (id, org_id, type, subject_kind, subject_id, actor_id, data) values ($5, $1, 'passkey.added', 'passkeys', $5, $2, jsonb_build_object('name', $3::text, 'deep', jsonb_build_array(jsonb_build_object('x', $4::text))))`,
      word(),
      word(),
      id,
    ],
    [
      `insert into event (id, org_id, type, subject_kind, subject_id, data) select $3, $1, 'group.membership_changed', 'groups', $3, jsonb_build_object('accountId', $2::uuid, 'who', display_name) from account where id = $2`,
      newId(),
    ],
  ];
  for (const [text, ...values] of queries) await insert(text, ...values);
  const [booked] = await db.asOwner<{ id: string }>(`select id from reservation where organizer_id = $1 order by id limit 1`, [accountId]);
  await insert(
    `with asked as (
       insert into approval_request (id, org_id, reservation_id, requested_by, steps, due_at, requested_at, status, ended_at, message)
       values ($3, $1, $4, $2, 1, now(), now(), 'expired', now(), $5)),
     answered as (
       insert into approval_approver (org_id, request_id, step, account_id, answer, answered_at, message) values ($1, $3, 1, $2, 'approve', now(), $6)),
     brought as (
       insert into imported_event (org_id, account_id, uid, recurrence_id, fingerprint, reservation_id, imported_at) values ($1, $2, $7, '', 'x', $4, now()))
     insert into approval_question (id, org_id, request_id, asked_by, question, asked_at) values ($3, $1, $3, $2, $8, now())`,
    ...[newId(), booked!.id, word(), word(), word(), word()],
  );
  await sequence();
  expect(next).toBe(words.length);
  return words;
}

describe('Erasing a person', () => {
  beforeEach(() => on.clock.set(at('07:00')));

  it('leaves no word of theirs in the database, every count as it was, and the log whole', async () => {
    const [admin, ada] = [await given.aPerson('admin'), await given.aPerson()];
    const words = await plantCanaries(ada);
    const said = await dump();
    expect(words.filter((it) => !said.includes(it))).toEqual([]);
    on.clock.set(at('16:00'));
    const before = await counted();

    const erasure = await erasing().execute(admin, { id: ada.accountId, reservations: 'cancel', reason: 'asked for' });
    await sequence();

    const left = await dump();
    expect(words.filter((it) => left.includes(it))).toEqual([]);
    expect(await counted()).toEqual(before);
    expect(erasure).toMatchObject({ anonymous: 6, leaving: { total: 0 }, found: { tokens: 1, sshKeys: 1, savedSearches: 1 } });
    expect(await broken()).toEqual([]);
  });

  it('changes the log in no other way: who changes it as an erasure would is found', async () => {
    const [admin, ada] = [await given.aPerson('admin'), await given.aPerson()];
    await plantCanaries(ada);
    await erasing().execute(admin, { id: ada.accountId, reservations: 'cancel' });
    await sequence();
    const [redacted] = await db.asOwner<{ position: number; sequence: string }>(
      `select e.position, e.sequence from event e join event_redaction r using (position) where r.account_id = $1 order by 1 limit 1`,
      [ada.accountId],
    );

    // Neither the roles nor the owner may change what an event says without writing it down.
    await expect(db.database.of(db.organizationId).sql`update event set data = '{}'`).rejects.toMatchObject({ code: '42501' });
    await expect(db.asOwner(`update event set data = '{}' where position = $1`, [redacted!.position])).rejects.toMatchObject({
      constraint: 'event_keeps_its_place',
    });
    // What stays of it is still covered: who it was done by, when, and what it was.
    await db.asOwner(`alter table event disable trigger event_keeps_its_place`);
    await db.asOwner(`update event set type = 'x' || type where position = $1`, [redacted!.position]);
    expect(await broken()).toEqual([Number(redacted!.sequence)]);
    await db.asOwner(`update event set type = substr(type, 2) where position = $1`, [redacted!.position]);
    await db.asOwner(`alter table event enable trigger event_keeps_its_place`);
    expect(await broken()).toEqual([]);
    // Who does write it down breaks the seal that the log itself holds.
    await db.asOwner(
      `update event_redaction r set digest = (select event_said(jsonb_populate_record(e, '{"data": {}}')) from event e where e.position = r.position)
       where position = $1`,
      [redacted!.position],
    );
    await db.asOwner(`update event set data = '{}' where position = $1`, [redacted!.position]);
    expect(await broken()).toContain(Number(redacted!.sequence));
  });

  it('cancels or hands over what is not over, and says so before', async () => {
    const [admin, ada, grace, room] = [await given.aPerson('admin'), await given.aPerson(), await given.aPerson(), await given.aResource()];
    const wish = (start: string, end: string) => ({ resourceIds: [room.id], quantity: 1, title: 'Mine', ...from(start).to(end) });
    const over = await on.book.execute(ada, wish('08:00', '09:00'));
    const ahead = await on.book.execute(ada, wish('15:00', '16:00'));
    on.clock.set(at('12:00'));
    const command = { id: ada.accountId, reservations: 'transfer', to: grace.accountId } as const;

    const preview = await erasing().tryOut(admin, command);
    expect(preview).toMatchObject({ anonymous: 1, leaving: { total: 1, reservations: [{ id: ahead.id, outcome: 'transferred' }] } });
    expect(await on.queries.one(admin, ahead.id)).toMatchObject({ title: 'Mine', organizer: { id: ada.accountId } });

    expect(await erasing().execute(admin, command)).toMatchObject({ anonymous: 1 });
    expect(await on.queries.one(admin, ahead.id)).toMatchObject({ organizer: { id: grace.accountId } });
    expect(await on.queries.one(admin, over.id)).toMatchObject({ title: null, organizer: { id: ada.accountId, displayName: '–' } });
  });

  it('is the person’s own where the organization allows it, and nobody’s who may do less', async () => {
    const [admin, ada, grace] = [await given.aPerson('admin'), await given.aPerson(), await given.aPerson()];

    await expect(erasing().execute(ada, { id: ada.accountId, reservations: 'cancel' })).rejects.toMatchObject({
      code: 'permission-denied',
    });
    await expect(erasing().execute(grace, { id: admin.accountId, reservations: 'cancel' })).rejects.toMatchObject({
      code: 'permission-denied',
    });
    await expect(erasing().execute(admin, { id: newId(), reservations: 'cancel' })).rejects.toMatchObject({ code: 'not-found' });
    await db.asOwner(`update organization set may_erase_oneself = true where id = $1`, [db.organizationId]);
    expect(await erasing().execute(ada, { id: ada.accountId, reservations: 'cancel' })).toMatchObject({ anonymous: 0 });
    await expect(erasing().execute(admin, { id: ada.accountId, reservations: 'cancel' })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('leaves answers that say nothing about anybody, where every type that asks for them says so', async () => {
    const [admin, ada] = [await given.aPerson('admin'), await given.aPerson()];
    const field = (key: string, personal?: boolean) => ({ key, label: key, kind: 'text', required: false, options: [], personal });
    const asking = async (...fields: object[]) => {
      const type = await given.aType();
      await db.asOwner(`update resource_type set fields = $1 where id = $2`, [JSON.stringify(fields), type.id]);
      return given.aResource({ type });
    };
    const room = await asking(field('costCentre', false), field('setup', false), field('phone', true), field('diet'));
    const lab = await asking(field('setup', true));
    const answers = { costCentre: '4711', setup: 'rows', phone: '555', diet: 'none' };
    const wish = (resources: { id: string }[], customFields: object, start: string, end: string) =>
      on.book.execute(ada, { resourceIds: resources.map((it) => it.id), quantity: 1, customFields, ...from(start).to(end) } as never);
    const alone = await wish([room], answers, '08:00', '09:00');
    const both = await wish([room, lab], answers, '09:00', '10:00');
    await db.asOwner(`update reservation set custom_fields = custom_fields || '{"former": "canary"}' where id = $1`, [alone.id]);
    on.clock.set(at('12:00'));

    await erasing().execute(admin, { id: ada.accountId, reservations: 'cancel' });

    const left = async ({ id }: { id: string }) => (await on.queries.one(admin, id)).customFields;
    expect([await left(alone), await left(both)]).toEqual([{ costCentre: '4711', setup: 'rows' }, { costCentre: '4711' }]);
  });

  it('keeps an owner', async () => {
    const last = await given.aPerson('admin');
    await db.asOwner(`update account set role = 'user' where org_id = $1 and role = 'admin' and id <> $2`, [
      db.organizationId,
      last.accountId,
    ]);
    await db.asOwner(`update organization set may_erase_oneself = true where id = $1`, [db.organizationId]);

    await expect(erasing().execute(last, { id: last.accountId, reservations: 'cancel' })).rejects.toMatchObject({ code: 'last-owner' });
  });
});
