import { useDatabase } from '@berth/platform/testing';
import { PASSWORD, peopleOn, tokenIn, tokenOf } from '../testing';

const db = useDatabase();
const people = peopleOn(db);
// What an earlier test left to be sent.
beforeEach(() => people.mails());
const NEW = 'a quite different passphrase';

const passwordOf = async (id: string): Promise<string> =>
  (await db.asOwner<{ password_hash: string }>('select password_hash from account where id = $1', [id]))[0]?.password_hash ?? '';
const livingSessions = async (id: string): Promise<string[]> =>
  (await db.asOwner<{ id: string }>('select id from session where account_id = $1 and revoked_at is null', [id])).map((it) => it.id);
const isPasswordOf = async (id: string, password: string): Promise<boolean> =>
  people.does.passwords.matches(password, await passwordOf(id));

describe('A forgotten password', () => {
  it('is replaced by the link, once, within half an hour; every session ends', async () => {
    const ada = await people.aMember({ language: 'es' });
    await people.does.forget.execute(ada.email.toUpperCase(), 'test');
    const [mail] = await people.mails();
    expect(mail).toMatchObject({ to: [ada.email], headers: { 'content-language': 'es' } });
    const token = tokenIn(mail);

    await expect(people.does.reset.execute(token, ada.username, 'test')).rejects.toMatchObject({ code: 'password-refused' });
    people.clock.forward(29);
    await people.does.reset.execute(token, NEW, 'test');

    expect([await isPasswordOf(ada.accountId, NEW), await livingSessions(ada.accountId)]).toEqual([true, []]);
    await expect(people.does.reset.execute(token, PASSWORD, 'test')).rejects.toMatchObject({ code: 'link-invalid' });
    expect((await people.mails()).map((it) => it.text)).toEqual([expect.stringContaining(`${ada.username}`)]);
  });

  it('is answered the same for nobody, and nobody is written to', async () => {
    const suspended = await people.aMember();
    await db.asOwner(`update account set status = 'suspended' where id = $1`, [suspended.accountId]);

    for (const login of ['nobody@acme.example', 'nobody', "' or 1=1 --", suspended.email])
      expect(await people.does.forget.execute(login, 'test')).toBeUndefined();

    expect(await db.asOwner(`select from password_request`)).toHaveLength(4);
    expect(await people.mails()).toEqual([]);
    expect(await db.asOwner(`select from password_request`)).toEqual([]);
  });

  it('is not good after half an hour, after a newer link, or after the password was changed', async () => {
    const ada = await people.aMember();
    const ask = async (): Promise<string> => {
      await people.does.forget.execute(ada.username, 'test');
      return tokenIn((await people.mails())[0]);
    };
    const first = await ask();
    people.clock.forward(2);
    const second = await ask();
    await expect(people.does.reset.execute(first, NEW, 'test')).rejects.toMatchObject({ code: 'link-invalid' });
    people.clock.forward(30);
    await expect(people.does.reset.execute(second, NEW, 'test')).rejects.toMatchObject({ code: 'link-invalid' });

    const third = await ask();
    await people.does.changePassword.execute(ada, { current: PASSWORD, password: NEW });
    await expect(people.does.reset.execute(third, PASSWORD, 'test')).rejects.toMatchObject({ code: 'link-invalid' });
  });

  it('brings one letter a minute, however often it is asked for', async () => {
    const ada = await people.aMember();

    for (let i = 0; i < 5; i++) await people.does.forget.execute(ada.username, 'test');

    expect(await people.mails()).toHaveLength(1);
  });

  it('is set once by many who have the link at the same time', async () => {
    const ada = await people.aMember();
    await people.does.forget.execute(ada.username, 'test');
    const token = tokenIn((await people.mails())[0]);

    const tries = await Promise.allSettled(['one', 'two', 'three'].map((it) => people.does.reset.execute(token, `${NEW} ${it}`, 'test')));

    expect(tries.filter((it) => it.status === 'fulfilled')).toHaveLength(1);
  });

  it('can be helped with by an administrator, who sees the link only where no mail leaves', async () => {
    const [admin, ada] = [await people.aMember({ role: 'admin' }), await people.aMember()];

    expect(await people.does.givePasswordLink.execute(admin, ada.accountId)).toEqual({ state: 'mailed', link: null });
    await people.does.reset.execute(tokenIn((await people.mails())[0]), NEW, 'test');

    expect(await isPasswordOf(ada.accountId, NEW)).toBe(true);
  });
});

describe('One’s own password', () => {
  it('is changed by who knows the present one; only the session it was changed in goes on', async () => {
    const ada = await people.aMember();
    await db.asOwner(
      `insert into session (id, org_id, account_id, token_hash, created_at, expires_at) values (gen_random_uuid(), $1, $2, 'y', now(), now() + interval '1 day')`,
      [db.organizationId, ada.accountId],
    );

    await expect(people.does.changePassword.execute(ada, { current: 'wrong', password: NEW })).rejects.toMatchObject({
      code: 'password-wrong',
      extensions: { errors: [{ pointer: '/current' }] },
    });
    await people.does.changePassword.execute(ada, { current: PASSWORD, password: NEW });

    expect(await isPasswordOf(ada.accountId, NEW)).toBe(true);
    expect(await livingSessions(ada.accountId)).toEqual([ada.sessionId]);
    expect(await people.mails()).toHaveLength(1);
  });

  it('keeps one of two changes at once', async () => {
    const ada = await people.aMember();

    const tries = await Promise.allSettled(
      ['one', 'two'].map((it) => people.does.changePassword.execute(ada, { current: PASSWORD, password: `${NEW} ${it}` })),
    );

    expect(tries.filter((it) => it.status === 'fulfilled')).toHaveLength(1);
  });

  it('has to keep the rules the organization chose', async () => {
    const [admin, ada] = [await people.aMember({ role: 'admin' }), await people.aMember()];
    const change = (password: string) => people.does.changePassword.execute(ada, { current: PASSWORD, password });

    const [organization] = await db.asOwner<{ version: number }>('select version from organization where id = $1', [db.organizationId]);
    const asked = await people.does.passwordRules.execute(admin, 'composition', organization!.version);
    await expect(change('no capitals and no digits')).rejects.toMatchObject({
      extensions: { errors: [{ code: 'password-needs-upper' }, { code: 'password-needs-digit' }] },
    });
    await expect(people.does.passwordRules.execute(admin, 'standard', organization!.version)).rejects.toMatchObject({
      code: 'precondition-failed',
      extensions: { current: asked },
    });
    await people.does.passwordRules.execute(admin, 'standard', asked.version);
    await change('no capitals and no digits');
  });
});

describe('Another e-mail address', () => {
  const emailOf = async (id: string): Promise<string> =>
    (await db.asOwner<{ email: string }>('select email from account where id = $1', [id]))[0]?.email ?? '';

  it('is taken when whoever reads it says so; the old one is told', async () => {
    const ada = await people.aMember();
    await expect(people.does.changeEmail.execute(ada, { email: 'ada@new.example', password: 'wrong' })).rejects.toMatchObject({
      code: 'password-wrong',
    });
    expect(await people.does.changeEmail.execute(ada, { email: 'ada@new.example', password: PASSWORD })).toEqual({ state: 'mailed' });
    const [mail] = await people.mails();
    expect([mail?.to, await emailOf(ada.accountId)]).toEqual([['ada@new.example'], ada.email]);

    await people.does.confirmEmail.execute(tokenIn(mail), 'test');

    expect(await emailOf(ada.accountId)).toBe('ada@new.example');
    expect((await people.mails()).map((it) => it.to)).toEqual([[ada.email]]);
    await expect(people.does.confirmEmail.execute(tokenIn(mail), 'test')).rejects.toMatchObject({ code: 'link-invalid' });
  });

  it('stays where it is when somebody else has it by then', async () => {
    const [ada, grace] = [await people.aMember(), await people.aMember()];
    await people.does.changeEmail.execute(ada, { email: grace.email, password: PASSWORD });
    const token = tokenIn((await people.mails())[0]);

    await expect(people.does.confirmEmail.execute(token, 'test')).rejects.toMatchObject({ code: 'already-exists' });
    expect(await emailOf(ada.accountId)).toBe(ada.email);
  });
});

describe('Passwords where no mail leaves', () => {
  const dumb = peopleOn(db, { mail: false });

  it('are set by a link an administrator hands over; who forgot one is told so, whoever they are', async () => {
    const [admin, ada] = [await dumb.aMember({ role: 'admin' }), await dumb.aMember()];
    for (const login of [ada.username, 'nobody'])
      await expect(dumb.does.forget.execute(login, 'test')).rejects.toMatchObject({ code: 'mail-not-set-up' });

    const given = await dumb.does.givePasswordLink.execute(admin, ada.accountId);
    await dumb.does.reset.execute(tokenOf(given.link), NEW, 'test');

    expect(given.state).toBe('hand-over');
    expect(await isPasswordOf(ada.accountId, NEW)).toBe(true);
  });
});
