import { useDatabase } from '@berth/platform/testing';
import { oauthOn, REDIRECT_URI } from '../testing';

const db = useDatabase();
const on = oauthOn(db);
const errorOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing',
    (it: { code: string }) => it.code,
  );
const basic = (id: string, secret: string): string => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
const later = (hours: number) => on.clock.set(new Date(on.clock.now().getTime() + hours * 3_600_000));

describe('The secret of a client', () => {
  it('is kept nowhere, fits it alone, and authenticates in the header or in the form', async () => {
    const admin = await on.aPerson('admin');
    const [client, other] = [await on.aClient(admin), await on.aClient(admin)];
    const authenticate = (authorization: string | undefined, form: Record<string, string> = {}) =>
      on.does.clients.execute(authorization, form);

    expect((await authenticate(basic(client.id, client.secret))).id).toBe(client.id);
    expect((await authenticate(undefined, { client_id: client.id, client_secret: client.secret })).id).toBe(client.id);
    for (const header of [
      basic(client.id, other.secret),
      basic(client.id, ''),
      basic(client.id, client.secret.slice(0, -1)),
      basic('nonsense', client.secret),
      basic('', ''),
      'Basic',
      'Basic %%%',
      `Basic ${Buffer.from('%zz:x').toString('base64')}`,
    ])
      expect([header, await errorOf(authenticate(header))]).toEqual([header, 'invalid_client']);
    expect(await errorOf(authenticate(undefined, { client_id: client.id }))).toBe('invalid_client');
    expect(await errorOf(authenticate(undefined))).toBe('invalid_request');
    expect(await errorOf(authenticate(basic(client.id, client.secret), { client_secret: client.secret }))).toBe('invalid_request');
    expect(await errorOf(authenticate(basic(client.id, client.secret), { client_id: other.id }))).toBe('invalid_request');
    const [rows] = await db.asOwner<{ text: string }>(
      `select (select string_agg(s::text, ' ') from oauth_client_secret s) || coalesce((select string_agg(e::text, ' ') from event e), '')
              || coalesce((select string_agg(i::text, ' ') from idempotency i), '') as text`,
    );
    expect(rows?.text).not.toContain(client.secret);
  });

  it('is one of two while it is replaced, never of three', async () => {
    const admin = await on.aPerson('admin');
    const client = await on.aClient(admin);
    const fits = (secret: string) =>
      on.does.clients.execute(basic(client.id, secret), {}).then(
        () => true,
        () => false,
      );

    const second = await on.does.rotate.execute(admin, client.id, 24);
    expect([await fits(client.secret), await fits(second.secret)]).toEqual([true, true]);
    const third = await on.does.rotate.execute(admin, client.id, 24);
    expect([await fits(client.secret), await fits(second.secret), await fits(third.secret)]).toEqual([false, true, true]);
    later(24);
    expect([await fits(second.secret), await fits(third.secret)]).toEqual([false, true]);
    const last = await on.does.rotate.execute(admin, client.id, 0);
    expect([await fits(third.secret), await fits(last.secret)]).toEqual([false, true]);
    const [kept] = await db.asOwner<{ count: number }>('select count(*)::int from oauth_client_secret where client_id = $1', [client.id]);
    expect(kept?.count).toBe(2);
    await expect(
      db.asOwner(`insert into oauth_client_secret (org_id, client_id, is_current, hash, created_at) values ($1, $2, true, '', now())`, [
        db.organizationId,
        client.id,
      ]),
    ).rejects.toMatchObject({ constraint: 'oauth_client_secret_two_at_most' });
  });

  it('is not there for a public client, which says who it is and nothing more', async () => {
    const admin = await on.aPerson('admin');
    const client = await on.aClient(admin, { type: 'public' });

    expect(client.secret).toBe('');
    expect((await on.does.clients.execute(undefined, { client_id: client.id })).id).toBe(client.id);
    expect(await errorOf(on.does.clients.execute(undefined, { client_id: client.id, client_secret: 'x' }))).toBe('invalid_client');
    expect(await errorOf(on.does.rotate.execute(admin, client.id, 24))).toBe('invalid-state');
  });
});

describe('A client', () => {
  it('is dead with all its tokens when it is revoked, within 5 s in every process', async () => {
    const admin = await on.aPerson('admin');
    const client = await on.aClient(admin);
    const { access_token: token } = await on.does.ask.execute(client, undefined, 'test');
    const elsewhere = on.does.elsewhere();
    expect(await elsewhere.principal(token)).toMatchObject({ client: { id: client.id, grantId: null } });
    expect(await on.does.tokens.principal(token)).toBeDefined();

    await on.does.revoke.execute(admin, client.id, 1);

    expect(await on.does.tokens.principal(token)).toBeUndefined();
    expect(await errorOf(on.does.clients.execute(basic(client.id, client.secret), {}))).toBe('invalid_client');
    on.clock.set(new Date(on.clock.now().getTime() + 4_000));
    expect(await elsewhere.principal(token)).toBeUndefined();
    expect(await errorOf(on.does.revoke.execute(admin, client.id, 1))).toBe('not-found');
  });

  it('loses scopes with its registration, also those of tokens it has', async () => {
    const admin = await on.aPerson('admin');
    const client = await on.aClient(admin);
    const { access_token: token } = await on.does.ask.execute(client, undefined, 'test');

    await on.does.change.execute(admin, { id: client.id, version: 1, patch: { scopes: ['resource:read'] } });

    expect([...((await on.does.tokens.principal(token))?.scopes ?? [])]).toEqual(['resource:read']);
    expect(await errorOf(on.does.change.execute(admin, { id: client.id, version: 1, patch: { name: 'X' } }))).toBe('precondition-failed');
  });

  it('is not changed, nor its secret taken, by somebody who may do less than its owner', async () => {
    const admin = await on.aPerson('admin');
    const client = await on.aClient(admin);
    const helper = await on.aPerson('user');

    expect(await errorOf(on.does.rotate.execute(helper, client.id, 24))).toBe('permission-denied');
    expect(await errorOf(on.does.change.execute(helper, { id: client.id, version: 1, patch: { name: 'Mine' } }))).toBe('permission-denied');
    expect(await errorOf(on.aClient(helper, { scopes: ['resource:manage'] }))).toBe('permission-denied');
    expect((await on.aClient(helper, { scopes: ['resource:read'] })).ownerId).toBe(helper.accountId);
  });

  it.each([
    [{ type: 'public', grantTypes: ['client_credentials'], redirectUris: [] }, '/grantTypes'],
    [{ grantTypes: ['refresh_token'], redirectUris: [] }, '/grantTypes'],
    [{ grantTypes: ['client_credentials', 'refresh_token'], redirectUris: [] }, '/grantTypes'],
    [{ grantTypes: ['authorization_code'], redirectUris: [] }, '/redirectUris'],
    [{ grantTypes: ['client_credentials'], redirectUris: [REDIRECT_URI] }, '/redirectUris'],
    [{ redirectUris: ['javascript:alert(1)'] }, '/redirectUris/0'],
  ] as const)('is not registered as %j', async (given, pointer) => {
    const admin = await on.aPerson('admin');
    await expect(on.aClient(admin, given)).rejects.toMatchObject({
      code: 'validation-failed',
      extensions: { errors: expect.arrayContaining([expect.objectContaining({ pointer })]) },
    });
  });

  it('has a name of its own until it is revoked', async () => {
    const admin = await on.aPerson('admin');
    const { id } = await on.aClient(admin, { name: 'Sync' });
    expect(await errorOf(on.aClient(admin, { name: 'sync' }))).toBe('already-exists');
    await on.does.revoke.execute(admin, id, 1);
    expect((await on.aClient(admin, { name: 'Sync' })).name).toBe('Sync');
  });
});
