import type { Database } from '@berth/platform/database';
import { type Bell, EventLog, Outbox, Relay } from '@berth/platform/outbox';
import { type Clock, Schedule } from '@berth/platform/runtime';
import { pino } from 'pino';

const silentBell = { ring: () => undefined, on: () => () => undefined } as unknown as Bell;

/** Appends events and wakes nobody. */
export const silentOutbox = (): Outbox => new Outbox(silentBell);

/** Hands over what is in the log when it is told to `drain`. */
export const silentRelay = (database: Database, clock: Clock): Relay =>
  new Relay(database, new EventLog(database), silentBell, clock, pino({ level: 'silent' }));

/** Takes what is to be done again and again, and never does it: specs do it themselves. */
export const silentSchedule = (): Schedule => new Schedule(pino({ level: 'silent' }));
