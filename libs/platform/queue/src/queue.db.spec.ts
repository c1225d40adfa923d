import { newId } from '@berth/kernel';
import { DatabaseModule } from '@berth/platform/database';
import { Clock, type Config, RuntimeModule, Secrets } from '@berth/platform/runtime';
import { useDatabase } from '@berth/platform/testing';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { pino } from 'pino';
import type { DueWork } from './due-work';
import { Queue } from './queue';
import { QueueModule } from './queue.module';
import { hasRedis, testRedis, type TestRedis } from './testing';

const db = useDatabase();
const processes: INestApplicationContext[] = [];

/** Errands that are rows; each says how often it was done. */
const errands = (onDone: () => Promise<void> | void = () => undefined): DueWork => ({
  name: 'errands',
  atOnce: 4,
  due: async (limit) => {
    const rows = await db.database.system.sql<{ id: string }>`
      select id from errand where not is_done and (lease_until is null or lease_until <= now()) order by n limit ${limit}`;
    return rows.map((it) => it.id);
  },
  execute: async (id) => {
    const [row] = await db.database.system.sql`
      update errand set lease_until = now() + interval '1 second', times = times + 1
      where id = ${id} and not is_done and (lease_until is null or lease_until <= now()) returning id`;
    if (!row) return;
    await onDone();
    await db.database.system.sql`update errand set is_done = true where id = ${id}`;
  },
});

/** A worker process, but for the process. */
async function aProcess(work: DueWork, redisUrl?: string): Promise<Queue> {
  class Errands {}
  const parts = { clock: new Clock(), secrets: new Secrets(Buffer.alloc(32)), log: pino({ level: 'silent' }) };
  const context = await NestFactory.createApplicationContext(
    {
      module: Errands,
      imports: [RuntimeModule.with({ ...parts, config: { redisUrl } as Config }), DatabaseModule.with(db.database), QueueModule],
      providers: [{ provide: Errands, useFactory: (queue: Queue) => queue.add(work), inject: [Queue] }],
    },
    { logger: false, abortOnError: false },
  );
  processes.push(context);
  return context.get(Queue);
}

async function ended(): Promise<void> {
  for (const it of processes.splice(0)) await it.close();
}

async function given(many: number): Promise<string[]> {
  const ids = Array.from({ length: many }, () => newId());
  await db.asOwner('insert into errand (id) select unnest($1::uuid[])', [ids]);
  return ids;
}
const undone = async () => (await db.asOwner<{ n: number }>('select count(*)::int as n from errand where not is_done'))[0]?.n;
const times = async () => (await db.asOwner<{ times: number }>('select distinct times from errand')).map((it) => it.times);
async function allDone(): Promise<void> {
  while ((await undone()) !== 0) await new Promise((resolve) => setTimeout(resolve, 50));
}

beforeAll(async () => {
  await db.asOwner(
    'create table errand (id uuid primary key, n int generated always as identity, times int not null default 0, is_done boolean not null default false, lease_until timestamptz)',
  );
  await db.asOwner('grant all on errand to berth_system');
});
beforeEach(() => db.asOwner('truncate errand'));
afterEach(ended);

describe('A queue', () => {
  it('does what is due once each, however many processes there are', async () => {
    await given(100);
    await Promise.all([aProcess(errands()), aProcess(errands())]);
    await allDone();

    expect(await times()).toEqual([1]);
  });

  it('goes on with the rest when something fails, and tries that again', async () => {
    let failures = 0;
    const work = errands(() => {
      if (failures++ === 0) throw new Error('no');
    });
    await given(10);
    await aProcess(work);
    await allDone();

    expect((await times()).sort()).toEqual([1, 2]);
  });

  it('ends what is in hand before the process ends, and says that it does', async () => {
    let told: AbortSignal | undefined;
    const [id] = await given(1);
    const begun = new Promise<void>((resolve) => {
      const { due, ...work } = errands();
      const execute = (each: string, stopping: AbortSignal): Promise<void> => {
        told = stopping;
        resolve();
        return new Promise((end) => stopping.addEventListener('abort', () => void work.execute(each, stopping).then(end)));
      };
      void aProcess({ ...work, due, execute });
    });
    await begun;
    await ended();

    expect([id === undefined, told?.aborted, await undone()]).toEqual([false, true, 0]);
  });
});

(hasRedis ? describe : describe.skip)('A queue on Redis (skipped where there is no /usr/bin/redis-server)', () => {
  let redis: TestRedis;
  beforeEach(async () => {
    redis = await testRedis();
  });
  afterEach(async () => {
    await ended();
    await redis.kill();
  });
  /** Waits until a process has found the Redis. */
  const isInUse = async (): Promise<void> => {
    while ((await redis.ask('EXISTS berth:errands:look')) !== ':1') await new Promise((resolve) => setTimeout(resolve, 20));
  };

  it('does what is due once each, spread over the processes', async () => {
    const by = [0, 0];
    await redis.start();
    await Promise.all(
      [0, 1].map((n) =>
        aProcess(
          errands(() => void by[n]!++),
          redis.url,
        ),
      ),
    );
    await given(200);
    await allDone();

    expect(await times()).toEqual([1]);
    expect(by.map((it) => it > 0)).toEqual([true, true]);
    expect(await redis.ask('KEYS berth:errands:*@*')).toBe('*0');
  });

  it('loses nothing when Redis is flushed, killed and started anew at any moment', async () => {
    await redis.start();
    await Promise.all([aProcess(errands(), redis.url), aProcess(errands(), redis.url)]);
    for (let round = 0; round < 6; round++) {
      await given(50);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 200));
      if (round % 2 === 0) await redis.ask('FLUSHALL');
      else await redis.kill().then(() => redis.start());
    }
    await allDone();

    expect(await times()).toEqual([1]);
  });

  it('works without Redis while it cannot be reached, and with it when it can', async () => {
    await given(20);
    await aProcess(errands(), redis.url);
    await allDone();
    await redis.start();
    await isInUse();
    await given(20);
    await allDone();

    expect(await times()).toEqual([1]);
    expect(await redis.ask('EXISTS berth:errands:id')).toBe(':1');
  });

  it('does a row that is due though Redis believes that somebody is at it', async () => {
    await redis.start();
    await aProcess(errands(), redis.url);
    await isInUse();
    const id = newId();
    const offer = Math.floor(Date.now() / 10_000);
    await redis.ask(`HSET berth:errands:${id}@${offer} name __default__ data {}`);
    await db.asOwner('insert into errand (id) values ($1)', [id]);
    await allDone();

    expect(await times()).toEqual([1]);
  });
});
