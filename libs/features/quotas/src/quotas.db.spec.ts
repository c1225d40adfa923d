import { newId } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { SetClock, silentOutbox, useDatabase } from '@berth/platform/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { AddTier } from './add-tier';
import { ChangeTier } from './change-tier';
import { DeleteTier } from './delete-tier';
import { GiveTier } from './give-tier';
import { QuotasQueries } from './quotas.queries';

const db = useDatabase();
const outbox = silentOutbox();
const clock = new SetClock(new Date());
const on = {
  add: (by: Actor, tier: { name: string; perMinute: number; perDay?: number }) => new AddTier(db.database, outbox).execute(by, tier),
  change: (by: Actor, id: string, version: number, patch: object) =>
    new ChangeTier(db.database, outbox).execute(by, { id, version, patch }),
  delete: (by: Actor, id: string, version = 1) => new DeleteTier(db.database, outbox).execute(by, id, version),
  give: (by: Actor, accountId: string, tierId: string | null, version = 1) =>
    new GiveTier(db.database, outbox).execute(by, { accountId, version, tierId }),
  get read() {
    return new QuotasQueries(db.database, clock);
  },
};

async function aPerson(displayName = 'Ana'): Promise<Actor> {
  const accountId = newId();
  await db.asOwner(
    `insert into account (id, org_id, username, email, display_name, role, created_at)
     values ($1::uuid, $2, $1::text, $1::text || '@example.org', $3, 'admin', now())`,
    [accountId, db.organizationId, displayName],
  );
  return {
    organizationId: db.organizationId,
    accountId,
    requestId: newId(),
    sessionId: newId(),
    displayName,
    role: 'admin',
    grants: [],
    groupIds: [],
  };
}

/** So many requests at once, as a process takes them. */
const sends = (person: Actor, count: number) =>
  db.asOwner<{ granted: number }>('select granted from take_requests($1, $2, $3)', [person.organizationId, person.accountId, count]);

const DAY_MS = 86_400_000;
const LONG_ENOUGH_MS = 20_000;

/** What was used is of a day of UTC, by the clock of the database: no test begins just before it ends. */
beforeEach(async () => {
  const left = DAY_MS - (Date.now() % DAY_MS);
  if (left < LONG_ENOUGH_MS) await sleep(left + 100);
});

describe('A tier', () => {
  it('is there from the beginning for everybody, and stays', async () => {
    const ana = await aPerson();
    const { tiers } = await on.read.config(ana);

    expect(tiers[0]).toMatchObject({ name: 'standard', perMinute: 6000, perDay: null, isDefault: true, people: 0 });
    await expect(on.delete(ana, tiers[0]!.id)).rejects.toMatchObject({ code: 'invalid-state' });
    expect(await on.read.own(ana)).toMatchObject({ tier: 'standard', perMinute: 6000, usedToday: 0 });
  });

  it('is given to a person, counts at once, and is the default again when it is deleted', async () => {
    const [ana, robot] = [await aPerson(), await aPerson('Robot')];
    const slow = await on.add(ana, { name: 'Slow', perMinute: 10, perDay: 15 });

    await on.give(ana, robot.accountId, slow.id);
    await expect(on.give(ana, robot.accountId, null)).rejects.toMatchObject({
      code: 'precondition-failed',
      extensions: { current: { tierId: slow.id, version: 2 } },
    });

    expect(await sends(robot, 100)).toEqual([{ granted: 10 }]);
    expect(await on.read.own(robot)).toMatchObject({ tier: 'Slow', perMinute: 10, perDay: 15, usedToday: 10 });
    const [first] = (await on.read.people(ana, { limit: 1 })).data;
    expect(first).toMatchObject({ displayName: 'Robot', tierId: slow.id, usedToday: 10, version: 2 });

    await on.delete(ana, slow.id);
    expect(await on.read.own(robot)).toMatchObject({ tier: 'standard', perDay: null });
    expect((await on.read.config(ana)).tiers.map((it) => it.name)).not.toContain('Slow');
  });

  it('has a name of its own and is changed on what was read', async () => {
    const ana = await aPerson();
    const fast = await on.add(ana, { name: 'Fast', perMinute: 5000 });

    await expect(on.add(ana, { name: 'Fast', perMinute: 100 })).rejects.toMatchObject({ code: 'already-exists' });
    const changed = await on.change(ana, fast.id, 1, { perDay: 100_000 });
    expect(changed).toMatchObject({ name: 'Fast', perMinute: 5000, perDay: 100_000, version: 2 });
    await expect(on.change(ana, fast.id, 1, { perMinute: 10 })).rejects.toMatchObject({
      code: 'precondition-failed',
      extensions: { current: changed },
    });
    await expect(on.delete(ana, fast.id)).rejects.toMatchObject({ code: 'precondition-failed', extensions: { current: changed } });
    await expect(on.change(ana, newId(), 1, {})).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is one there is, and is given to people there are', async () => {
    const ana = await aPerson();

    await expect(on.give(ana, ana.accountId, newId())).rejects.toMatchObject({ code: 'invalid-reference' });
    await expect(on.give(ana, newId(), null)).rejects.toMatchObject({ code: 'not-found' });
    await expect(
      db.asOwner(`insert into request_tier (org_id, name, per_minute) values ($1, 'None', 0)`, [db.organizationId]),
    ).rejects.toMatchObject({ constraint: 'request_tier_per_minute_range' });
  });
});

describe('People by what they sent', () => {
  it('are listed page by page, each once', async () => {
    const people = [];
    for (let n = 0; n < 5; n++) people.push(await aPerson(`Person ${n}`));
    for (const [n, person] of people.entries()) await sends(person, n < 2 ? 3 : n);

    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await on.read.people(people[0]!, { limit: 2, cursor });
      seen.push(...page.data.map((it) => it.accountId));
      cursor = page.page.nextCursor ?? undefined;
    } while (cursor);

    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(people.map((it) => it.accountId)));
  });
});
