import { newId } from '@berth/kernel';
import { MailTransport, PublicLinks } from '@berth/platform/mail';
import type { Config } from '@berth/platform/runtime';
import { SetClock, useDatabase } from '@berth/platform/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SystemHealth } from './system-health';

describe('The health of the system', () => {
  const db = useDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'berth-health-'));
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
  beforeEach(() => db.asOwner('truncate event'));

  const look = async (config: Partial<Config> = {}, now = new Date()) => {
    const all: Config = {
      host: '127.0.0.1',
      port: 3000,
      dataDir,
      databaseUrl: db.url,
      secretKey: undefined,
      roles: new Set(['api', 'worker']),
      ...config,
    } as Config;
    const mail = new MailTransport(all, new PublicLinks(all));
    const findings = await new SystemHealth(db.database, new SetClock(now), all, mail).look();
    mail.onModuleDestroy();
    return new Map(findings.map((it) => [it.part, it]));
  };
  const anEvent = (secondsAgo: number) =>
    db.asOwner(
      `insert into event (id, org_id, type, subject_kind, subject_id, data, at) values ($1, $2, 'x', 'x', $1, '{}', clock_timestamp() - $3 * interval '1 s')`,
      [newId(), db.organizationId, secondsAgo],
    );

  it('says of each part what was seen, and of what is not there that it is not used', async () => {
    const found = await look();

    expect([...found.keys()]).toEqual(['database', 'cache', 'mail', 'live', 'readers', 'queues', 'clock', 'storage']);
    expect(found.get('database')?.facts).toMatchObject({ version: expect.stringMatching(/^\d+/), embedded: false });
    expect([found.get('cache')?.state, found.get('mail')?.state]).toEqual(['unused', 'unused']);
    expect(found.get('storage')).toMatchObject({ state: expect.stringMatching(/ok|warning/), facts: { directory: dataDir } });
  });

  it('tells a log nobody places in order from one that is a moment behind', async () => {
    await anEvent(1);
    expect((await look()).get('live')).toMatchObject({ state: 'ok', code: 'live-delivers' });
    await anEvent(3_600);

    expect((await look()).get('live')).toMatchObject({ state: 'failed', code: 'live-late', facts: { waiting: 2 } });
    expect((await look({ roles: new Set(['api']) })).get('live')).toMatchObject({ state: 'failed', code: 'live-no-worker' });
  });

  it('says when a reader of the log goes on without an event, how long the queues are, and that Redis is away', async () => {
    await db.asOwner(
      `insert into work_queue (name, due, redis, looked_at) values ('mail', 3, 'away', clock_timestamp()), ('old', 9, 'away', '2026-01-01')`,
    );
    let found = await look({ redisUrl: 'redis://127.0.0.1:9' });
    expect(found.get('readers')).toMatchObject({ state: 'ok', code: 'readers-follow', facts: { parked: 0 } });
    expect(found.get('queues')).toEqual({ part: 'queues', state: 'ok', code: 'queues-work', facts: { due: 3, mail: 3 } });
    expect(found.get('cache')).toMatchObject({ state: 'warning', code: 'cache-away' });

    await db.asOwner(
      `insert into event_parked (org_id, reader, sequence, event_id, event_type, error, parked_at) values ($1, 'waitlist', 1, $1, 'x', 'x', now())`,
      [db.organizationId],
    );
    found = await look();
    expect(found.get('readers')).toMatchObject({ state: 'failed', code: 'readers-parked', facts: { parked: 1 } });
    expect(found.get('cache')?.code).toBe('cache-not-needed');
  });

  it('says that nobody answers where mail is to leave by', async () => {
    // Port 9 discards, where anybody listens there at all; nobody greets.
    const found = await look({ smtpUrl: 'smtp://127.0.0.1:9?greetingTimeout=500' });

    expect(found.get('mail')).toMatchObject({ state: 'failed', code: 'mail-not-reached', facts: { server: '127.0.0.1:9', waiting: 0 } });
  });

  it('notices a clock that is an hour away from the database’s', async () => {
    expect((await look({}, new Date(Date.now() - 3_600_000))).get('clock')).toMatchObject({ state: 'warning', code: 'clock-apart' });
  });

  it('names the directory that cannot be written, and needs none where nothing is kept there', async () => {
    const gone = join(dataDir, 'gone');

    expect((await look({ dataDir: gone })).get('storage')).toEqual({
      ...{ part: 'storage', state: 'failed', code: 'storage-not-writable' },
      facts: { directory: gone, reason: 'ENOENT' },
    });
    expect((await look({ dataDir: gone, secretKey: Buffer.alloc(32) })).get('storage')?.state).toBe('unused');
  });
});
