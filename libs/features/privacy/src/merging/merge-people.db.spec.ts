import { newId } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { useDatabase } from '@berth/platform/testing';
import { at, from, reservationsGiven } from '@berth/reservations/testing';
import { mergesOn } from './testing';

const db = useDatabase();
const given = reservationsGiven(db);
const merges = mergesOn(db);
const { on, people } = merges;

const insert = (text: string, ...values: unknown[]) => db.asOwner(text, [db.organizationId, ...values]);
const wish = (resource: { id: string }, start: string, end: string, more: object = {}) => ({
  ...{ resourceIds: [resource.id], quantity: 1, title: 'Talk', ...from(start).to(end) },
  ...more,
});
const leaves = async (...conditions: [string, string][]): Promise<number[]> =>
  Promise.all(
    conditions.map(async ([table, condition]) =>
      Number((await db.asOwner<{ n: string }>(`select count(*) as n from ${table} where ${condition}`))[0]!.n),
    ),
  );
const eventsOf = (type: string) =>
  db.asOwner<{ subject_id: string; actor_id: string; data: Record<string, unknown> }>(
    `select subject_id, actor_id, data from event where type = $1 and org_id = $2 order by position`,
    [type, db.organizationId],
  );
const accountOf = async (id: string) => (await db.asOwner<Record<string, unknown>>(`select * from account where id = $1`, [id]))[0]!;
/** Columns that still say the account, wherever there is one. */
async function stillSays(id: string): Promise<string[]> {
  const columns = await db.asOwner<{ table: string; column: string }>(`
    select table_name as table, column_name as column from information_schema.columns
    where table_schema = 'public' and data_type = 'uuid' and table_name not in ('event', 'event_redaction')
      and table_name in (select tablename from pg_tables where schemaname = 'public')`);
  const found: string[] = [];
  for (const { table, column } of columns)
    if ((await db.asOwner(`select 1 from ${table} where ${column} = $1 limit 1`, [id])).length > 0) found.push(`${table}.${column}`);
  return found.filter((it) => !['account.id', 'mail.account_id'].includes(it));
}

describe('Merging two accounts of one person', () => {
  beforeEach(() => on.clock.set(at('08:00')));
  const three = async (): Promise<[Actor, Actor, Actor]> => [await given.aPerson('admin'), await given.aPerson(), await given.aPerson()];
  const merge = (by: Actor, gone: Actor, stays: Actor, more: object = {}) =>
    merges.merging.execute(by, { id: gone.accountId, into: stays.accountId, ...more });

  it('puts what was booked under the account that stays, over or ahead, and tells what is ahead', async () => {
    const [admin, gone, stays] = await three();
    const room = await given.aResource();
    const past = await on.book.execute(gone, wish(room, '08:00', '09:00'));
    const ahead = await on.book.execute(gone, wish(room, '15:00', '16:00'));
    const forOther = await on.book.execute(
      { ...admin, accountId: gone.accountId },
      wish(room, '16:00', '17:00', { onBehalfOf: stays.accountId }),
    );
    on.clock.set(at('12:00'));

    const done = await merge(admin, gone, stays);

    expect(done).toMatchObject({ into: { id: stays.accountId }, role: { before: 'user', after: 'user' }, moves: { reservations: 2 } });
    for (const it of [past, ahead]) {
      expect(await on.queries.one(stays, it.id)).toMatchObject({
        title: 'Talk',
        organizer: { id: stays.accountId },
        version: it.version + 1,
      });
    }
    expect(await on.queries.one(stays, forOther.id)).toMatchObject({ organizer: { id: stays.accountId }, bookedBy: null });
    const told = (await eventsOf('reservation.transferred')).filter((it) => [past.id, ahead.id, forOther.id].includes(it.subject_id));
    expect(told.map((it) => [it.subject_id, it.data['reason'], it.data['organizerId']])).toEqual([[ahead.id, 'merged', stays.accountId]]);
    expect(await stillSays(gone.accountId)).toEqual([]);
  });

  it('says before what it will do, and then does just that', async () => {
    const [admin, gone, stays] = await three();
    const [room, own] = [await given.aResource(), await given.aResource()];
    await on.book.execute(gone, wish(room, '15:00', '16:00'));
    await given.anAssignment({ resource: own, person: gone });
    for (const [person, name] of [
      [gone, 'Mine'],
      [gone, 'Other'],
      [stays, 'MINE'],
    ] as const)
      await insert(
        `insert into saved_search (id, org_id, account_id, name, query, created_at, updated_at) values ($2, $1, $3, $4, '{}', now(), now())`,
        newId(),
        person.accountId,
        name,
      );
    for (const person of [gone, stays])
      await insert(
        `insert into favourite (org_id, account_id, resource_id, created_at) values ($1, $2, $3, now())`,
        person.accountId,
        room.id,
      );
    await insert(
      `insert into session (id, org_id, account_id, token_hash, created_at, expires_at) values ($2, $1, $3, 'x', now(), now() + interval '1 day')`,
      newId(),
      gone.accountId,
    );

    const preview = await merges.merging.tryOut(admin, { id: gone.accountId, into: stays.accountId });
    expect(preview).toMatchObject({
      moves: { reservations: 1, assignments: 1, savedSearches: 1, favourites: 0 },
      same: { savedSearches: 1, favourites: 1 },
      ends: { sessions: 1 },
    });
    expect(await accountOf(gone.accountId)).toMatchObject({ status: 'active', merged_into: null });

    expect(await merge(admin, gone, stays)).toEqual(preview);
    expect(await leaves(['saved_search', `account_id = '${stays.accountId}'`], ['favourite', `account_id = '${stays.accountId}'`])).toEqual(
      [2, 1],
    );
    expect(await on.assignments.queries.of(stays, own.id)).toMatchObject({ mine: true });
    expect((await eventsOf('resource.assigned')).at(-1)).toMatchObject({ subject_id: own.id, actor_id: admin.accountId });
  });

  it('leaves nobody behind who could sign in, and nothing personal, and leads on', async () => {
    const admin = await given.aPerson('admin');
    const [gone, stays] = [await people.aMember({ username: `canary${newId().slice(-8)}` }), await people.aMember()];
    await insert(
      `insert into passkey (id, org_id, account_id, name, credential_id, public_key, rp_id, counter, backed_up, created_at) values ($2, $1, $3, 'canary key', $4, 'x', 'x', 0, false, now())`,
      newId(),
      gone.accountId,
      Buffer.from(newId()),
    );
    await people.mails();

    await merge(admin, gone, stays, { reason: 'Came in twice' });

    expect(await accountOf(gone.accountId)).toMatchObject({
      ...{ display_name: '–', password_hash: null, status: 'suspended', merged_into: stays.accountId },
      email: `erased-${gone.accountId}@erased.invalid`,
    });
    expect(
      await leaves(
        ...(['session', 'passkey', 'api_token'] as const).map((it): [string, string] => [it, `account_id = '${gone.accountId}'`]),
      ),
    ).toEqual([0, 0, 0]);
    const letters = await people.mails();
    expect(letters.flatMap((it) => it.to).sort()).toEqual([gone.email, stays.email].sort());
    expect(letters.every((it) => it.text.includes('Came in twice') && it.text.includes(gone.username))).toBe(true);
    const log = await db.asOwner<{ text: string }>(`select string_agg(data::text, ' ') as text from event where org_id = $1`, [
      db.organizationId,
    ]);
    expect(log[0]!.text).not.toContain(gone.username);
    expect((await eventsOf('user.merged')).at(-1)).toMatchObject({
      subject_id: stays.accountId,
      data: { after: { from: gone.accountId, reason: 'Came in twice' } },
    });
    await db.database.system.sql`select sequence_events(10000)`;
    expect(
      await db.asOwner(`select broken_at from follow_chain($1, 0, sha256(''), 100000) where broken_at is not null`, [db.organizationId]),
    ).toEqual([]);
    expect(
      await people.does.signIn.execute({ username: gone.username, password: 'correct horse battery' } as never, {} as never).then(
        () => 'in',
        (error: { code: string }) => error.code,
      ),
    ).toBe('invalid-credentials');
  });

  it('gives the account that stays what opens and allows the other, once', async () => {
    const [admin, gone, stays] = await three();
    const [p1, p2, site] = [newId(), newId(), await given.aSite()];
    for (const id of [p1, p2])
      await insert(
        `insert into identity_provider (id, org_id, key, name, issuer, client_id, scopes, admits, new_role, claims, position, configured_by, created_at) values ($2, $1, $3, 'P', 'https://id.example', 'x', '{}', 'linked', 'user', '{}', 1, $4, now())`,
        id,
        `p${id.slice(-12)}`,
        gone.accountId,
      );
    for (const [person, provider] of [
      [gone, p1],
      [gone, p2],
      [stays, p2],
    ] as const)
      await insert(
        `insert into linked_identity (id, org_id, account_id, provider_id, subject, label, created_at) values ($2, $1, $3, $4, $5, 'x', now())`,
        newId(),
        person.accountId,
        provider,
        `${person.accountId}@${provider}`,
      );
    for (const [person, starts, ends] of [
      [gone, '2026-01-01', '2026-12-31'],
      [stays, '2026-06-01', null],
    ] as const)
      await insert(
        `insert into role_assignment (id, org_id, account_id, built_in, site_id, starts_at, ends_at, created_at) values ($2, $1, $3, 'site-manager', $4, $5, $6, now())`,
        newId(),
        person.accountId,
        site.id,
        starts,
        ends,
      );
    const [both, alone] = [newId(), newId()];
    for (const id of [both, alone])
      await insert(`insert into people_group (id, org_id, name, kind, created_at) values ($2, $1, $3, 'static', now())`, id, id);
    for (const [person, group, may] of [
      [gone, both, true],
      [gone, alone, false],
      [stays, both, false],
    ] as const)
      await insert(
        `insert into group_member (org_id, group_id, account_id, may_add_members, created_at) values ($1, $2, $3, $4, now())`,
        group,
        person.accountId,
        may,
      );

    const done = await merge(admin, gone, stays);

    expect(done).toMatchObject({ moves: { linkedIdentities: 1, groups: 1, roles: 0 }, same: { linkedIdentities: 1, groups: 1, roles: 1 } });
    const linked = await db.asOwner<{ subject: string }>(
      `select subject from linked_identity where account_id = $1 order by provider_id = $2`,
      [stays.accountId, p2],
    );
    expect(linked.map((it) => it.subject)).toEqual([`${gone.accountId}@${p1}`, `${stays.accountId}@${p2}`]);
    expect(await db.asOwner(`select starts_at, ends_at from role_assignment where account_id = $1`, [stays.accountId])).toMatchObject([
      { starts_at: new Date('2026-01-01T00:00:00Z'), ends_at: null },
    ]);
    expect(
      await db.asOwner(`select may_add_members from group_member where account_id = $1 order by group_id = $2`, [stays.accountId, both]),
    ).toEqual([{ may_add_members: false }, { may_add_members: true }]);
    expect(await stillSays(gone.accountId)).toEqual([]);
  });

  it('goes on with what was to be decided: of two answers the one that says most, and nobody hands on to themselves', async () => {
    const [admin, gone, stays] = await three();
    const approval = { mode: 'required', deadline: 'P2D', approvers: [{ kind: 'user', id: gone.accountId }] };
    const room = await given.aResource({ policy: { approval } as never });
    const other = await given.aPerson();
    const booked = await on.book.execute(other, wish(room, '15:00', '16:00'));
    const [{ id: request }] = (await db.asOwner<{ id: string }>(`select id from approval_request where reservation_id = $1`, [
      booked.id,
    ])) as [{ id: string }];
    // The one handed it on to the other, who is the same person.
    await insert(
      `insert into approval_approver (org_id, request_id, step, account_id, answer, answered_at) values ($1, $2, 1, $3, 'delegate', now())`,
      request,
      stays.accountId,
    );
    await db.asOwner(`update approval_approver set delegated_by = $2 where request_id = $1 and account_id = $3`, [
      request,
      stays.accountId,
      gone.accountId,
    ]);

    await merge(admin, gone, stays);

    expect(await db.asOwner(`select account_id, answer, delegated_by from approval_approver where request_id = $1`, [request])).toEqual([
      { account_id: stays.accountId, answer: null, delegated_by: null },
    ]);
    expect(await db.asOwner(`select policy #>> '{approval,approvers,0,id}' as id from resource where id = $1`, [room.id])).toEqual([
      { id: stays.accountId },
    ]);
  });

  it('asks the account that stays from then on where the other was to be asked, whatever is remembered', async () => {
    const [admin, gone, stays] = await three();
    const approval = { mode: 'required', deadline: 'P2D', approvers: [{ kind: 'user', id: gone.accountId }] };
    const policyIs = (policy: object) =>
      db.asOwner(`update organization set policy = policy - 'approval' || $2, epoch = epoch + 1 where id = $1`, [
        db.organizationId,
        policy,
      ]);
    const [room, other] = [await given.aResource(), await given.aPerson()];
    const approversOf = async ({ id }: { id: string }) =>
      db.asOwner(
        `select p.account_id as id from approval_approver p join approval_request q on q.id = p.request_id where q.reservation_id = $1`,
        [id],
      );
    await policyIs({ approval });
    expect(await approversOf(await on.book.execute(other, wish(room, '15:00', '16:00')))).toEqual([{ id: gone.accountId }]);

    await merge(admin, gone, stays);
    const booked = await on.book.execute(other, wish(room, '17:00', '18:00'));
    await policyIs({});

    expect(await approversOf(booked)).toEqual([{ id: stays.accountId }]);
  });

  it('waits once for what both wait for, under the one that has an offer', async () => {
    const [admin, gone, stays] = await three();
    const room = await given.aResource();
    const hold = await on.hold.execute(gone, wish(room, '15:00', '16:00') as never);
    const entry = (person: Actor, status: string, holdId: string | null) =>
      insert(
        `insert into waitlist_entry (id, org_id, account_id, resource_id, starts_at, ends_at, time_zone, status, hold_id, offer_until, created_at, updated_at)
         values ($2, $1, $3, $4, $5, $6, 'UTC', $7, $8, case when $8::uuid is not null then $6::timestamptz end, now(), now())`,
        ...[newId(), person.accountId, room.id, at('15:00'), at('16:00'), status, holdId],
      );
    await entry(gone, 'offered', hold.id);
    await entry(stays, 'waiting', null);

    await merge(admin, gone, stays);

    expect(await db.asOwner(`select status, hold_id from waitlist_entry where account_id = $1 order by status`, [stays.accountId])).toEqual(
      [
        { status: 'left', hold_id: null },
        { status: 'offered', hold_id: hold.id },
      ],
    );
    expect(await db.asOwner(`select organizer_id, status from reservation where id = $1`, [hold.id])).toEqual([
      { organizer_id: stays.accountId, status: 'held' },
    ]);
  });

  it('takes over the higher role, so that an organization keeps its owner, and the narrower circle that reads the name', async () => {
    const [admin, gone, stays] = await three();
    await db.asOwner(
      `update account set role = 'admin', name_shown_to = 'nobody', preferences = '{"language": "fr", "weekStart": 7}' where id = $1`,
      [gone.accountId],
    );
    await db.asOwner(`update account set preferences = '{"language": "de"}' where id = $1`, [stays.accountId]);

    expect(await merge(admin, gone, stays)).toMatchObject({ role: { before: 'user', after: 'admin' } });

    expect(await accountOf(stays.accountId)).toMatchObject({
      role: 'admin',
      name_shown_to: 'nobody',
      preferences: { language: 'de', weekStart: 7 },
    });
  });

  it('refuses what the caller may not grant, their own account, and accounts that cannot stay or go', async () => {
    const [admin, gone, stays] = await three();
    const code = (attempt: Promise<unknown>) =>
      attempt.then(
        () => 'done',
        (error: { code: string }) => error.code,
      );
    const suspended = await given.aPerson();
    await db.asOwner(`update account set status = 'suspended' where id = $1`, [suspended.accountId]);
    const stranger = { ...gone, accountId: newId() };

    expect([
      ...[await code(merge(gone, admin, stays)), await code(merge(gone, stays, admin))],
      ...[await code(merge(admin, admin, stays)), await code(merge(admin, gone, admin))],
      ...[await code(merge(admin, stranger, stays)), await code(merge(admin, gone, stranger)), await code(merge(admin, gone, gone))],
      ...[await code(merge(admin, gone, suspended)), await code(merge(admin, suspended, stays))],
    ]).toEqual([
      ...['permission-denied', 'permission-denied', 'permission-denied', 'permission-denied'],
      ...['not-found', 'invalid-reference', 'invalid-reference', 'invalid-reference', 'account-suspended'],
    ]);
    expect(await accountOf(gone.accountId)).toMatchObject({ status: 'active', merged_into: null });
    expect(await merges.merging.tryOut(admin, { id: suspended.accountId, into: stays.accountId })).toMatchObject({ wasSuspended: true });
    expect(await code(merge(admin, suspended, stays, { evenSuspended: true }))).toBe('done');
    expect(await code(merge(admin, suspended, stays, { evenSuspended: true }))).toBe('not-found');
  });

  it('refuses whoever looks after people and has less than one of the two in some place', async () => {
    const [admin, gone, stays] = await three();
    const [role, site] = [newId(), await given.aSite()];
    await insert(
      `insert into role (id, org_id, name, permissions, created_at) values ($2, $1, $3, '{user:manage,reservation:manage,profile:manage,account:secure,resource:read}', now())`,
      role,
      role,
    );
    const helper = { ...(await given.aPerson()), accountId: (await given.aPerson()).accountId };
    await insert(
      `insert into role_assignment (id, org_id, account_id, role_id, created_at) values ($2, $1, $3, $4, now())`,
      newId(),
      helper.accountId,
      role,
    );
    await insert(
      `insert into role_assignment (id, org_id, account_id, built_in, site_id, created_at) values ($2, $1, $3, 'site-manager', $4, now())`,
      newId(),
      gone.accountId,
      site.id,
    );

    for (const pair of [
      [gone, stays],
      [stays, gone],
    ] as const)
      await expect(merge(helper, ...pair)).rejects.toMatchObject({ code: 'permission-denied', extensions: { scope: `site:${site.id}` } });
    await expect(merge(admin, gone, stays)).resolves.toMatchObject({ moves: { roles: 1 } });
  });

  it('leads from an account that was merged twice to the one that is left', async () => {
    const [admin, first, second] = await three();
    const third = await given.aPerson();

    await merge(admin, first, second);
    await merge(admin, second, third);

    expect([(await accountOf(first.accountId))['merged_into'], (await accountOf(second.accountId))['merged_into']]).toEqual([
      third.accountId,
      third.accountId,
    ]);
  });
});
