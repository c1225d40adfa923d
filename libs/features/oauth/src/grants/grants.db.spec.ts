import type { Actor } from '@berth/platform/auth';
import { useDatabase } from '@berth/platform/testing';
import { oauthOn } from '../testing';

const db = useDatabase();
const on = oauthOn(db);
const BELIEF_MS = 4_000;

/** What of a person's rights a token lets through; undefined for a token that is refused. */
const scopesOf = async (token: string): Promise<string[] | undefined> => {
  const principal = await on.does.tokens.principal(token);
  return principal && [...(principal.scopes ?? [])].sort();
};
const suspend = (person: Actor) => db.asOwner(`update account set status = 'suspended' where id = $1`, [person.accountId]);
const errorOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing',
    (it: { code: string }) => it.code,
  );

describe('An authorization code', () => {
  it('gives tokens that mean what was allowed and the person holds', async () => {
    const [admin, ana] = [await on.aPerson('admin'), await on.aPerson('user')];
    const client = await on.aClient(admin);

    const given = await on.does.exchange.execute(client, await on.aCode(ana, client, ['resource:read', 'resource:manage']));

    expect(given).toMatchObject({ token_type: 'Bearer', expires_in: 900, scope: 'resource:read' });
    expect(await on.does.tokens.principal(given.access_token)).toMatchObject({
      accountId: ana.accountId,
      client: { id: client.id, grantId: expect.any(String) },
    });
    expect(await scopesOf(given.access_token)).toEqual(['resource:read']);
  });

  it('is worth nothing with another verifier, redirect URI or client, and a minute later', async () => {
    const [admin, ana] = [await on.aPerson('admin'), await on.aPerson('user')];
    const [client, other] = [await on.aClient(admin), await on.aClient(admin)];
    const good = await on.aCode(ana, client);

    for (const wrong of [
      { verifier: 'x'.repeat(43) },
      { verifier: '' },
      { redirectUri: `${good.redirectUri}/` },
      { redirectUri: `${good.redirectUri}?` },
      { code: `${good.code}x` },
    ])
      expect([wrong, await errorOf(on.does.exchange.execute(client, { ...good, ...wrong }))]).toEqual([wrong, 'invalid_grant']);
    expect(await errorOf(on.does.exchange.execute(other, good))).toBe('invalid_grant');
    on.clock.set(new Date(on.clock.now().getTime() + 60_000));
    expect(await errorOf(on.does.exchange.execute(client, good))).toBe('invalid_grant');
  });

  it('gives one set of tokens to two that come at once, and shown again kills what it gave', async () => {
    const [admin, ana] = [await on.aPerson('admin'), await on.aPerson('user')];
    const client = await on.aClient(admin);
    const good = await on.aCode(ana, client);

    const once = await on.does.exchange.execute(client, good);
    expect(await scopesOf(once.access_token)).toEqual(['reservation:create', 'resource:read']);
    expect(await errorOf(on.does.exchange.execute(client, good))).toBe('invalid_grant');
    expect(await scopesOf(once.access_token)).toBeUndefined();
    expect(
      await errorOf(on.does.refresh.execute(client, { refreshToken: once.refresh_token ?? '', scope: undefined, requestId: 'test' })),
    ).toBe('invalid_grant');

    const raced = await on.aCode(ana, client);
    const answers = await Promise.allSettled(Array.from({ length: 10 }, () => on.does.exchange.execute(client, raced)));
    expect(answers.filter((it) => it.status === 'fulfilled')).toHaveLength(1);
    const events = await db.asOwner(`select actor_id from event where type = 'oauth_grant.reuse_detected' and data ->> 'clientId' = $1`, [
      client.id,
    ]);
    expect(events).toEqual([{ actor_id: ana.accountId }, { actor_id: ana.accountId }]);
  });
});

describe('A refresh token', () => {
  const granted = async (scopes?: Parameters<typeof on.aCode>[2]) => {
    const [admin, ana] = [await on.aPerson('admin'), await on.aPerson('user')];
    const client = await on.aClient(admin);
    const given = await on.does.exchange.execute(client, await on.aCode(ana, client, scopes));
    return { ana, admin, client, token: given.refresh_token ?? '', access: given.access_token };
  };
  const refresh = (client: Parameters<typeof on.does.refresh.execute>[0], refreshToken: string, scope?: string) =>
    on.does.refresh.execute(client, { refreshToken, scope, requestId: 'test' });

  it('is another after each use, and one that is shown late ends all', async () => {
    const { client, token } = await granted();

    const second = await refresh(client, token);
    const third = await refresh(client, second.refresh_token ?? '');
    expect(new Set([token, second.refresh_token, third.refresh_token]).size).toBe(3);
    expect(await errorOf(refresh(client, token))).toBe('invalid_grant');
    expect(await errorOf(refresh(client, third.refresh_token ?? ''))).toBe('invalid_grant');
    for (const it of [second, third]) expect(await scopesOf(it.access_token)).toBeUndefined();
  });

  it('has one successor for many that race, for ten seconds', async () => {
    const { client, token } = await granted();

    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(client, token)));
    expect(new Set(answers.map((it) => it.refresh_token)).size).toBe(1);
    on.clock.set(new Date(on.clock.now().getTime() + 10_000));
    expect(await errorOf(refresh(client, token))).toBe('invalid_grant');
    expect(await errorOf(refresh(client, answers[0]?.refresh_token ?? ''))).toBe('invalid_grant');
  });

  it('gives fewer scopes when asked to, never more', async () => {
    const { client, token } = await granted(['reservation:create', 'resource:read']);

    expect(await errorOf(refresh(client, token, 'resource:read resource:manage'))).toBe('invalid_scope');
    expect((await refresh(client, token, 'resource:read')).scope).toBe('resource:read');
  });

  it('is of its client alone, and does no harm in the hands of another', async () => {
    const { admin, client, token } = await granted();
    const other = await on.aClient(admin);

    expect(await errorOf(refresh(other, token))).toBe('invalid_grant');
    expect(await errorOf(refresh(client, 'berth_ort_x'))).toBe('invalid_grant');
    expect((await refresh(client, token)).scope).toBe('reservation:create resource:read');
  });

  it('runs out after 30 days without use', async () => {
    const { client, token } = await granted();
    on.clock.set(new Date(on.clock.now().getTime() + 30 * 86_400_000));
    expect(await errorOf(refresh(client, token))).toBe('invalid_grant');
  });

  it('is dead with its access tokens within 5 s when the person is suspended, in every process', async () => {
    const { ana, client, token, access } = await granted();
    const elsewhere = on.does.elsewhere();
    expect(await elsewhere.principal(access)).toBeDefined();

    await suspend(ana);

    expect(await errorOf(refresh(client, token))).toBe('invalid_grant');
    on.clock.set(new Date(on.clock.now().getTime() + BELIEF_MS));
    expect(await elsewhere.principal(access)).toBeUndefined();
    expect(await on.does.ofClient.look(client, access)).toEqual({ active: false });
  });

  it('is taken back by the person who allowed it, and by nobody else', async () => {
    const { ana, client, token, access } = await granted();
    const [grant] = await on.does.grants.own(ana);
    const stranger = await on.aPerson('admin');

    expect(grant).toMatchObject({ client: { name: client.name }, scopes: ['reservation:create', 'resource:read'] });
    expect(await errorOf(on.does.takeBack.execute(stranger, grant?.id ?? ''))).toBe('not-found');
    await on.does.takeBack.execute(ana, grant?.id ?? '');
    expect(await scopesOf(access)).toBeUndefined();
    expect(await errorOf(refresh(client, token))).toBe('invalid_grant');
    expect(await on.does.grants.own(ana)).toEqual([]);
  });

  it('is looked at and ended by its client alone', async () => {
    const { ana, admin, client, token, access } = await granted();
    const other = await on.aClient(admin);

    expect(await on.does.ofClient.look(client, access)).toMatchObject({
      active: true,
      sub: ana.accountId,
      client_id: client.id,
      token_type: 'Bearer',
    });
    expect(await on.does.ofClient.look(client, token)).toMatchObject({ active: true, token_type: 'refresh_token' });
    for (const text of [access, token, 'nonsense', 'berth_oat_nonsense'])
      expect(await on.does.ofClient.look(other, text)).toEqual({ active: false });

    await on.does.ofClient.end(other, token, 'test');
    await on.does.ofClient.end(other, access, 'test');
    expect(await scopesOf(access)).toBeDefined();
    await on.does.ofClient.end(client, token, 'test');
    expect(await scopesOf(access)).toBeUndefined();
    expect(await on.does.ofClient.look(client, token)).toEqual({ active: false });
  });
});

describe('A client that asks by itself', () => {
  it('has what it asks for, is registered for and its owner holds, and nothing of its owner’s person', async () => {
    const admin = await on.aPerson('admin');
    const client = await on.aClient(admin, { scopes: ['profile:manage', 'resource:manage', 'resource:read'] });
    const ask = (scope?: string) => on.does.ask.execute(client, scope, 'test');

    expect((await ask()).scope).toBe('resource:manage resource:read');
    expect((await ask('resource:read user:manage nonsense')).scope).toBe('resource:read');
    for (const scope of ['user:manage', 'profile:manage', 'account:secure', 'nonsense'])
      expect([scope, await errorOf(ask(scope))]).toEqual([scope, 'invalid_scope']);

    const { access_token: before } = await ask();
    await db.asOwner(
      `insert into account (id, org_id, username, email, display_name, role, created_at)
      select gen_random_uuid(), org_id, 'spare', 'spare@acme.example', 'Spare', 'admin', now() from account where id = $1`,
      [admin.accountId],
    );
    await db.asOwner(`update account set role = 'user' where id = $1`, [admin.accountId]);
    expect((await ask()).scope).toBe('resource:read');
    expect(await on.does.elsewhere().principal(before)).toMatchObject({ role: 'user' });
    await suspend(admin);
    expect(await errorOf(ask())).toBe('invalid_grant');
    expect(await on.does.elsewhere().principal(before)).toBeUndefined();
  });
});

describe('A device', () => {
  const waiting = async () => {
    const [admin, ana] = [await on.aPerson('admin'), await on.aPerson('user')];
    const client = await on.aClient(admin, { type: 'public' });
    const device = await on.does.askForDevice.execute(client, 'resource:read resource:manage', 'https://berth.example');
    const poll = () => on.does.exchangeDevice.execute(client, device.device_code, 'test');
    const later = (seconds: number) => on.clock.set(new Date(on.clock.now().getTime() + seconds * 1000));
    return { ana, admin, client, device, poll, later };
  };

  it('waits until somebody types its code in, is told when it asks too often, and has its tokens once', async () => {
    const { ana, client, device, poll, later } = await waiting();
    expect(device).toMatchObject({
      user_code: expect.stringMatching(/^[B-Z]{4}-[B-Z]{4}$/),
      verification_uri: 'https://berth.example/device',
      interval: 5,
    });

    expect(await errorOf(poll())).toBe('authorization_pending');
    expect(await errorOf(poll())).toBe('slow_down');
    later(9);
    expect(await errorOf(poll())).toBe('slow_down');
    later(15);
    expect(await errorOf(poll())).toBe('authorization_pending');
    const typed = ` ${device.user_code.toLowerCase().replace('-', ' ')} `;
    expect(await on.does.devices.look(ana, typed)).toEqual({
      client: { name: client.name, type: 'public' },
      scopes: ['resource:read'],
      person: { id: ana.accountId, displayName: ana.displayName },
    });
    await on.does.devices.answer(ana, typed, true);

    const given = await poll();
    expect(given).toMatchObject({ scope: 'resource:read', refresh_token: expect.stringMatching(/^berth_ort_/) });
    expect(await scopesOf(given.access_token)).toEqual(['resource:read']);
    expect(await errorOf(on.does.devices.answer(ana, typed, true))).toBe('not-found');
    expect(await errorOf(poll())).toBe('invalid_grant');
    expect(await scopesOf(given.access_token)).toBeUndefined();
  });

  it('is told no, and that its time is over', async () => {
    const refused = await waiting();
    await on.does.devices.answer(refused.ana, refused.device.user_code, false);
    expect(await errorOf(refused.poll())).toBe('access_denied');

    const late = await waiting();
    late.later(600);
    expect(await errorOf(late.poll())).toBe('expired_token');
    expect(await errorOf(on.does.devices.look(late.ana, late.device.user_code))).toBe('not-found');
  });

  it('has a code that cannot be guessed: five wrong ones a quarter of an hour, whatever right ones come between', async () => {
    const { ana, device, later } = await waiting();

    for (let n = 0; n < 5; n++) {
      await on.does.devices.look(ana, device.user_code);
      expect(await errorOf(on.does.devices.look(ana, 'BBBB-BBBB'))).toBe('not-found');
    }
    expect(await errorOf(on.does.devices.look(ana, device.user_code))).toBe('too-many-attempts');
    expect(await errorOf(on.does.devices.answer(ana, device.user_code, true))).toBe('too-many-attempts');
    later(15 * 60);
    expect(await errorOf(on.does.devices.look(ana, device.user_code))).toBe('not-found');
  });

  it('is no device of a person of another organization, or of another client', async () => {
    const { admin, ana, device } = await waiting();
    const other = await on.aClient(admin, { type: 'public' });
    await db.asOwner(
      `insert into organization (id, name, time_zone, created_at) values ('11111111-0000-7000-8000-000000000000', 'Other', 'UTC', now())`,
    );

    expect(await errorOf(on.does.devices.look({ ...ana, organizationId: '11111111-0000-7000-8000-000000000000' }, device.user_code))).toBe(
      'not-found',
    );
    expect(await errorOf(on.does.exchangeDevice.execute(other, device.device_code, 'test'))).toBe('invalid_grant');
  });
});
