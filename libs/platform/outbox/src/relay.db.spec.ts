import { newId } from '@berth/kernel';
import type { Tx } from '@berth/platform/database';
import { SetClock, silentOutbox, silentRelay, useDatabase } from '@berth/platform/testing';
import type { LogEntry } from './event-log';
import type { Subscriber } from './subscriber';

const noon = new Date('2026-12-07T12:00:00Z');

describe('A subscriber', () => {
  const db = useDatabase();
  const clock = new SetClock(noon);
  const actor = { organizationId: db.organizationId, accountId: newId(), requestId: 'r' };
  const tell = (...types: string[]) =>
    db.database.transaction(actor, (tx) =>
      silentOutbox().append(tx, actor, ...types.map((type) => ({ type, subject: { kind: 'resources', id: newId() }, data: {} }))),
    );
  const sequence = () => db.database.system.sql`select sequence_events(1000)`;
  const parked = () => db.asOwner<{ event_type: string; error: string }>('select event_type, error from event_parked order by sequence');

  /** One that writes down what it hears, in the transaction it is handed over in. */
  function listening({
    name = newId(),
    hears = ['*'],
    heeds,
    fails = () => false,
  }: Partial<Subscriber> & { fails?: (it: LogEntry) => boolean } = {}) {
    const subscriber: Subscriber = {
      ...{ name, hears, ...(heeds && { heeds }) },
      receive: async (tx: Tx, events) => {
        for (const it of events) await tx.sql`insert into heard values (${name}, ${it.type})`;
        if (events.some(fails)) throw new Error('indigestible');
      },
    };
    const relay = silentRelay(db.database, clock);
    relay.add(subscriber);
    const heard = async () =>
      (await db.asOwner<{ type: string }>(`select type from heard where name = $1 order by n`, [name])).map((it) => it.type);
    return { relay, heard, name, again: () => listening({ name, hears, fails }) };
  }

  beforeAll(async () => {
    await db.asOwner('create table heard (name text, type text, n int generated always as identity)');
    await db.asOwner('grant all on heard to berth_system');
  });
  beforeEach(async () => {
    clock.set(noon);
    await db.asOwner('delete from event_parked');
  });

  it('begins at the head of the log, and hears what comes then, once and in order', async () => {
    const it = listening();
    await tell('resource.created');
    await sequence();
    await it.relay.drain();
    await tell('resource.updated', 'site.created');
    await tell('resource.archived');
    await sequence();
    await it.relay.drain();
    await it.relay.drain();

    expect(await it.heard()).toEqual(['resource.updated', 'site.created', 'resource.archived']);
  });

  it('passes over what it has no use for at the moment', async () => {
    let heeded: readonly string[] = [];
    const it = listening({ hears: ['site.*', 'floor.*'], heeds: () => Promise.resolve(heeded) });
    await it.relay.drain();
    await tell('site.created', 'floor.created');
    await sequence();
    await it.relay.drain();
    heeded = ['floor.*'];
    await tell('site.updated', 'floor.updated');
    await sequence();
    await it.relay.drain();

    expect(await it.heard()).toEqual(['floor.updated']);
  });

  it('hears only what it asked for, by type or by object', async () => {
    const it = listening({ hears: ['site.*', 'resource.updated'] });
    await it.relay.drain();
    await tell('resource.created', 'resource.updated', 'site.created', 'site.updated', 'sites.created');
    await sequence();
    await it.relay.drain();

    expect(await it.heard()).toEqual(['resource.updated', 'site.created', 'site.updated']);
  });

  it('is served by one at a time, however many processes there are', async () => {
    const it = listening();
    await it.relay.drain();
    const types = Array.from({ length: 500 }, (_, n) => `resource.n${n}`);
    await tell(...types);
    await sequence();
    const others = Array.from({ length: 5 }, () => it.again());
    await Promise.all([it, ...others].map((each) => each.relay.drain()));

    expect(await it.heard()).toEqual(types);
  });

  it('goes on without an event it fails at, after five tries, and keeps nothing of the failures', async () => {
    const it = listening({ fails: (event) => event.type === 'resource.poison' });
    await it.relay.drain();
    await tell('resource.created', 'resource.poison', 'resource.updated');
    await sequence();

    await it.relay.drain();
    expect(await it.heard()).toEqual([]);
    for (let tries = 0; tries < 5; tries++) {
      clock.forward(1);
      expect(await parked()).toEqual([]);
      await it.relay.drain();
    }

    expect(await it.heard()).toEqual(['resource.created', 'resource.updated']);
    expect(await parked()).toEqual([{ event_type: 'resource.poison', error: 'indigestible' }]);
  });

  it('is handed a span again, which takes an event that was parked back, and nothing of what was not asked for', async () => {
    let isIll = true;
    const it = listening({ hears: ['resource.*'], fails: (event) => isIll && event.type === 'resource.poison' });
    await it.relay.drain();
    await tell('resource.before', 'resource.poison', 'site.created', 'resource.after', 'resource.last');
    await sequence();
    for (let tries = 0; tries < 7; tries++, clock.forward(1)) await it.relay.drain();
    const [poison] = await db.asOwner<{ sequence: number }>(
      `select sequence::int from event where type = 'resource.poison' order by 1 desc`,
    );
    const replay = () =>
      db.asOwner(`insert into event_replay (id, org_id, reader, after, until, created_at) values ($1, $2, $3, $4, $5, now())`, [
        ...[newId(), db.organizationId, it.name, poison!.sequence - 1, poison!.sequence + 2],
      ]);

    await replay();
    await it.relay.drain();
    expect(await parked()).toHaveLength(1);
    isIll = false;
    await replay();
    await it.relay.drain();

    const once = ['resource.before', 'resource.after', 'resource.last'];
    expect(await it.heard()).toEqual([...once, 'resource.after', 'resource.poison', 'resource.after']);
    expect(await parked()).toEqual([]);
    expect(await db.asOwner('select from event_replay')).toEqual([]);
  });

  it('that fails delays no other', async () => {
    const [broken, sound] = [listening({ fails: () => true }), listening()];
    await broken.relay.drain();
    await sound.relay.drain();
    await tell('resource.created');
    await sequence();
    await broken.relay.drain();
    await sound.relay.drain();

    expect([await broken.heard(), await sound.heard()]).toEqual([[], ['resource.created']]);
  });
});
