import { newId } from '@berth/kernel';
import { SigningKeys } from '@berth/platform/auth';
import { Outbox } from '@berth/platform/outbox';
import { Secrets } from '@berth/platform/runtime';
import { SetClock, silentOutbox, silentSchedule, useDatabase } from '@berth/platform/testing';
import { randomBytes, randomInt } from 'node:crypto';
import { pino } from 'pino';
import { ChangeRetention } from '../retention/change-retention';
import { CheckpointSigner } from './checkpoint';
import { Checkpoints } from './checkpoints.worker';
import { AuditRetentionWorker } from '../retention/retention.worker';
import { type Verification, VerifyLog } from './verify-log';

const ROWS = Number(process.env['AUDIT_ROWS'] ?? 1_500);
const MUTATIONS = Number(process.env['AUDIT_MUTATIONS'] ?? 6);
const LENGTH = 40;
/** The last checkpoint but one, and the last. */
const SIGNED = [15, LENGTH] as const;

const db = useDatabase();
const clock = new SetClock(new Date('2027-03-01T10:00:00Z'));
const log = pino({ level: 'silent' });

const parts = () => {
  const signer = new CheckpointSigner(new SigningKeys(db.database, secrets(), clock));
  const verifying = new VerifyLog(db.database, signer);
  const outbox: Outbox = silentOutbox();
  return {
    verifying,
    signing: new Checkpoints(db.database, signer, clock, silentSchedule(), log),
    keeping: new ChangeRetention(db.database, outbox),
    cutting: new AuditRetentionWorker(db.database, signer, verifying, outbox, clock, silentSchedule(), log),
  };
};
const secrets = () => new Secrets(Buffer.alloc(32, 7));
const verify = (): Promise<Verification> => parts().verifying.execute(db.organizationId);

/** So many honest events, with places. */
async function written(count: number): Promise<void> {
  await db.asOwner(
    `insert into event (id, org_id, type, subject_kind, subject_id, actor_id, request_id, data, traceparent, address, via_kind, via_id, on_behalf_of)
     select gen_random_uuid(), $1, 'resource.updated', 'resources', gen_random_uuid(), gen_random_uuid(), 'r' || n,
            jsonb_build_object('name', 'Ä ' || n, 'before', jsonb_build_object('n', n - 1), 'after', jsonb_build_object('n', n)),
            null, '192.0.2.1', 'session', 's' || n, case when n % 3 = 0 then gen_random_uuid() end
     from generate_series(1, $2::int) as n`,
    [db.organizationId, count],
  );
  for (let placed = 500; placed === 500;)
    placed = (await db.database.system.sql<{ placed: number }>`select sequence_events(500) as placed`)[0]!.placed;
}

/** Statements of somebody who owns the database: no guard stands in their way. */
async function byOwner(...statements: string[]): Promise<void> {
  await db.asOwner(
    ['begin', 'alter table event disable trigger user', ...statements, 'alter table event enable trigger user', 'commit'].join(';\n'),
  );
}

const emptied = () =>
  byOwner('truncate event, event_chain, event_cut, event_checkpoint, event_redaction', 'update event_log_head set position = 0');

const saved = () =>
  byOwner(
    'drop table if exists saved_event, saved_chain, saved_checkpoint',
    'create table saved_event as select * from event',
    'create table saved_chain as select * from event_chain',
    'create table saved_checkpoint as select * from event_checkpoint',
  );
const restored = () =>
  byOwner(
    'truncate event, event_chain, event_cut, event_checkpoint',
    'insert into event overriding system value select * from saved_event',
    'insert into event_chain select * from saved_chain',
    'insert into event_checkpoint select * from saved_checkpoint',
  );

interface Mutation {
  readonly statements: readonly string[];
  readonly brokenAt: number;
  readonly fault: string | readonly string[];
}

const columns = {
  id: 'gen_random_uuid()',
  type: `type || 'x'`,
  subject_kind: `'sites'`,
  subject_id: 'gen_random_uuid()',
  actor_id: 'null',
  request_id: 'null',
  at: `at + interval '1 microsecond'`,
  data: `jsonb_set(data, '{after,n}', '-1')`,
  traceparent: `'00'`,
  address: `'192.0.2.2'`,
  via_kind: `'token'`,
  via_id: 'null',
  on_behalf_of: 'gen_random_uuid()',
  form: '1',
  hash: `sha256('x')`,
};
const others =
  'id, type, subject_kind, subject_id, actor_id, request_id, at, data, traceparent, address, via_kind, via_id, on_behalf_of, form, hash';
const shift = (from: number, by: number) => [
  `update event set sequence = -(sequence + ${by}) where sequence >= ${from}`,
  'update event set sequence = -sequence where sequence < 0',
];

/** All hashes from a place on as they ought to be, and the end of the chain with them. */
const hashedAnew = (from: number) => `do $do$ declare e event; h bytea; begin
  select coalesce((select hash from event where sequence = ${from - 1}), sha256('')) into h;
  for e in select * from event where sequence >= ${from} order by sequence loop
    h := event_hash(h, e);
    update event set hash = h where position = e.position;
    update event_chain set sequence = e.sequence, hash = h;
  end loop;
end $do$`;

const mutations: Readonly<Record<string, () => Mutation>> = {
  edit() {
    const [names, at] = [Object.keys(columns) as (keyof typeof columns)[], randomInt(1, LENGTH + 1)];
    const name = names[randomInt(names.length)]!;
    return { statements: [`update event set ${name} = ${columns[name]} where sequence = ${at}`], brokenAt: at, fault: 'edited' };
  },
  delete() {
    const at = randomInt(1, LENGTH);
    return { statements: [`delete from event where sequence = ${at}`], brokenAt: at, fault: 'missing' };
  },
  deleteAndCloseTheGap() {
    const at = randomInt(1, LENGTH - 1);
    return { statements: [`delete from event where sequence = ${at}`, ...shift(at + 1, -1)], brokenAt: at, fault: 'missing' };
  },
  insert() {
    const at = randomInt(1, LENGTH + 1);
    const put = `insert into event (${others}, org_id, sequence, log_position)
      select gen_random_uuid(), type, subject_kind, subject_id, actor_id, request_id, at, data, traceparent, address, via_kind, via_id, on_behalf_of, form,
             sha256('forged'), org_id, ${at}, 100000 from event where sequence = ${at === 1 ? 2 : at - 1}`;
    const fitting = `update event e set hash = event_hash(coalesce((select hash from event where sequence = ${at - 1}), sha256('')), e) where sequence = ${at}`;
    return { statements: [...shift(at, 1), put, ...(randomInt(2) === 0 ? [fitting] : [])], brokenAt: at, fault: 'inserted' };
  },
  swap() {
    const at = randomInt(1, LENGTH);
    const other = randomInt(at + 1, LENGTH + 1);
    const places = [
      `update event set sequence = -sequence where sequence in (${at}, ${other})`,
      `update event set sequence = ${at + other} + sequence where sequence < 0`,
    ];
    const contents = [
      `update event e set (${others}) = (select ${others} from saved_event s where s.sequence = ${at + other} - e.sequence) where sequence in (${at}, ${other})`,
    ];
    return { statements: randomInt(2) === 0 ? places : contents, brokenAt: at, fault: 'swapped' };
  },
  truncate() {
    const at = randomInt(1, LENGTH);
    const chain = `update event_chain c set sequence = e.sequence, hash = e.hash from event e where e.sequence = ${at}`;
    return {
      statements: [`delete from event where sequence > ${at}`, ...(randomInt(2) === 0 ? [chain] : [])],
      ...{ brokenAt: at + 1, fault: 'truncated' },
    };
  },
  rewrite() {
    const at = randomInt(1, LENGTH + 1);
    const brokenAt = at <= SIGNED[0] ? 1 : SIGNED[0] + 1;
    return {
      statements: [`update event set data = data || '{"name": "forged"}' where sequence = ${at}`, hashedAnew(at)],
      ...{ brokenAt, fault: 'rewritten' },
    };
  },
  forge() {
    const at = SIGNED[randomInt(2)]!;
    const fake = randomBytes(8).toString('hex');
    return {
      statements: [`update event_checkpoint set signature = '${fake}' where sequence = ${at}`],
      ...{ brokenAt: at, fault: 'forged-checkpoint' },
    };
  },
};

describe('Verifying the log', () => {
  beforeEach(async () => {
    clock.set(new Date('2027-03-01T10:00:00Z'));
    await emptied();
  });

  it(`raises no false alarm on honest events`, async () => {
    await written(ROWS - 7);
    await parts().signing.sign();
    await written(7);

    const began = performance.now();
    const found = await verify();
    if (ROWS > 10_000) process.stdout.write(`${ROWS} events verified in ${Math.round(performance.now() - began)} ms\n`);

    // One call looks at 100,000, and says from where to go on.
    const next = ROWS < 100_000 ? null : ROWS;
    expect(found).toMatchObject({ intact: true, checked: ROWS, from: 1, to: ROWS, brokenAt: null, fault: null, next });
    expect(found.checkpoint).toMatchObject({ sequence: ROWS - 7 });
  }, 600_000);

  it('looks at a long log in parts', async () => {
    await written(25);

    const first = await parts().verifying.execute(db.organizationId, 0, 10);
    const rest = await parts().verifying.execute(db.organizationId, first.next!, 100);

    expect(first).toMatchObject({ intact: true, checked: 10, to: 10, next: 10 });
    expect(rest).toMatchObject({ intact: true, checked: 15, from: 11, to: 25, next: null });
  });

  it.each(Object.keys(mutations))(
    `finds each %s, at its place and by its name`,
    async (kind) => {
      await written(SIGNED[0]);
      await parts().signing.sign();
      await written(LENGTH - SIGNED[0]);
      clock.set(new Date('2027-03-01T11:00:00Z'));
      await parts().signing.sign();
      await saved();
      expect(await verify()).toMatchObject({ intact: true, checkpoint: { sequence: LENGTH } });

      for (let n = 0; n < MUTATIONS; n++) {
        const mutation = mutations[kind]!();
        await byOwner(...mutation.statements);
        const { intact, brokenAt, fault } = await verify();
        expect({ statements: mutation.statements, intact, brokenAt, fault }).toEqual({ ...mutation, intact: false });
        await restored();
      }
      expect(await verify()).toMatchObject({ intact: true });
    },
    900_000,
  );

  it('is signed every hour, once, and never where it does not hold', async () => {
    await written(5);
    const signed = () => db.asOwner<{ sequence: number }>('select sequence::int from event_checkpoint order by 1');
    await Promise.all([parts().signing.sign(), parts().signing.sign()]);
    await written(5);
    await parts().signing.sign();
    expect(await signed()).toEqual([{ sequence: 5 }]);
    clock.set(new Date('2027-03-01T11:00:01Z'));
    await parts().signing.sign();
    expect(await signed()).toEqual([{ sequence: 5 }, { sequence: 10 }]);

    await written(5);
    await byOwner(`update event set actor_id = null where sequence = 12`);
    clock.set(new Date('2027-03-01T12:30:00Z'));
    expect(await parts().signing.sign()).toBe(0);
    expect(await signed()).toHaveLength(2);
  });
});

describe('Keeping the log for a time', () => {
  const actor = () => ({ organizationId: db.organizationId, accountId: newId(), requestId: 'r' }) as never;
  const keepForDays = async (keepDays: number) => {
    const { version } = await parts().keeping.current(actor());
    return parts().keeping.execute(actor(), { keepDays }, version);
  };
  const sequences = async () =>
    (await db.asOwner<{ n: number }>('select sequence::int as n from event where sequence is not null order by 1')).map((it) => it.n);
  const place = () => db.database.system.sql`select sequence_events(500)`;

  beforeEach(async () => {
    clock.set(new Date('2027-03-01T10:00:00Z'));
    await emptied();
    await db.asOwner('update organization set audit_keep_days = null');
  });

  it('gives up what is older than that, at a signed place, and what is left verifies', async () => {
    await written(4);
    await parts().signing.sign();
    clock.set(new Date('2027-04-01T10:00:00Z'));
    await written(4);
    await parts().signing.sign();
    await keepForDays(90);

    expect(await parts().cutting.forget()).toBe(0);
    clock.set(new Date('2027-06-15T10:00:00Z'));
    expect(await parts().cutting.forget()).toBe(4);
    await place();

    expect(await sequences()).toEqual([5, 6, 7, 8, 9, 10]);
    expect(await verify()).toMatchObject({ intact: true, from: 5, to: 10 });
    expect(await db.asOwner(`select data -> 'after' ->> 'sequence' as at from event where type = 'audit_log.shortened'`)).toEqual([
      { at: '4' },
    ]);
    await byOwner(`delete from event where sequence = 5`);
    expect(await verify()).toMatchObject({ intact: false, brokenAt: 5, fault: 'missing' });
  });

  it('keeps it for ever unless asked, and keeps what does not verify', async () => {
    await written(4);
    await parts().signing.sign();
    clock.set(new Date('2030-03-01T10:00:00Z'));
    expect(await parts().cutting.forget()).toBe(0);

    await keepForDays(90);
    await byOwner(`update event set actor_id = null where sequence = 2`);
    expect(await parts().cutting.forget()).toBe(0);
    expect(await verify()).toMatchObject({ intact: false, brokenAt: 2 });
  });

  it('is cut nowhere else, and by nobody who only works for it', async () => {
    await written(4);
    await parts().signing.sign();

    await expect(db.database.system.sql`select cut_events(${db.organizationId}, 3, now())`).rejects.toMatchObject({
      constraint: 'event_cut_at_checkpoint',
    });
    await expect(db.database.of(db.organizationId).sql`select cut_events(${db.organizationId}, 4, now())`).rejects.toMatchObject({
      code: '42501',
    });
    await byOwner(`insert into event_cut select org_id, sequence, at from event_checkpoint`, 'delete from event where sequence <= 4');
    expect(await verify()).toMatchObject({ intact: false });
  });
});
