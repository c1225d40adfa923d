import { newId } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { SetClock, silentOutbox, silentRelay, useDatabase } from '@berth/platform/testing';
import { ReadersQueries } from './readers.queries';
import { ReplayEvents } from './replay-events';

const db = useDatabase();
const clock = new SetClock(new Date('2026-12-07T12:00:00Z'));
const actor = { organizationId: db.organizationId, accountId: newId(), requestId: 'r' } as Actor;

describe('A replay of the event log', () => {
  it('is handed to the reader it was asked for, up to what was there, and leaves a trace', async () => {
    const heard: string[] = [];
    const relay = silentRelay(db.database, clock);
    relay.add({ name: 'mirror', hears: ['resource.*'], receive: async (_tx, events) => void heard.push(...events.map((it) => it.type)) });
    const replay = new ReplayEvents(db.database, silentOutbox(), clock);
    const readers = new ReadersQueries(db.database);
    await relay.drain();
    await db.database.transaction(actor, (tx) =>
      silentOutbox().append(
        tx,
        actor,
        ...['resource.created', 'resource.updated'].map((type) => ({ type, subject: { kind: 'resources', id: newId() }, data: {} })),
      ),
    );
    await db.database.system.sql`select sequence_events(10)`;
    await relay.drain();

    expect(await replay.execute(actor, 'mirror', 1, 50)).toEqual({ reader: 'mirror', after: 1, until: 2 });
    expect(await replay.execute(actor, 'mirror', 2)).toEqual({ reader: 'mirror', after: 2, until: 2 });
    expect((await readers.all(actor)).find((it) => it.name === 'mirror')).toMatchObject({ behind: 0, replays: 1, parked: [] });
    await relay.drain();

    expect(heard).toEqual(['resource.created', 'resource.updated', 'resource.updated']);
    expect(await db.asOwner(`select from event where type = 'event_log.replayed'`)).toHaveLength(1);
    await expect(replay.execute(actor, 'nobody', 0)).rejects.toMatchObject({ code: 'not-found' });
  });
});
