import { silentOutbox, silentRelay } from '@berth/platform/testing';
import type { TestDatabase } from '@berth/platform/testing';
import { reservationsOn } from '@berth/reservations/testing';
import { AnswerOffer } from './answer-offer';
import { JoinWaitlist } from './join-waitlist';
import { Offer } from './offer';
import { Openings } from './openings.subscriber';
import { ServeQueue } from './serve-queue';
import { SettleOffers } from './settle-offers';
import { WaitlistQueries } from './waitlist.queries';

/** The waitlist and what it stands on, on a test's database; a worker does what `round` does, again and again. */
export function waitlistOn(db: TestDatabase) {
  const on = reservationsOn(db);
  const outbox = silentOutbox();
  const made = () => {
    const { database } = db;
    const queries = new WaitlistQueries(database, on.catalogue);
    const worker = () => {
      const offer = new Offer(database, on.allocation, on.series.fill, on.busyTime, on.catalogue, queries, outbox, on.clock);
      const [settle, serve] = [new SettleOffers(database, outbox, on.clock), new ServeQueue(database, offer, on.clock)];
      const relay = silentRelay(database, on.clock);
      new Openings(relay, on.clock);
      return {
        serve,
        settle,
        async round(): Promise<void> {
          await on.sweeper.sweep();
          await settle.execute();
          await sequenced(db);
          await relay.drain();
          await serve.execute();
        },
      };
    };
    return {
      queries,
      worker,
      join: new JoinWaitlist(database, on.catalogue, queries, on.waiting, on.clock),
      answer: new AnswerOffer(database, on.allocation, on.series.fill, on.hold, on.catalogue, queries, outbox, on.clock),
    };
  };
  let parts: ReturnType<typeof made> | undefined;
  const part = () => (parts ??= made());
  return {
    on,
    get join() {
      return part().join;
    },
    get answer() {
      return part().answer;
    },
    get queries() {
      return part().queries;
    },
    worker: () => part().worker(),
  };
}

/**
 * Gives every event its place in the log. The sequencer leaves those for the next time that are not yet behind every
 * transaction of the server, and a server has some of its own, such as an autovacuum.
 */
async function sequenced(db: TestDatabase): Promise<void> {
  for (;;) {
    await db.database.system.sql`select sequence_events(1000)`;
    const [waiting] = await db.database.system.sql`select from event where sequence is null limit 1`;
    if (!waiting) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
