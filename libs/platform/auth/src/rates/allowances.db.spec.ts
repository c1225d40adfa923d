import { Problem } from '@berth/contracts';
import { newId } from '@berth/kernel';
import { useDatabase } from '@berth/platform/testing';
import { ADDRESS_PER_MINUTE, AllowanceStore } from './allowance.store';
import { Allowances, type Requester } from './allowances';
import { QuotaAlerts } from './quota-alerts';

const db = useDatabase();
const told: string[] = [];
const outbox = { append: async (_tx: unknown, _doer: unknown, event: { type: string }) => void told.push(event.type) };
/** One of several processes on the database. */
const aProcess = () => new Allowances(new AllowanceStore(db.database), new QuotaAlerts(db.database, outbox as never));

async function aPerson(tier?: { perMinute: number; perDay?: number }): Promise<Requester & { kind: 'person' }> {
  const accountId = newId();
  await db.asOwner(
    `insert into account (id, org_id, username, email, display_name, role, created_at) values ($1::uuid, $2, $1::text, $1::text || '@example.org', 'P', 'user', now())`,
    [accountId, db.organizationId],
  );
  if (tier) {
    const [{ id }] = (await db.asOwner<{ id: string }>(
      `insert into request_tier (org_id, name, per_minute, per_day) values ($1, $2, $3, $4) returning id`,
      [db.organizationId, accountId, tier.perMinute, tier.perDay ?? null],
    )) as [{ id: string }];
    await db.asOwner(
      // Of tomorrow, so that no midnight comes between.
      `insert into request_allowance (org_id, account_id, tier_id, day) values ($1, $2, $3, current_date + 1)`,
      [db.organizationId, accountId, id],
    );
  }
  return { kind: 'person', organizationId: db.organizationId, accountId };
}

/** How many of so many requests were let through, sent at once to each process in turn. */
async function accepted(processes: readonly Allowances[], requester: Requester, count: number): Promise<number> {
  const answers = await Promise.allSettled(Array.from({ length: count }, (_, n) => processes[n % processes.length]!.spend(requester)));
  for (const it of answers) if (it.status === 'rejected') expect((it.reason as Problem).code).toBe('rate-limited');
  return answers.filter((it) => it.status === 'fulfilled').length;
}

const secondsPass = (requester: { accountId: string }, seconds: number) =>
  db.asOwner(`update request_allowance set full_at = full_at - make_interval(secs => $2) where account_id = $1`, [
    requester.accountId,
    seconds,
  ]);

describe('The requests a person may send', () => {
  it('are as many over two processes as over one', async () => {
    const person = await aPerson({ perMinute: 100 });
    const began = performance.now();

    const letIn = await accepted([aProcess(), aProcess()], person, 1000);

    // What flowed back while they came, rounded up.
    const flowed = Math.ceil(((performance.now() - began) / 60_000) * 100);
    expect(letIn).toBeGreaterThanOrEqual(100);
    expect(letIn).toBeLessThanOrEqual(100 + flowed);
  });

  it('flow back evenly, and a refusal says when', async () => {
    const person = await aPerson({ perMinute: 10 });
    expect(await accepted([aProcess()], person, 10)).toBe(10);
    // As if more had been sent, so that none flows back while we look.
    await secondsPass(person, -60);

    const refused = (await aProcess()
      .spend(person)
      .catch((it: unknown) => it)) as Problem;
    expect(refused).toMatchObject({ code: 'rate-limited', extensions: { limit: 10, window: 'PT1M' } });
    expect(refused.extensions['retryAfter']).toBeGreaterThanOrEqual(6);
    expect(refused.extensions['retryAfter']).toBeLessThanOrEqual(66);

    await secondsPass(person, 60 + 30);
    expect(await accepted([aProcess()], person, 20)).toBeGreaterThanOrEqual(5);
    await secondsPass(person, 3600);
    expect(await aProcess().spend(person)).toMatchObject({ perMinute: 10, remaining: 9, fullIn: 6 });
  });

  it('are those of the default tier where none was given', async () => {
    const standing = await aProcess().spend(await aPerson());

    expect(standing).toEqual({ perMinute: 6000, perDay: null, remaining: 5999, fullIn: 1 });
  });

  it('are taken in lots, so that most of them do not ask the database', async () => {
    const person = await aPerson({ perMinute: 1000 });
    const store = new AllowanceStore(db.database);
    let asked = 0;
    const counted = { take: (...wish: Parameters<AllowanceStore['take']>) => (asked++, store.take(...wish)) } as AllowanceStore;
    const process = new Allowances(counted, new QuotaAlerts(db.database, outbox as never));

    for (let n = 0; n < 101; n++) await process.spend(person);

    expect(asked).toBe(11);
  });

  it('end with the day’s, which is told once at four fifths and once at the end', async () => {
    const person = await aPerson({ perMinute: 1000, perDay: 50 });
    told.length = 0;

    const letIn = await accepted([aProcess(), aProcess()], person, 100);

    expect(letIn).toBe(50);
    await expect(aProcess().spend(person)).rejects.toMatchObject({ extensions: { limit: 50, window: 'P1D' } });
    expect(told.filter((it) => it === 'quota.exceeded')).toHaveLength(1);
    expect(told.filter((it) => it === 'quota.warning').length).toBeLessThanOrEqual(1);

    await db.asOwner(`update request_allowance set day = current_date - 1 where account_id = $1`, [person.accountId]);
    expect(await accepted([aProcess()], person, 10)).toBe(10);
  });

  it('are each person’s own', async () => {
    const [one, other] = [await aPerson({ perMinute: 10 }), await aPerson({ perMinute: 10 })];
    const process = aProcess();

    expect(await accepted([process], one, 30)).toBe(10);
    expect(await accepted([process], other, 10)).toBe(10);
  });
});

describe('The requests through a token with a limit', () => {
  it('are as many over two processes as its limit says, and leave those of other tokens alone', async () => {
    const { accountId } = await aPerson();
    const began = performance.now();
    const tokens = [newId(), newId()].map((tokenId) => ({ kind: 'token', organizationId: db.organizationId, tokenId }) as const);
    for (const { tokenId } of tokens)
      await db.asOwner(
        // As if all but ten had been sent.
        `insert into api_token (id, org_id, account_id, name, hash, scopes, created_at, expires_at, per_minute, full_at)
         values ($1::uuid, $2, $3, 'x', decode(replace($1::text, '-', ''), 'hex'), '{x}', now(), now() + interval '1 day', 50, now() + interval '48 s')`,
        [tokenId, db.organizationId, accountId],
      );
    const [one, other] = tokens as [Requester, Requester];

    const letIn = await accepted([aProcess(), aProcess()], one, 40);

    expect(letIn).toBeGreaterThanOrEqual(10);
    expect(letIn).toBeLessThanOrEqual(10 + Math.ceil(((performance.now() - began) / 60_000) * 50));
    expect(await aProcess().spend(other)).toMatchObject({ perMinute: 50, perDay: null });
  });
});

describe('The requests of an address nobody signed in from', () => {
  it('are limited, and those of a network of IPv6 together', async () => {
    const processes = [aProcess(), aProcess()];
    const began = performance.now();

    const letIn = await accepted(processes, { kind: 'address', address: '2001:db8:7:1::1' }, ADDRESS_PER_MINUTE * 2);

    expect(letIn).toBeGreaterThanOrEqual(ADDRESS_PER_MINUTE);
    expect(letIn).toBeLessThanOrEqual(ADDRESS_PER_MINUTE + Math.ceil(((performance.now() - began) / 60_000) * ADDRESS_PER_MINUTE));
    for (const address of ['2001:db8:7:1:ffff::2', '2001:db8:7:2::1']) await accepted(processes, { kind: 'address', address }, 1);
    const kept = await db.asOwner(`select address::text from address_allowance order by address`);
    expect(kept).toEqual([{ address: '2001:db8:7:1::/64' }, { address: '2001:db8:7:2::/64' }]);
  });
});
