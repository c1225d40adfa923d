import { closedToStandIns, Problem } from '@berth/contracts';
import { newId } from '@berth/kernel';
import { AccessTokens, type Actor, demand, Sessions, SigningKeys, StandIns } from '@berth/platform/auth';
import { Secrets } from '@berth/platform/runtime';
import { silentOutbox, silentSchedule, useDatabase } from '@berth/platform/testing';
import { peopleOn } from '../testing';
import { PeopleQueries } from '../people.queries';
import { SessionQueries } from '../session.queries';
import { StandIn } from './stand-in';
import { OverStandIns } from './stand-ins.worker';

const WHY = 'Ticket 4711: her bookings are gone';
const MINUTE = 60_000;

describe('Standing in for a person', () => {
  const db = useDatabase();
  const people = peopleOn(db);
  let parts: { tokens: AccessTokens; sessions: Sessions; standIns: StandIns; standIn: StandIn; queries: PeopleQueries; over: OverStandIns };
  beforeAll(() => {
    const { database } = db;
    const [secrets, outbox] = [new Secrets(Buffer.alloc(32, 7)), silentOutbox()];
    const tokens = new AccessTokens(new SigningKeys(database, secrets, people.clock), people.clock);
    const sessions = new Sessions(database, tokens, outbox, secrets, people.clock);
    const standIns = new StandIns(database, tokens, sessions, outbox, people.clock);
    const standIn = new StandIn(database, standIns, people.does.news, people.clock);
    const over = new OverStandIns(database, outbox, people.clock, silentSchedule());
    parts = { tokens, sessions, standIns, standIn, over, queries: new PeopleQueries(database, tokens, people.clock) };
  });
  // What earlier tests left behind is not told in the next.
  beforeEach(() => parts.over.run());
  const outcomeOf = (attempt: Promise<unknown>): Promise<string> =>
    attempt.then(
      () => 'done',
      (error: unknown) => (error instanceof Problem ? `${error.code}: ${error.extensions['permission'] ?? ''}` : String(error)),
    );
  const begin = (by: Actor, person: Actor): Promise<{ sessionId: string; token: string; until: Date }> =>
    parts.standIn.execute(by, person.accountId, WHY);
  const actorOf = async (sessionId: string): Promise<Actor | undefined> => {
    const principal = await parts.sessions.principal(sessionId);
    return principal && { ...principal, requestId: 'test' };
  };
  /** The same a few seconds later, when no process believes any more what was true before. */
  const laterOf = (sessionId: string): Promise<Actor | undefined> => {
    people.clock.forward(5 / 60);
    return actorOf(sessionId);
  };
  const roleOf = async (person: Actor, permissions: string): Promise<string> => {
    const [roleId, id] = [newId(), newId()];
    await db.asOwner(`insert into role (id, org_id, name, permissions, created_at) values ($1, $2, $4, $3::text[], now())`, [
      roleId,
      db.organizationId,
      permissions,
      roleId,
    ]);
    await db.asOwner(`insert into role_assignment (id, org_id, account_id, role_id, created_at) values ($1, $2, $3, $4, now())`, [
      id,
      db.organizationId,
      person.accountId,
      roleId,
    ]);
    return id;
  };
  const events = (type: string, id: string) =>
    db.asOwner<{ actor_id: string | null; on_behalf_of: string | null; via_kind: string | null; via_id: string | null; data: unknown }>(
      `select actor_id, on_behalf_of, via_kind, via_id, data from event where type = $1 and subject_id = $2 order by position`,
      [type, id],
    );

  it('acts with the rights of the person for half an hour, in both names', async () => {
    const [admin, ana] = [await people.aMember({ role: 'admin' }), await people.aMember()];
    await people.mails();

    const { sessionId, token, until } = await begin(admin, ana);

    expect(until.getTime()).toBe(people.clock.now().getTime() + 30 * MINUTE);
    expect(await parts.tokens.verify(token)).toMatchObject({
      ...{ sessionId, accountId: ana.accountId, standInBy: admin.accountId },
      expiresAt: until.getTime() / 1000,
    });
    const actor = (await actorOf(sessionId))!;
    expect(actor).toMatchObject({
      ...{ accountId: ana.accountId, role: 'user', displayName: ana.displayName },
      via: { kind: 'stand-in', id: sessionId, by: admin.accountId },
    });
    await db.database.transaction(actor, (tx) =>
      silentOutbox().append(
        tx,
        { ...actor, onBehalfOf: newId() },
        {
          type: 'ssh_key.added',
          subject: { kind: 'ssh-keys', id: sessionId },
          data: {},
        },
      ),
    );
    expect(await events('ssh_key.added', sessionId)).toMatchObject([
      { actor_id: admin.accountId, on_behalf_of: ana.accountId, via_kind: 'stand-in', via_id: sessionId },
    ]);
    expect(await parts.queries.me(actor)).toMatchObject({
      ...{ id: ana.accountId, standIn: { by: { id: admin.accountId, name: admin.displayName }, reason: WHY } },
    });
  });

  it('tells the person who and why, and the log when it began and ended', async () => {
    const [admin, ana] = [await people.aMember({ role: 'admin' }), await people.aMember()];
    await people.mails();

    const { token, sessionId } = await begin(admin, ana);
    await parts.standIns.stop(token);
    await parts.standIns.stop(token);
    await parts.standIns.stop('nothing');

    const [mail] = await people.mails();
    expect([mail?.to, mail?.headers['subject']]).toEqual([[ana.email], 'Somebody acts as you']);
    expect(mail?.text).toContain(WHY);
    expect(mail?.text).toContain(admin.displayName);
    expect(await events('stand_in.started', ana.accountId)).toMatchObject([
      { actor_id: admin.accountId, data: { after: { reason: WHY } } },
    ]);
    expect(await events('stand_in.ended', ana.accountId)).toMatchObject([
      { actor_id: admin.accountId, on_behalf_of: ana.accountId, data: { after: { reason: WHY, ended: 'stopped' } } },
    ]);
    expect(await actorOf(sessionId)).toBeUndefined();
  });

  it('gives nobody a right they have not, before and meanwhile', async () => {
    const [helper, ana, owner] = [await people.aMember(), await people.aMember(), await people.aMember({ role: 'admin' })];
    expect(await outcomeOf(begin(helper, ana))).toBe('permission-denied: account:stand-in');
    const given = await roleOf(helper, '{account:stand-in}');
    expect(await outcomeOf(begin(helper, owner))).toMatch(/^permission-denied: /);
    const { sessionId } = await begin(helper, ana);
    expect(await actorOf(sessionId)).toBeDefined();

    await roleOf(ana, '{audit:read}');

    expect(await laterOf(sessionId)).toBeUndefined();
    expect(await outcomeOf(begin(helper, ana))).toBe('permission-denied: audit:read');
    const bo = await people.aMember();
    const other = await begin(helper, bo);
    await db.asOwner('delete from role_assignment where id = $1', [given]);
    expect(await laterOf(other.sessionId)).toBeUndefined();
  });

  it('is refused for oneself, for who is not active, by tokens, and by who acts as somebody else', async () => {
    const [admin, ana, gone] = [await people.aMember({ role: 'admin' }), await people.aMember(), await people.aMember()];
    await db.asOwner(`update account set status = 'suspended' where id = $1`, [gone.accountId]);

    expect(await outcomeOf(begin(admin, admin))).toBe('permission-denied: account:stand-in');
    expect(await outcomeOf(begin(admin, gone))).toMatch(/^not-found/);
    expect(await outcomeOf(begin(admin, { ...ana, accountId: newId() }))).toMatch(/^not-found/);
    for (const kind of ['token', 'client'] as const)
      expect(await outcomeOf(begin({ ...admin, via: { kind, id: newId() } }, ana))).toBe('permission-denied: account:stand-in');
    const actor = (await actorOf((await begin(admin, ana)).sessionId))!;
    expect(await outcomeOf(begin(actor, gone))).toBe('permission-denied: account:stand-in');
  });

  it('asks for the second factor that the role asks for', async () => {
    const [admin, ana] = [await people.aMember({ role: 'admin' }), await people.aMember()];
    await db.asOwner(`update organization set second_factor_roles = '{admin}'`);

    expect(await outcomeOf(begin(admin, ana))).toBe('permission-denied: account:stand-in');

    await db.asOwner(`update organization set second_factor_roles = '{}'`);
  });

  it('closes what makes a way in, gives rights or goes on afterwards', async () => {
    const [admin, other] = [await people.aMember({ role: 'admin' }), await people.aMember({ role: 'admin' })];

    const actor = (await actorOf((await begin(admin, other)).sessionId))!;

    const closed = [...closedToStandIns];
    expect(closed).toEqual(expect.arrayContaining(['account:secure', 'account:stand-in', 'client:manage', 'role:assign', 'user:manage']));
    for (const permission of closed) expect(() => demand(actor, permission)).toThrow(Problem);
    expect(() => demand(actor, 'resource:manage')).not.toThrow();
    expect((await parts.queries.me(actor)).permissions.filter((it) => closedToStandIns.has(it as never))).toEqual([]);
  });

  it.each([
    [
      'the person is suspended',
      (_: Actor, person: Actor) => db.asOwner(`update account set status = 'suspended' where id = $1`, [person.accountId]),
    ],
    ['who stands in is suspended', (by: Actor) => db.asOwner(`update account set status = 'suspended' where id = $1`, [by.accountId])],
    ['who stands in signs out', (by: Actor) => parts.sessions.end(by.sessionId, 'signed-out')],
  ])('ends within five seconds when %s, and says so once', async (_, happens) => {
    const [admin, ana] = [await people.aMember({ role: 'admin' }), await people.aMember()];
    const { sessionId } = await begin(admin, ana);
    expect(await actorOf(sessionId)).toBeDefined();

    await happens(admin, ana);

    expect(await laterOf(sessionId)).toBeUndefined();
    expect(await parts.over.run()).toBe(1);
    expect(await parts.over.run()).toBe(0);
    expect(await events('stand_in.ended', ana.accountId)).toMatchObject([{ actor_id: null, data: { after: { ended: 'withdrawn' } } }]);
  });

  it('is over after half an hour, whatever happens', async () => {
    const [admin, ana] = [await people.aMember({ role: 'admin' }), await people.aMember()];
    const { sessionId, token } = await begin(admin, ana);
    expect(await parts.over.run()).toBe(0);

    people.clock.forward(30);

    expect(await actorOf(sessionId)).toBeUndefined();
    await expect(parts.tokens.verify(token)).rejects.toMatchObject({ code: 'invalid-token' });
    expect(await parts.over.run()).toBeGreaterThanOrEqual(1);
    expect(await events('stand_in.ended', ana.accountId)).toMatchObject([{ actor_id: null, data: { after: { ended: 'expired' } } }]);
  });

  it('signs out oneself, not the person, and is none of the person’s own sign-ins', async () => {
    const [admin, ana] = [await people.aMember({ role: 'admin' }), await people.aMember()];
    const { sessionId } = await begin(admin, ana);
    const own = new SessionQueries(db.database, people.clock);
    expect((await own.own(ana)).map((it) => it.id)).toEqual([ana.sessionId]);
    expect((await parts.queries.one(admin, ana.accountId)).sessions).toHaveLength(1);

    await parts.sessions.end(sessionId, 'signed-out');

    const ended = await db.asOwner<{ id: string }>('select id from session where revoked_at is not null and id = any($1::uuid[])', [
      [admin.sessionId, ana.sessionId, sessionId],
    ]);
    expect(ended).toEqual([{ id: admin.sessionId }]);
    expect(await laterOf(sessionId)).toBeUndefined();
  });

  it('goes on as one at a time', async () => {
    const [admin, ana, bo] = [await people.aMember({ role: 'admin' }), await people.aMember(), await people.aMember()];
    const first = await begin(admin, ana);

    const both = await Promise.allSettled([begin(admin, bo), begin(admin, bo)]);

    expect(both.map((it) => it.status)).toEqual(['fulfilled', 'fulfilled']);
    expect(await actorOf(first.sessionId)).toBeUndefined();
    const living = await db.asOwner('select from session where stood_in_by = $1 and revoked_at is null', [admin.accountId]);
    expect(living).toHaveLength(1);
    expect(await events('stand_in.ended', ana.accountId)).toMatchObject([{ data: { after: { ended: 'replaced' } } }]);
  });
});
