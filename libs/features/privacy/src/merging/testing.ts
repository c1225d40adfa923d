import { type AccessTokens, Sessions } from '@berth/platform/auth';
import { Secrets } from '@berth/platform/runtime';
import { silentOutbox, type TestDatabase } from '@berth/platform/testing';
import { peopleOn } from '@berth/people/testing';
import { GoOver } from '@berth/reservations';
import { reservationsOn } from '@berth/reservations/testing';
import { MergePeople } from './merge-people';

/** The real use case on the real database, with a mail server that keeps what it gets; only the clock is set. */
export function mergesOn(db: TestDatabase) {
  const on = reservationsOn(db);
  const people = peopleOn(db);
  let made: MergePeople | undefined;
  return {
    on,
    people,
    get merging(): MergePeople {
      const sessions = () => new Sessions(db.database, {} as AccessTokens, silentOutbox(), new Secrets(Buffer.alloc(32)), on.clock);
      const goOver = () => new GoOver(on.assignments.handOver, silentOutbox(), on.clock);
      made ??= new MergePeople(db.database, goOver(), on.hold, sessions(), people.does.news, silentOutbox(), on.clock);
      return made;
    },
  };
}
