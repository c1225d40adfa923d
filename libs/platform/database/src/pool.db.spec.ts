import { useDatabase } from '@berth/platform/testing';
import { Database } from './database';
import { sql, type Tx } from './sql';

const db = useDatabase();

/** A process with one connection. */
let alone: Database;
beforeAll(() => (alone = new Database(db.url, 1)));
afterAll(() => alone.close());

const context = () => ({ organizationId: db.organizationId, accountId: 'ada', requestId: 'r' });
const inTransaction = (work: (tx: Tx) => Promise<unknown>) => alone.transaction(context(), work);
const connection = async (): Promise<number> => {
  const [row] = await alone.of(db.organizationId).sql<{ pid: number }>`select pg_backend_pid() as pid`;
  return row?.pid ?? 0;
};

describe('A connection of the pool', () => {
  it('is used again after work that failed by itself, with nothing left of that', async () => {
    const before = await connection();

    const failing = inTransaction(async (tx) => {
      await tx.sql`update organization set name = 'Other' where id = ${db.organizationId}`;
      throw new Error('no room');
    });

    await expect(failing).rejects.toThrow('no room');
    expect(await connection()).toBe(before);
    expect(await alone.of(db.organizationId).sql`select name from organization`).toEqual([{ name: 'Acme' }]);
  });

  it('is used again after a statement that PostgreSQL refused', async () => {
    const before = await connection();

    await expect(inTransaction((tx) => tx.sql`select 1 / 0`)).rejects.toMatchObject({ code: '22012' });
    await expect(alone.of(db.organizationId).sql`select 1 / 0`).rejects.toMatchObject({ code: '22012' });
    await expect(alone.prepared('divide', sql`select 1 / ${0}::integer`)).rejects.toMatchObject({ code: '22012' });

    expect(await connection()).toBe(before);
  });

  it('is given up once it was ended, and the next takes its place', async () => {
    const before = await connection();
    const end = () => db.asOwner(`select pg_terminate_backend($1)`, [before]);

    const cutOff = inTransaction(async (tx) => {
      await end();
      await tx.sql`select 1`;
    });

    await expect(cutOff).rejects.toThrow();
    expect(await connection()).not.toBe(before);
  });

  it('is given up with a plan that a migration has made stale, and the work is done by the next', async () => {
    await db.asOwner(`create table plan (a integer); insert into plan values (1); grant select on plan to berth_app`);
    const before = await connection();
    const read = () => alone.of(db.organizationId).sql`select * from plan`;
    for (let times = 0; times < 25; times++) await read();
    await db.asOwner(`alter table plan add b integer`);

    expect(await inTransaction((tx) => tx.sql`select * from plan`)).toEqual([{ a: 1, b: null }]);
    expect(await connection()).not.toBe(before);
  });
});

describe('A transaction', () => {
  const standsAlone = () => alone.of(db.organizationId).sql`select now() = statement_timestamp() as alone`;

  it('is one from its first statement on, whether its statements come one by one or at once', async () => {
    const id = (tx: Tx) => tx.sql`select pg_current_xact_id()::text as id`;
    for (let times = 0; times < 3; times++) {
      const ids = (await inTransaction(async (tx) => [...(await Promise.all([id(tx), id(tx)])), await id(tx)])) as object[];
      expect(new Set(ids.map((it) => JSON.stringify(it))).size).toBe(1);
    }
    expect(await standsAlone()).toEqual([{ alone: true }]);
  });

  it('gives the rows of its first statement, of one that gives none too', async () => {
    const rows = await inTransaction(async (tx) => [
      await tx.sql`update organization set name = name where id = ${db.organizationId}`,
      await tx.sql`select name from organization`,
    ]);

    expect(rows).toEqual([[], [{ name: 'Acme' }]]);
    expect(await inTransaction((tx) => tx.sql`select ${1}::integer as a union all select 2 order by a`)).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it('that fails at its first statement does nothing more and leaves nothing open', async () => {
    const failing = inTransaction(async (tx) => {
      await tx.sql`select 1 / 0`.catch(() => undefined);
      await tx.sql`update organization set name = 'Other'`;
    });

    await expect(failing).rejects.toMatchObject({ code: '22012' });
    expect(await standsAlone()).toEqual([{ alone: true }]);
    expect(await alone.of(db.organizationId).sql`select name from organization`).toEqual([{ name: 'Acme' }]);
  });

  it('without a statement is none', async () => {
    await expect(inTransaction(() => Promise.resolve('nothing'))).resolves.toBe('nothing');
    expect(await standsAlone()).toEqual([{ alone: true }]);
  });
});
