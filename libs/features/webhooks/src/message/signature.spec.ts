import { jest } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { Webhook as Verifier } from 'standardwebhooks';
import { isSigned, newSecret, signatures } from './signature';

/** An independent verifier, in another language and by nobody's library. */
const VERIFIER = 'tools/webhooks/verify.py';
const hasPython = spawnSync('python3', ['--version']).status === 0;

const now = new Date('2026-12-07T12:00:00Z');
const seconds = now.getTime() / 1000;

interface Signed {
  readonly secret: string;
  readonly now: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

function message(
  secrets: readonly string[] = [newSecret()],
  text = '{"id":"a","type":"reservation.created","data":{"title":"Grüße 👋"}}',
): Signed {
  const body = Buffer.from(text);
  const signed = { id: '0197e4a2-0000-7000-8000-000000000001', timestamp: seconds, body };
  const headers = {
    ...{ 'webhook-id': signed.id, 'webhook-timestamp': String(seconds) },
    'webhook-signature': signatures(signed, secrets),
  };
  return { secret: secrets[0] ?? '', now: seconds, headers, body };
}

/** What the library says; it has no clock to set but the one of the process. */
function library({ secret, now: at, headers, body }: Signed): boolean {
  jest.useFakeTimers({ now: at * 1000 });
  try {
    new Verifier(secret).verify(body.toString('latin1') === body.toString() ? body.toString() : body, { ...headers });
    return true;
  } catch {
    return false;
  } finally {
    jest.useRealTimers();
  }
}

function ours({ secret, now: at, headers, body }: Signed): boolean {
  const signed = { id: headers['webhook-id'] ?? '', timestamp: Number(headers['webhook-timestamp']), body };
  return isSigned(signed, headers['webhook-signature'] ?? '', [secret], new Date(at * 1000));
}

function python(cases: readonly Signed[]): string[] {
  const lines = cases.map((it) => JSON.stringify({ ...it, body: it.body.toString('base64') }));
  const { stdout, stderr, status } = spawnSync('python3', [VERIFIER], { input: lines.join('\n') });
  if (status !== 0) throw new Error(String(stderr));
  return stdout.toString().trim().split('\n');
}

/** The message with each byte of body and signed headers changed by one bit, one at a time. */
function flipped(signed: Signed): Signed[] {
  const flip = (bytes: Buffer, n: number): Buffer => {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(n) ^ 1, n);
    return changed;
  };
  const bodies = [...signed.body.keys()].map((n) => ({ ...signed, body: flip(signed.body, n) }));
  const headers = Object.entries(signed.headers).flatMap(([name, value]) =>
    [...Buffer.from(value).keys()].map((n) => ({
      ...signed,
      headers: { ...signed.headers, [name]: flip(Buffer.from(value), n).toString('latin1') },
    })),
  );
  return [...bodies, ...headers];
}

describe('A signature (WHK-01)', () => {
  it('has a secret of 256 random bits', () => {
    const secrets = Array.from({ length: 100 }, newSecret);

    expect(new Set(secrets).size).toBe(100);
    for (const it of secrets) expect(Buffer.from(it.slice('whsec_'.length), 'base64')).toHaveLength(32);
  });

  it('is taken by the reference library, and by us', () => {
    const signed = message();

    expect([library(signed), ours(signed)]).toEqual([true, true]);
  });

  it('is taken with either secret while both sign', () => {
    const secrets = [newSecret(), newSecret()];
    const signed = message(secrets);

    for (const secret of secrets) expect([library({ ...signed, secret }), ours({ ...signed, secret })]).toEqual([true, true]);
    expect([library({ ...signed, secret: newSecret() }), ours({ ...signed, secret: newSecret() })]).toEqual([false, false]);
  });

  it('is refused when any byte of body or headers is another', () => {
    const wrong = flipped(message());

    expect(wrong.length).toBeGreaterThan(150);
    expect(wrong.filter((it) => library(it) || ours(it))).toEqual([]);
  });

  it('is good for five minutes either way', () => {
    const signed = message();
    const at = (offset: number): Signed => ({ ...signed, now: seconds + offset });

    for (const offset of [-299, 0, 299]) expect([offset, library(at(offset)), ours(at(offset))]).toEqual([offset, true, true]);
    for (const offset of [-301, 301]) expect([offset, library(at(offset)), ours(at(offset))]).toEqual([offset, false, false]);
  });

  (hasPython ? it : it.skip)('is judged the same by a verifier in Python', () => {
    const secrets = [newSecret(), newSecret()];
    const signed = message(secrets);
    const good = [
      signed,
      { ...signed, secret: secrets[1] ?? '' },
      message(),
      message(undefined, ''),
      ...[-300, 300].map((it) => ({ ...signed, now: seconds + it })),
    ];
    const wrong = [
      ...flipped(message()),
      ...[-301, 301].map((it) => ({ ...signed, now: seconds + it })),
      { ...signed, secret: newSecret() },
    ];

    expect(new Set(python(good))).toEqual(new Set(['good']));
    expect(python(wrong).filter((it) => it === 'good')).toEqual([]);
  });
});
