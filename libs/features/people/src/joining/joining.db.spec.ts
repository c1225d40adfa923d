import { useDatabase } from '@berth/platform/testing';
import { PASSWORD, peopleOn, tokenIn, tokenOf } from '../testing';

const db = useDatabase();
const people = peopleOn(db);
// What an earlier test left to be sent.
beforeEach(() => people.mails());
const HOUR = 60;

const accountOf = async (username: string) =>
  (
    await db.asOwner<{ email: string; role: string; verified: boolean; password: string }>(
      `select email, role, email_verified_at is not null as verified, password_hash as password from account where username = $1`,
      [username],
    )
  )[0];
const registering = (username: string, more: object = {}) =>
  people.does.register.execute({ username, email: `${username}@new.example`, password: PASSWORD, language: 'en', ...more }, 'test');

describe('Registering', () => {
  beforeAll(() => db.asOwner(`update organization set registration_open = true`));
  beforeAll(() => db.asOwner(`update installation set organization_id = $1`, [db.organizationId]));

  it('makes an account when the address is confirmed, and only then', async () => {
    expect(await registering('grace')).toBeUndefined();
    expect(await accountOf('grace')).toBeUndefined();
    const [mail] = await people.mails();
    expect(mail?.to).toEqual(['grace@new.example']);
    expect(mail?.text).toContain('https://berth.example/account/registration#');

    await people.does.confirmRegistration.execute(tokenIn(mail), 'test');

    expect(await accountOf('grace')).toMatchObject({ email: 'grace@new.example', role: 'user', verified: true });
    expect(await people.does.passwords.matches(PASSWORD, (await accountOf('grace'))?.password)).toBe(true);
  });

  it('confirms once, of many at the same time too, and not after a day', async () => {
    await registering('ada');
    await registering('late');
    const mails = await people.mails();
    const [ada, late] = ['ada', 'late'].map((name) => tokenIn(mails.find((it) => it.to[0] === `${name}@new.example`)));

    const tries = await Promise.allSettled(Array.from({ length: 5 }, () => people.does.confirmRegistration.execute(ada ?? '', 'test')));
    people.clock.forward(24 * HOUR);

    expect(tries.filter((it) => it.status === 'fulfilled')).toHaveLength(1);
    await expect(people.does.confirmRegistration.execute(late ?? '', 'test')).rejects.toMatchObject({ code: 'link-invalid' });
  });

  it('answers the same for a name or an address that is taken, and tells it to the address', async () => {
    const member = await people.aMember({ username: 'taken' });
    await people.mails();

    expect(await registering('other', { email: member.email.toUpperCase(), language: 'de' })).toBeUndefined();
    expect(await registering('TAKEN')).toBeUndefined();

    const mails = await people.mails();
    expect(mails.map((it) => it.to[0]?.toLowerCase()).sort()).toEqual(['taken@acme.example', 'taken@new.example']);
    expect(mails.find((it) => it.headers['content-language'] === 'de')?.text).toContain('Es gibt schon eines');
    expect(mails.find((it) => it.headers['content-language'] === 'en')?.text).toContain('Somebody else has that name');
  });

  it('keeps what will be the account sealed, and nothing of it once the link is over', async () => {
    await registering('sealed');
    const token = tokenIn((await people.mails())[0]);
    const look = () => db.asOwner<{ text: string }>(`select coalesce(string_agg(l::text, ''), '') as text from account_link l`);

    const [secret = ''] = token.split('.').slice(1);
    expect((await look())[0]?.text).not.toMatch(new RegExp(`sealed@|argon2|${secret}`));
    await people.does.confirmRegistration.execute(token, 'test');
    expect(
      await db.asOwner(`select from account_link where used_at is not null and (details_sealed is not null or email is not null)`),
    ).toEqual([]);
  });

  it('refuses what the rules for passwords refuse, and an organization that is closed', async () => {
    await expect(registering('weak', { password: 'Password1234' })).rejects.toMatchObject({
      code: 'password-refused',
      extensions: { errors: [{ pointer: '/password', code: 'password-common' }] },
    });
    await db.asOwner(`update organization set registration_open = false`);
    await expect(registering('closed')).rejects.toMatchObject({ code: 'registration-closed' });
  });
});

describe('An invitation', () => {
  it('lets the invited choose name and password, with the role and address it has', async () => {
    const admin = await people.aMember({ role: 'admin' });
    const sent = await people.does.invite.execute(admin, { email: 'linus@new.example', role: 'guest' });
    expect(sent).toMatchObject({
      email: 'linus@new.example',
      role: 'guest',
      link: null,
      expired: false,
      invitedBy: { id: admin.accountId },
    });
    const [mail] = await people.mails();
    const token = tokenIn(mail);
    expect(mail?.text).toContain(`${admin.displayName} invites you`);

    expect(await people.does.invitations.byToken(token)).toEqual({ organization: 'Acme', email: 'linus@new.example' });
    const weak = { token, username: 'linus', password: 'short' };
    await expect(people.does.accept.execute(weak, 'test')).rejects.toMatchObject({ code: 'password-refused' });
    await people.does.accept.execute({ token, username: 'linus', displayName: 'Linus', password: PASSWORD }, 'test');

    expect(await accountOf('linus')).toMatchObject({ email: 'linus@new.example', role: 'guest', verified: true });
    await expect(people.does.accept.execute({ token, username: 'linus2', password: PASSWORD }, 'test')).rejects.toMatchObject({
      code: 'link-invalid',
    });
    expect((await people.does.invitations.page(admin, { limit: 50 })).data.map((it) => it.id)).not.toContain(sent.id);
  });

  it('can be sent again, which stops the first link, and withdrawn, which stops the second', async () => {
    const admin = await people.aMember({ role: 'admin' });
    const { id } = await people.does.invite.execute(admin, { email: 'ken@new.example', role: 'user' });
    const first = tokenIn((await people.mails())[0]);
    await expect(people.does.invite.execute(admin, { email: 'KEN@new.example', role: 'user' })).rejects.toMatchObject({
      code: 'already-exists',
    });

    people.clock.forward(8 * 24 * HOUR);
    expect(await people.does.invitations.one(admin, id)).toMatchObject({ expired: true });
    expect(await people.does.invite.again(admin, id)).toMatchObject({ expired: false });
    const second = tokenIn((await people.mails())[0]);

    await expect(people.does.invitations.byToken(first)).rejects.toMatchObject({ code: 'link-invalid' });
    await people.does.invitations.byToken(second);
    await people.does.withdraw.execute(admin, id);
    await expect(people.does.invitations.byToken(second)).rejects.toMatchObject({ code: 'link-invalid' });
    await expect(people.does.withdraw.execute(admin, id)).rejects.toMatchObject({ code: 'not-found' });
    await people.does.invite.execute(admin, { email: 'ken@new.example', role: 'user' });
  });

  it('is not for somebody who is here', async () => {
    const [admin, member] = [await people.aMember({ role: 'admin' }), await people.aMember()];

    await expect(people.does.invite.execute(admin, { email: member.email, role: 'user' })).rejects.toMatchObject({
      code: 'already-exists',
      extensions: { errors: [{ pointer: '/email', code: 'taken' }] },
    });
  });

  it.each(['', 'x', 'a.b', `${'0'.repeat(36)}.${'a'.repeat(43)}`, '0197c2f0-0000-7000-8000-000000000000.', `${'a'.repeat(5000)}`])(
    'knows no link %j',
    async (token) => {
      await expect(people.does.invitations.byToken(token)).rejects.toMatchObject({ code: 'link-invalid' });
    },
  );
});

describe('Where no mail leaves', () => {
  const dumb = peopleOn(db, { mail: false });

  it('an invitation is handed over as a link', async () => {
    const admin = await dumb.aMember({ role: 'admin' });

    const { link } = await dumb.does.invite.execute(admin, { email: 'dennis@new.example', role: 'user' });
    await dumb.does.accept.execute({ token: tokenOf(link), username: 'dennis', password: PASSWORD }, 'test');

    expect(link).toMatch(/^https:\/\/berth\.example\/account\/invitation#/);
    expect(await accountOf('dennis')).toMatchObject({ verified: false });
  });

  it('a registration is an account at once', async () => {
    await db.asOwner(`update organization set registration_open = true`);

    const person = await dumb.does.register.execute(
      { username: 'bjarne', email: 'b@new.example', password: PASSWORD, language: 'en' },
      'test',
    );

    expect(person).toMatchObject({ username: 'bjarne', role: 'user' });
    await expect(
      dumb.does.register.execute({ username: 'Bjarne', email: 'c@new.example', password: PASSWORD, language: 'en' }, 'test'),
    ).rejects.toMatchObject({ code: 'already-exists', extensions: { errors: [{ pointer: '/username' }] } });
  });
});
