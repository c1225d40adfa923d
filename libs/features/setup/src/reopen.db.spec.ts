import { newId } from '@berth/kernel';
import { PASSWORD, peopleOn } from '@berth/people/testing';
import { silentOutbox, useDatabase } from '@berth/platform/testing';
import { randomBytes } from 'node:crypto';
import { Reopen } from './reopen';
import { Reopening } from './reopening';

const db = useDatabase();
const people = peopleOn(db);

const aToken = () => randomBytes(30).toString('base64url');
/** One of several processes, started with a token or without. */
const startedWith = (setupReopenToken: string | undefined) => new Reopening(db.database, { setupReopenToken }, people.clock);
const reopening = () => startedWith(undefined);
const reopen = () => new Reopen(db.database, reopening(), people.does.passwords, people.does.news, silentOutbox(), people.clock);
const somebody = (username = `rescue-${newId()}`) => ({
  username,
  email: `${username}@acme.example`,
  displayName: 'Rescue',
  password: PASSWORD,
});
const from = (address: string) => ({ requestId: 'test', address });
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'taken',
    (error: { code: string }) => error.code,
  );

let network = 0;
/** Where nobody has guessed yet. */
const elsewhere = () => `198.51.${++network}.7`;

beforeAll(() => db.asOwner(`update installation set organization_id = $1, set_up_at = now()`, [db.organizationId]));
beforeEach(() => db.asOwner(`update setup_reopening set used_at = now() where used_at is null`));

describe('SETUP-02 the token for reopening', () => {
  it('lets an administrator be added once, who signs in as everybody does, and every other is told', async () => {
    const owner = await people.aMember({ role: 'admin' });
    const token = aToken();
    expect(await startedWith(token).announce()).toEqual(new Date(people.clock.now().getTime() + 30 * 60_000));
    const wanted = somebody();

    const added = await reopen().execute({ token, admin: wanted }, from(elsewhere()));

    expect(added.username).toBe(wanted.username);
    const { tokens } = await people.does.signIn.execute({ username: wanted.username, password: PASSWORD }, from('203.0.113.9'));
    expect(tokens.access_token).toBeTruthy();
    expect(await db.asOwner(`select role, org_id from account where id = $1`, [added.id])).toEqual([
      { role: 'admin', org_id: db.organizationId },
    ]);
    const written = await db.asOwner(`select actor_id, data from event where type = 'user.created' and subject_id = $1`, [added.id]);
    expect(written).toEqual([{ actor_id: null, data: expect.objectContaining({ after: { role: 'admin', by: 'setup-reopened' } }) }]);
    const told = (await people.mails()).filter((it) => it.text.includes('Rescue')).flatMap((it) => it.to);
    expect(told).toContain(owner.email);
    expect(told).not.toContain(wanted.email);

    expect(await codeOf(reopen().execute({ token, admin: somebody() }, from(elsewhere())))).toBe('setup-done');
    expect(await startedWith(token).announce()).toBeUndefined();
  });

  it('is used once by many that come at once, over all processes', async () => {
    const token = aToken();
    await Promise.all([startedWith(token).announce(), startedWith(token).announce()]);

    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () => codeOf(reopen().execute({ token, admin: somebody() }, from(elsewhere())))),
    );

    expect(outcomes.filter((it) => it === 'taken')).toHaveLength(1);
  });

  it('is over half an hour after the first start with it, whatever starts again', async () => {
    const token = aToken();
    await startedWith(token).announce();
    people.clock.forward(20);
    await startedWith(token).announce();
    expect(await codeOf(reopening().demand(token, elsewhere()))).toBe('taken');
    people.clock.forward(11);

    expect(await codeOf(reopening().demand(token, elsewhere()))).toBe('setup-done');
    expect(await startedWith(token).announce()).toBeUndefined();
  });

  it('stays good where a name was taken', async () => {
    const { username } = await people.aMember();
    const token = aToken();
    await startedWith(token).announce();

    expect(await codeOf(reopen().execute({ token, admin: somebody(username) }, from(elsewhere())))).toBe('already-exists');
    expect(await codeOf(reopen().execute({ token, admin: somebody() }, from(elsewhere())))).toBe('taken');
  });

  const good = aToken();
  it.each([
    ['nothing', ''],
    ['a space', ' '],
    ['the header twice', `${good}, ${good}`],
    ['a part of it', good.slice(0, -1)],
    ['more than it', `${good}x`],
    ['other capitals', swapped(good)],
    ['spaces around it', ` ${good} `],
    ['a zero byte after it', `${good}\0`],
    ['the like in Unicode', good.replace(/[A-Za-z]/g, (it) => String.fromCodePoint(it.charCodeAt(0) + 0xfee0))],
    ['a word that is no token', 'undefined'],
    ['another', 'null'],
    ['a list', '[object Object]'],
    ['its length in other letters', 'x'.repeat(good.length)],
    ['very much', 'x'.repeat(100_000)],
  ])('is not %s', async (_what, token) => {
    await startedWith(good).announce();
    await db.asOwner(`update setup_reopening set used_at = null`);

    expect(await codeOf(reopening().demand(token, elsewhere()))).toBe('setup-token-invalid');
  });

  it.each([undefined, ''])('is nothing at all where the setting is %j', async (setting) => {
    expect(await startedWith(setting).announce()).toBeUndefined();
    for (const token of ['', 'undefined', aToken()]) expect(await codeOf(reopening().demand(token, elsewhere()))).toBe('setup-done');
  });

  it('is looked at five times an hour for a network that guesses, also of many at once, and for others meanwhile', async () => {
    const token = aToken();
    await startedWith(token).announce();
    const guesser = elsewhere();

    const outcomes = await Promise.all(Array.from({ length: 20 }, () => codeOf(reopening().demand(aToken(), guesser))));

    expect(outcomes.filter((it) => it === 'setup-token-invalid')).toHaveLength(5);
    expect(outcomes.filter((it) => it === 'too-many-attempts')).toHaveLength(15);
    expect(await codeOf(reopening().demand(token, guesser))).toBe('too-many-attempts');
    expect(await codeOf(reopening().demand(token, elsewhere()))).toBe('taken');
    people.clock.forward(61);
    await db.asOwner(`update setup_reopening set expires_at = expires_at + interval '2 hours' where used_at is null`);
    expect(await codeOf(reopening().demand(token, guesser))).toBe('taken');
  });

  it('opens nothing before the set-up', async () => {
    await db.asOwner(`update installation set organization_id = null, set_up_at = null`);
    const token = aToken();
    const until = await startedWith(token).announce();
    await db.asOwner(`update installation set organization_id = $1, set_up_at = now()`, [db.organizationId]);

    expect(until).toBeUndefined();
    expect(await codeOf(reopening().demand(token, elsewhere()))).toBe('setup-done');
  });
});

function swapped(text: string): string {
  return [...text].map((it) => (it === it.toLowerCase() ? it.toUpperCase() : it.toLowerCase())).join('');
}
