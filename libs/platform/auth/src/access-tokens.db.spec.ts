import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { newId } from '@berth/kernel';
import { type Config, Secrets } from '@berth/platform/runtime';
import { SetClock, silentOutbox, silentSchedule, useDatabase } from '@berth/platform/testing';
import { createHmac, createSign, generateKeyPairSync, type KeyObject, randomBytes, sign as signBytes } from 'node:crypto';
import pino from 'pino';
import { AccessTokens } from './access-tokens';
import { ApiTokens } from './api-tokens';
import { AuthGuard } from './auth.guard';
import { AllowanceStore } from './rates/allowance.store';
import { Allowances } from './rates/allowances';
import { QuotaAlerts } from './rates/quota-alerts';
import { SessionCookies } from './cookies';
import { Requires } from './requires';
import { Sessions } from './sessions';
import { SigningKeys } from './signing-keys';
import { TokenUse } from './token-use';

class Door {
  @Requires('profile:manage')
  enter(): void {
    return;
  }
}

type Json = Readonly<Record<string, unknown>>;
interface Mint {
  readonly head: Json;
  readonly claims: Json;
  /** Signed by Berth's own key, so that only the claim is wrong. */
  sign(head: unknown, claims: unknown): Promise<string>;
  /** Signed by a key of the attacker's. */
  forge(head: unknown, claims: unknown, how?: (text: string) => Buffer): string;
  readonly good: string;
  readonly publicJwk: Json;
}

const attacker = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ed = generateKeyPairSync('ed25519');
const encode = (value: unknown): string => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const es256 =
  (key: KeyObject) =>
  (text: string): Buffer =>
    createSign('sha256').update(text).sign({ key, dsaEncoding: 'ieee-p1363' });
const hmac = (key: Buffer | string) => (text: string) => createHmac('sha256', key).update(text).digest();
const without = (from: Json, name: string): Json => Object.fromEntries(Object.entries(from).filter(([key]) => key !== name));

/** What is presented, by what is wrong with it. Each is refused with the same answer. */
const corpus: Readonly<Record<string, (mint: Mint) => string | Promise<string>>> = {
  nothing: () => '',
  'a word': () => 'x',
  'two dots': () => '..',
  'two parts': ({ good }) => good.split('.').slice(0, 2).join('.'),
  'an empty signature': ({ good }) => `${good.split('.').slice(0, 2).join('.')}.`,
  'an empty header': ({ good }) => `.${good.split('.').slice(1).join('.')}`,
  'an empty payload': ({ good }) => `${good.split('.')[0]}..${good.split('.')[2]}`,
  'four parts': ({ good }) => `${good}.x`,
  'five parts, as encrypted tokens have': ({ good }) => `${good}.x.y`,
  'an encrypted token that inflates': () =>
    `${encode({ alg: 'dir', enc: 'A256GCM', zip: 'DEF' })}..${'A'.repeat(16)}.${'A'.repeat(3000)}.${'A'.repeat(22)}`,
  'six parts': ({ good }) => `${good}.x.y.z`,
  'a token in base64 once more': ({ good }) => Buffer.from(good).toString('base64'),
  padding: ({ good }) => `${good}=`,
  'a character that is not base64url': ({ good }) => `${good.slice(0, -1)}+`,
  'more than 4 KiB': ({ good }) => `${good}${'a'.repeat(5000)}`,
  'more than 4 KiB, signed by us': ({ sign, head, claims }) => sign(head, { ...claims, more: 'x'.repeat(4000) }),
  'the beginning of a token for programs': () => 'berth_pat_',
  'a token for programs nobody made': () => `berth_pat_${randomBytes(32).toString('base64url')}`,
  'two tokens': ({ good }) => `${good},${good}`,
  quotes: ({ good }) => `"${good}"`,
  'letters that are not ASCII': ({ good }) => `${good}é`,
  'a header that is no JSON': ({ good }) => `${encode('{')}.${good.split('.').slice(1).join('.')}`,
  'a header that is a list': ({ forge, claims }) => forge([], claims),
  'a payload that is a list': ({ sign, head }) => sign(head, []),
  'a payload that is null': ({ sign, head }) => sign(head, null),
  'a payload that is a text': ({ sign, head }) => sign(head, '"x"'),
  'a payload that is no UTF-8': ({ good }) =>
    `${good.split('.')[0]}.${Buffer.from([0xff, 0xfe]).toString('base64url')}.${good.split('.')[2]}`,
  'alg none': ({ head, claims }) => `${encode({ ...head, alg: 'none' })}.${encode(claims)}.`,
  'alg None': ({ head, claims }) => `${encode({ ...head, alg: 'None' })}.${encode(claims)}.`,
  'alg none with a signature': ({ forge, head, claims }) => forge({ ...head, alg: 'none' }, claims),
  'alg HS256 with our public key as the secret': ({ forge, head, claims, publicJwk }) =>
    forge({ ...head, alg: 'HS256' }, claims, hmac(JSON.stringify(publicJwk))),
  'alg HS256 with the coordinates of our public key as the secret': ({ forge, head, claims, publicJwk }) =>
    forge({ ...head, alg: 'HS256' }, claims, hmac(Buffer.from(String(publicJwk['x']), 'base64url'))),
  'alg HS256 with no secret': ({ forge, head, claims }) => forge({ ...head, alg: 'HS256' }, claims, hmac('')),
  'alg RS256': ({ forge, head, claims }) =>
    forge({ ...head, alg: 'RS256' }, claims, (text) => createSign('sha256').update(text).sign(rsa.privateKey)),
  'alg EdDSA': ({ forge, head, claims }) =>
    forge({ ...head, alg: 'EdDSA' }, claims, (text) => signBytes(null, Buffer.from(text), ed.privateKey)),
  'alg ES384': ({ forge, head, claims }) => forge({ ...head, alg: 'ES384' }, claims),
  'alg in lower case': ({ sign, head, claims }) => sign({ ...head, alg: 'es256' }, claims),
  'alg as a list': ({ sign, head, claims }) => sign({ ...head, alg: ['ES256'] }, claims),
  'no alg': ({ sign, head, claims }) => sign(without(head, 'alg'), claims),
  'two algs': ({ forge, head, claims }) => forge(JSON.stringify(head).replace('{', '{"alg":"none",'), claims),
  'a key of somebody else': ({ forge, head, claims }) => forge(head, claims),
  'a key it brings along': ({ forge, head, claims }) => forge({ ...head, jwk: attacker.publicKey.export({ format: 'jwk' }) }, claims),
  'a key it brings along, without a key id': ({ forge, head, claims }) =>
    forge({ ...without(head, 'kid'), jwk: attacker.publicKey.export({ format: 'jwk' }) }, claims),
  'the address of its key': ({ forge, head, claims }) => forge({ ...head, jku: 'https://evil.example/jwks.json' }, claims),
  'the address of its certificate': ({ forge, head, claims }) => forge({ ...head, x5u: 'https://evil.example/cert.pem' }, claims),
  'no key id': ({ sign, head, claims }) => sign(without(head, 'kid'), claims),
  'an unknown key id': ({ sign, head, claims }) => sign({ ...head, kid: 'other' }, claims),
  'a key id that is a path': ({ sign, head, claims }) => sign({ ...head, kid: '../../../../dev/null' }, claims),
  'a key id that is SQL': ({ sign, head, claims }) => sign({ ...head, kid: `' union select '' --` }, claims),
  'a key id that is every object’s': ({ sign, head, claims }) => sign({ ...head, kid: '__proto__' }, claims),
  'a key id that is a list': ({ sign, head, claims }) => sign({ ...head, kid: [head['kid']] }, claims),
  'a key id that is null': ({ sign, head, claims }) => sign({ ...head, kid: null }, claims),
  'no type': ({ sign, head, claims }) => sign(without(head, 'typ'), claims),
  'the type of an identity token': ({ sign, head, claims }) => sign({ ...head, typ: 'JWT' }, claims),
  'a type that is a number': ({ sign, head, claims }) => sign({ ...head, typ: 1 }, claims),
  'an extension nobody knows that must be understood': ({ sign, head, claims }) => sign({ ...head, crit: ['x'], x: 1 }, claims),
  'a payload that is not encoded': ({ sign, head, claims }) => sign({ ...head, b64: false, crit: ['b64'] }, claims),
  'a changed payload': ({ good, claims }) => {
    const [head, , signature] = good.split('.');
    return `${head}.${encode({ ...claims, sub: newId() })}.${signature}`;
  },
  'a later end under the old signature': ({ good, claims }) => {
    const [head, , signature] = good.split('.');
    return `${head}.${encode({ ...claims, exp: 9_999_999_999 })}.${signature}`;
  },
  'a signature of zeros': ({ forge, head, claims }) => forge(head, claims, () => Buffer.alloc(64)),
  'a signature in DER': ({ forge, head, claims }) =>
    forge(head, claims, (text) => createSign('sha256').update(text).sign(attacker.privateKey)),
  'a signature cut short': ({ good }) => good.slice(0, -10),
  'a signature with one bit turned': ({ good }) => {
    const [head, payload, signature = ''] = good.split('.');
    const bytes = Buffer.from(signature, 'base64url');
    bytes[10]! ^= 1;
    return `${head}.${payload}.${bytes.toString('base64url')}`;
  },
  'no issuer': ({ sign, head, claims }) => sign(head, without(claims, 'iss')),
  'another issuer': ({ sign, head, claims }) => sign(head, { ...claims, iss: 'https://evil.example' }),
  'a list of issuers': ({ sign, head, claims }) => sign(head, { ...claims, iss: ['berth'] }),
  'no audience': ({ sign, head, claims }) => sign(head, without(claims, 'aud')),
  'another audience': ({ sign, head, claims }) => sign(head, { ...claims, aud: 'other' }),
  'the audience of the second step': ({ sign, head, claims }) => sign(head, { ...claims, aud: 'mfa' }),
  'no subject': ({ sign, head, claims }) => sign(head, without(claims, 'sub')),
  'a subject that is no id': ({ sign, head, claims }) => sign(head, { ...claims, sub: 'admin' }),
  'a subject that is not whose session it is': ({ sign, head, claims }) => sign(head, { ...claims, sub: newId() }),
  'no session': ({ sign, head, claims }) => sign(head, without(claims, 'sid')),
  'a session that is no id': ({ sign, head, claims }) => sign(head, { ...claims, sid: `' or true --` }),
  'a session that is a list': ({ sign, head, claims }) => sign(head, { ...claims, sid: [claims['sid']] }),
  'a session that never was': ({ sign, head, claims }) => sign(head, { ...claims, sid: newId() }),
  'no organization': ({ sign, head, claims }) => sign(head, without(claims, 'org')),
  'an organization that is no id': ({ sign, head, claims }) => sign(head, { ...claims, org: 1 }),
  'no end': ({ sign, head, claims }) => sign(head, without(claims, 'exp')),
  'an end that has come this second': ({ sign, head, claims }) => sign(head, { ...claims, exp: claims['iat'] }),
  'an end before 1970': ({ sign, head, claims }) => sign(head, { ...claims, exp: -1 }),
  'an end that is a text': ({ sign, head, claims }) => sign(head, { ...claims, exp: '9999999999' }),
  'an end that is no number': ({ sign, head, claims }) => sign(head, JSON.stringify(claims).replace(/"exp":\d+/, '"exp":null')),
  'a beginning that has not come': ({ sign, head, claims }) => sign(head, { ...claims, nbf: Number(claims['iat']) + 60 }),
  'a beginning that is a text': ({ sign, head, claims }) => sign(head, { ...claims, nbf: 'now' }),
};

/** Credentials that are no bearer token, whole as the header has them. */
const headers: Readonly<Record<string, (good: string) => string>> = {
  'another scheme': () => 'Basic YWRtaW46YWRtaW4=',
  'no scheme': (good) => good,
  'only the scheme': () => 'Bearer',
  'only the scheme and a space': () => 'Bearer ',
  'a word after the token': (good) => `Bearer ${good} x`,
  'a tab for the space': (good) => `Bearer\t${good}`,
  'two schemes': (good) => `Bearer Bearer ${good}`,
};

describe('JWT-01 an access token that is not exactly one of ours', () => {
  const db = useDatabase();
  const clock = new SetClock(new Date('2026-11-21T23:30:00Z'));
  const secrets = new Secrets(randomBytes(32));
  const outbox = silentOutbox();
  const account = { id: newId(), organizationId: db.organizationId };
  const reflector = new Reflector();
  let guard: AuthGuard;
  let tokenUse: TokenUse;
  let sessions: Sessions;
  let mint: Mint;

  beforeAll(async () => {
    await db.asOwner(
      `insert into account (id, org_id, username, email, display_name, role, created_at) values ($1, $2, 'ada', 'ada@acme.example', 'Ada', 'user', now())`,
      [account.id, db.organizationId],
    );
    const keys = new SigningKeys(db.database, secrets, clock);
    const tokens = new AccessTokens(keys, clock);
    sessions = new Sessions(db.database, tokens, outbox, secrets, clock);
    const allowances = new Allowances(new AllowanceStore(db.database), new QuotaAlerts(db.database, outbox));
    const config = { publicUrl: undefined, limitsRates: false } as Config;
    const cookies = new SessionCookies(config);
    tokenUse = new TokenUse(db.database, clock, pino({ level: 'silent' }), silentSchedule());
    guard = new AuthGuard(reflector, tokens, sessions, cookies, new ApiTokens(db.database, clock), tokenUse, allowances, config);
    const { access_token: good } = await db.database.systemTransaction((tx) => sessions.open(tx, account, {}));
    const [head, claims] = good.split('.', 2).map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Json);
    const { privateKey, publicJwk } = await keys.current();
    const forge: Mint['forge'] = (top, body, how = es256(attacker.privateKey)) => {
      const text = `${encode(top)}.${encode(body)}`;
      return `${text}.${how(text).toString('base64url')}`;
    };
    const sign: Mint['sign'] = async (top, body) => {
      const text = `${encode(top)}.${encode(body)}`;
      const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, Buffer.from(text));
      return `${text}.${Buffer.from(signature).toString('base64url')}`;
    };
    mint = { head: head!, claims: claims!, good, publicJwk: publicJwk as Json, forge, sign };
  });

  const present = (authorization: string): Promise<unknown> => {
    const request = { method: 'GET', headers: { authorization }, cookies: {}, id: 'test' };
    const context = {
      getHandler: () => Door.prototype.enter,
      getClass: () => Door,
      switchToHttp: () => ({ getRequest: () => request, getResponse: () => ({}) }),
    } as unknown as ExecutionContext;
    return guard.canActivate(context).then(
      () => 'let in',
      ({ status, code, extensions }: { status: number; code: string; extensions: unknown }) => ({ status, code, extensions }),
    );
  };
  const refused = { status: 401, code: 'invalid-token', extensions: {} };

  it('lets the good one in, signed as the corpus signs', async () => {
    expect(await present(`Bearer ${mint.good}`)).toBe('let in');
    expect(await present(`Bearer ${await mint.sign(mint.head, mint.claims)}`)).toBe('let in');
  });

  it.each(Object.keys(corpus))('is refused alike: %s', async (what) => {
    expect(await present(`Bearer ${await corpus[what]!(mint)}`)).toEqual(refused);
  });

  it.each(Object.keys(headers))('is refused alike: %s', async (what) => {
    expect(await present(headers[what]!(mint.good))).toEqual(refused);
  });

  it('is counted by its day where it was made for a program, each time it is shown', async () => {
    const { text, hash } = new ApiTokens(db.database, clock).make('personal');
    const id = newId();
    await db.asOwner(
      `insert into api_token (id, org_id, account_id, name, hash, scopes, created_at, expires_at)
       values ($1, $2, $3, 'x', $4, '{profile:manage}', now(), 'infinity')`,
      [id, account.organizationId, account.id, hash],
    );
    for (let n = 0; n < 3; n++) expect(await present(`Bearer ${text}`)).toBe('let in');
    await present(`Bearer ${mint.good}`);

    await tokenUse.write();

    expect(await db.asOwner('select token_id, day::text, requests from api_token_use')).toEqual([
      { token_id: id, day: '2026-11-21', requests: 3 },
    ]);
  });

  it('has a corpus of 60 at least', () => {
    expect(Object.keys(corpus).length + Object.keys(headers).length).toBeGreaterThanOrEqual(60);
  });

  it('is refused once it has run out, though it was let in before', async () => {
    const { access_token: token } = await db.database.systemTransaction((tx) => sessions.open(tx, account, {}));
    expect(await present(`Bearer ${token}`)).toBe('let in');

    clock.forward(10);

    expect(await present(`Bearer ${token}`)).toEqual(refused);
  });

  it('is refused once its session has ended, at once where it was ended', async () => {
    const { access_token: token } = await db.database.systemTransaction((tx) => sessions.open(tx, account, {}));
    expect(await present(`Bearer ${token}`)).toBe('let in');

    await db.database.systemTransaction((tx) => sessions.endOwn(tx, account, { allBut: newId() }, 'ended-by-owner'));

    expect(await present(`Bearer ${token}`)).toEqual(refused);
  });
});
