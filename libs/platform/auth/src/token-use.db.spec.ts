import { newId } from '@berth/kernel';
import { SetClock, silentSchedule, useDatabase } from '@berth/platform/testing';
import pino from 'pino';
import { sweepTokenUse, TokenUse, usageOf, usesOfClient, usesOfToken } from './token-use';

const db = useDatabase();
const clock = new SetClock(new Date('2026-11-22T23:59:00Z'));
/** One of several processes on the database. */
const aProcess = () => new TokenUse(db.database, clock, pino({ level: 'silent' }), silentSchedule());
const daysLater = (days: number) => new Date(Date.parse('2026-11-22T23:59:00Z') + days * 86_400_000);

async function aToken(): Promise<{ kind: 'token'; id: string }> {
  const id = newId();
  await db.asOwner(
    `with person as (insert into account (id, org_id, username, email, display_name, role, created_at)
                     values ($1::uuid, $2, $1::text, $1::text || '@example.org', 'P', 'user', now()) returning id)
     insert into api_token (id, org_id, account_id, name, hash, scopes, created_at, expires_at)
     select $1::uuid, $2, id, 'x', decode(replace($1::text, '-', ''), 'hex'), '{x}', now(), now() + interval '1 day' from person`,
    [id, db.organizationId],
  );
  return { kind: 'token', id };
}

async function aClient(): Promise<{ kind: 'client'; id: string }> {
  const { id } = await aToken();
  await db.asOwner(
    `insert into oauth_client (id, org_id, owner_id, name, type, grant_types, redirect_uris, scopes, per_minute, created_at)
     values ($1::uuid, $2, $1::uuid, $1::text, 'public', '{authorization_code}', '{x}', '{x}', 600, now())`,
    [id, db.organizationId],
  );
  return { kind: 'client', id };
}

async function usage({ kind, id }: { kind: 'token' | 'client'; id: string }) {
  const now = clock.now();
  const [row] = await db.database.of(db.organizationId).sql<{ uses: Record<string, number> | null }>`
    select ${kind === 'token' ? usesOfToken(now) : usesOfClient(now)} as uses from api_token t left join oauth_client c on c.id = t.id where t.id = ${id}`;
  return usageOf(row!.uses, now);
}
const sent = (process: TokenUse, via: { kind: 'token' | 'client'; id: string }, times: number) => {
  for (let n = 0; n < times; n++) process.count({ via });
};

describe('Requests with tokens', () => {
  beforeEach(() => clock.set(daysLater(0)));

  it('are counted by day over processes, of each token and each program by itself', async () => {
    const [one, other, program] = [await aToken(), await aToken(), await aClient()];
    const processes = [aProcess(), aProcess()];
    for (const process of processes) {
      sent(process, one, 3);
      sent(process, program, 2);
    }
    await Promise.all(processes.map((it) => it.write()));
    clock.set(daysLater(1));
    sent(processes[0]!, one, 5);
    await processes[0]!.write();
    await processes[1]!.write();

    const { lastDay, requests } = await usage(one);
    expect([lastDay, requests.length, requests.slice(-3)]).toEqual(['2026-11-23', 30, [0, 6, 5]]);
    expect((await usage(program)).requests.slice(-2)).toEqual([4, 0]);
    expect((await usage(other)).requests).toEqual(Array(30).fill(0));
  });

  it('are written in one statement, with the end of the process at the latest', async () => {
    const token = await aToken();
    const process = aProcess();
    sent(process, token, 1000);
    expect((await usage(token)).requests.at(-1)).toBe(0);

    await process.onModuleDestroy();

    expect((await usage(token)).requests.at(-1)).toBe(1000);
  });

  it('are counted later where they cannot be written now, and of a token that is gone not at all', async () => {
    const [token, gone] = [await aToken(), await aToken()];
    const process = aProcess();
    sent(process, token, 2);
    sent(process, gone, 2);
    await db.asOwner('delete from api_token where id = $1', [gone.id]);
    await db.asOwner('alter table api_token_use rename to away');
    await expect(process.write()).rejects.toMatchObject({ code: '42P01' });
    await db.asOwner('alter table away rename to api_token_use');
    sent(process, token, 1);

    await process.write();

    expect((await usage(token)).requests.at(-1)).toBe(3);
  });

  it('are forgotten with the day that is not shown any more, and with their token', async () => {
    const [token, revoked] = [await aToken(), await aToken()];
    const process = aProcess();
    sent(process, token, 1);
    sent(process, revoked, 1);
    await process.write();
    clock.set(daysLater(29));
    await sweepTokenUse(db.database.system, clock.now());
    expect((await usage(token)).requests[0]).toBe(1);

    await db.asOwner('delete from api_token where id = $1', [revoked.id]);
    clock.set(daysLater(30));
    await sweepTokenUse(db.database.system, clock.now());

    expect(await db.asOwner('select 1 from api_token_use where token_id = any($1)', [[token.id, revoked.id]])).toEqual([]);
  });
});
