import { Problem } from '@berth/contracts';
import { newId } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { useDatabase } from '@berth/platform/testing';
import { Secret, TOTP } from 'otpauth';
import { SoftAuthenticator } from '../passkeys/soft-authenticator';
import { PASSWORD, peopleOn } from '../testing';

describe('Looking after other people’s second factor', () => {
  const db = useDatabase();
  const people = peopleOn(db);
  const device = { requestId: 'test', browser: {} };
  const outcomeOf = (attempt: Promise<unknown>): Promise<string> =>
    attempt.then(
      () => 'done',
      (error: unknown) => (error instanceof Problem ? error.code : String(error)),
    );
  const withApp = async (person: Actor): Promise<void> => {
    const { secret } = await people.does.enrol.begin(person, PASSWORD);
    await people.does.enrol.confirm(
      person,
      new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: people.clock.now().getTime() }),
    );
  };
  const withPasskey = async (person: Actor): Promise<void> => {
    const options = await people.does.addPasskey.begin(person, PASSWORD);
    await people.does.addPasskey.finish(person, 'Laptop', new SoftAuthenticator('https://berth.example').create(options));
  };
  const passwordOf = (username: string): Promise<string> => outcomeOf(people.does.signIn.execute({ username, password: PASSWORD }, device));
  const roleOf = async (person: Actor, roleId: string): Promise<void> => {
    await db.asOwner(`insert into role_assignment (id, org_id, account_id, role_id, created_at) values ($1, $2, $3, $4, now())`, [
      newId(),
      db.organizationId,
      person.accountId,
      roleId,
    ]);
  };

  it('takes app, passkeys and codes away, ends every session, and tells the person why', async () => {
    const [admin, person] = [await people.aMember({ role: 'admin' }), await people.aMember()];
    await withApp(person);
    await withPasskey(person);
    await people.mails();
    expect(await passwordOf(person.username)).toBe('second-factor-required');

    await people.does.resetSecondFactor.execute(admin, person.accountId, 'Lost the phone on a train');

    expect(await people.does.secondFactorSeen.own(person)).toMatchObject({ enabledAt: null, passkeys: 0, recoveryCodesLeft: 0 });
    expect(await db.asOwner('select from session where account_id = $1 and revoked_at is null', [person.accountId])).toEqual([]);
    expect(await passwordOf(person.username)).toBe('done');
    const [event] = await db.asOwner<{ data: unknown; actor_id: string }>(
      `select data, actor_id from event where type = 'second_factor.reset' and subject_id = $1`,
      [person.accountId],
    );
    expect(event).toMatchObject({ actor_id: admin.accountId, data: { after: { reason: 'Lost the phone on a train' } } });
    const [mail] = await people.mails();
    expect([mail?.to, mail?.headers['subject']]).toEqual([[person.email], 'Your second factor was removed']);
    expect(mail?.text).toContain('Lost the phone on a train');
    expect(await outcomeOf(people.does.resetSecondFactor.execute(admin, person.accountId, 'again'))).toBe('not-found');
  });

  it('is refused about oneself, and about somebody who may do more', async () => {
    const [admin, owner] = [await people.aMember({ role: 'admin' }), await people.aMember({ role: 'admin' })];
    await withPasskey(owner);
    const helper = await people.aMember();
    const roleId = newId();
    await db.asOwner(
      `insert into role (id, org_id, name, permissions, created_at) values ($1, $2, 'Help desk', '{user:manage,user:read}', now())`,
      [roleId, db.organizationId],
    );
    await roleOf(helper, roleId);

    expect(await outcomeOf(people.does.resetSecondFactor.execute(owner, owner.accountId, 'x'))).toBe('permission-denied');
    expect(await outcomeOf(people.does.resetSecondFactor.execute(helper, owner.accountId, 'x'))).toBe('permission-denied');
    expect(await outcomeOf(people.does.resetSecondFactor.execute(admin, newId(), 'x'))).toBe('not-found');
    expect(await outcomeOf(people.does.resetSecondFactor.execute(admin, owner.accountId, 'x'))).toBe('done');
  });

  it('counts who has none, by role, whichever way they have the role', async () => {
    const admin = await people.aMember({ role: 'admin' });
    const before = await people.does.standing.ofOrganization(admin);
    const roleId = newId();
    await db.asOwner(`insert into role (id, org_id, name, permissions, created_at) values ($1, $2, 'Lab', '{}', now())`, [
      roleId,
      db.organizationId,
    ]);
    const [one, two] = [await people.aMember({ role: 'guest' }), await people.aMember({ role: 'guest' })];
    const suspended = await people.aMember({ role: 'guest' });
    await db.asOwner(`update account set status = 'suspended' where id = $1`, [suspended.accountId]);
    for (const it of [one, two]) await roleOf(it, roleId);
    await withPasskey(one);

    const after = await people.does.standing.ofOrganization(admin);

    expect(after).toMatchObject({ people: before.people + 2, without: before.without + 1 });
    expect(after.roles).toContainEqual({ roleId: 'guest', people: 2, without: 1 });
    expect(after.roles).toContainEqual({ roleId, people: 2, without: 1 });
  });

  it('is asked only of roles there are', async () => {
    const admin = await people.aMember({ role: 'admin' });

    const { version } = await people.does.requireOfRoles.current(admin);
    const ask = (roles: string[], of: number) => outcomeOf(people.does.requireOfRoles.execute(admin, roles, of));

    expect(await ask(['admin', 'nobody'], version)).toBe('invalid-reference');
    expect(await ask(['admin', 'approver'], version)).toBe('done');
    expect(await ask([], version)).toBe('precondition-failed');
    expect(await people.does.requireOfRoles.current(admin)).toEqual({ roles: ['admin', 'approver'], version: version + 1 });
    expect(await ask([], version + 1)).toBe('done');
  });
});
