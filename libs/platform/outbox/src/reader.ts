import { Database, type Tx } from '@berth/platform/database';
import type { Clock } from '@berth/platform/runtime';
import type { Logger } from 'pino';
import { type EventLog, type LogEntry } from './event-log';
import type { Subscriber } from './subscriber';

/** Events one transaction hands over. */
const BATCH = 200;
/** The furthest one transaction looks: most events are of no interest and only passed over. */
const SPAN = 20_000;
/** Between the tries of an event; after the one that follows the last pause it is parked. */
const PAUSES_MS = [1_000, 2_000, 5_000, 10_000];

interface Place {
  readonly position: number;
  readonly tries: number;
  readonly singly_until: number;
  readonly head: number;
}

/** A span of one organization's log that is handed over again. */
interface Replayed {
  readonly id: string;
  readonly org_id: string;
  readonly after: number;
  readonly until: number;
  readonly singly: boolean;
}

/** What was handed over when it went wrong. */
interface Handed {
  readonly position: number;
  readonly tries: number;
  readonly events: readonly LogEntry[];
}

/**
 * Reads the log for one subscriber. Who has the row of the reader locked reads, in whatever process; others pass. After a
 * batch has failed its events are taken one by one, and one that fails again and again is parked, so that the rest goes on.
 */
export class Reader {
  constructor(
    private readonly database: Database,
    private readonly events: EventLog,
    private readonly clock: Clock,
    private readonly log: Logger,
    private readonly subscriber: Subscriber,
  ) {}

  /** Finds its place: of a subscriber that is new, the head of the log. */
  async begin(): Promise<void> {
    await this.database.system.sql`
      insert into event_reader (name, position) select ${this.subscriber.name}, position from event_log_head on conflict do nothing`;
  }

  /**
   * Hands over what is due. Looked for without a transaction first: most of the time there is nothing.
   * @returns whether there may be more
   */
  async round(): Promise<boolean> {
    const [due] = await this.database.system.sql<{ isUnread: boolean; isReplayed: boolean }>`
      select r.position < h.position and (r.next_try_at is null or r.next_try_at <= ${this.clock.now()}) as "isUnread",
             exists (select from event_replay p where p.reader = r.name) as "isReplayed"
      from event_reader r cross join event_log_head h
      where r.name = ${this.subscriber.name}`;
    if (due?.isUnread && (await this.read())) return true;
    return due?.isReplayed === true && this.replay();
  }

  /** @returns whether there is more to be read at once */
  private async read(): Promise<boolean> {
    const seen: { handed?: Handed } = {};
    const hand = async (tx: Tx, handed: Handed): Promise<void> => {
      seen.handed = handed;
      if (handed.events.length > 0) await this.subscriber.receive(tx, handed.events);
    };
    try {
      return await this.database.systemTransaction((tx) => this.batch(tx, hand));
    } catch (error) {
      if (!seen.handed || isOfTheDatabase(error)) throw error;
      await this.stumbled(seen.handed, error);
      return true;
    }
  }

  /** Hands over what somebody asked to be handed over again. @returns whether there may be more */
  private async replay(): Promise<boolean> {
    const seen: { span?: Replayed; events?: readonly LogEntry[] } = {};
    try {
      return await this.database.systemTransaction(async (tx) => {
        const [span] = await tx.sql<Replayed>`
          select p.id, p.org_id, p.after, p.until, p.singly from event_replay p join event_reader r on r.name = p.reader
          where p.reader = ${this.subscriber.name}
          order by p.created_at, p.id
          limit 1
          for update skip locked`;
        if (!span) return false;
        const limit = span.singly ? 1 : BATCH;
        const events = await this.events.heardAgain(tx, span.org_id, this.subscriber.hears, span, limit);
        Object.assign(seen, { span, events });
        if (events.length > 0) await this.subscriber.receive(tx, events);
        await tx.sql`delete from event_parked where reader = ${this.subscriber.name} and event_id = any(${events.map((it) => it.id)}::uuid[])`;
        await handedAgain(tx, span, events.length === limit ? events.at(-1) : undefined);
        return true;
      });
    } catch (error) {
      if (!seen.span || !seen.events || isOfTheDatabase(error)) throw error;
      await this.failedAgain(seen.span, seen.events, error);
      return true;
    }
  }

  /** What fails when it is handed over again is taken one by one, and parked at the first failure. */
  private async failedAgain(span: Replayed, events: readonly LogEntry[], error: unknown): Promise<void> {
    const [event] = events;
    await this.database.systemTransaction(async (tx) => {
      if (!span.singly || !event) await tx.sql`update event_replay set singly = true where id = ${span.id}`;
      else {
        await this.keepParked(tx, event, reasonOf(error));
        await handedAgain(tx, span, event);
      }
    });
    this.log.warn({ reader: this.subscriber.name, event: event?.id, error }, 'a replay of the log stumbled; it goes on');
  }

  private async batch(tx: Tx, hand: (tx: Tx, handed: Handed) => Promise<void>): Promise<boolean> {
    const [place] = await tx.sql<Place>`
      select r.position, r.tries, r.singly_until, h.position as head from event_reader r cross join event_log_head h
      where r.name = ${this.subscriber.name} and r.position < h.position and (r.next_try_at is null or r.next_try_at <= ${this.clock.now()})
      for update of r skip locked`;
    if (!place) return false;
    const limit = place.position < place.singly_until ? 1 : BATCH;
    const furthest = Math.min(place.head, place.position + SPAN);
    const heeded = (await this.subscriber.heeds?.(tx)) ?? this.subscriber.hears;
    const events = heeded.length === 0 ? [] : await this.events.heard(tx, heeded, { after: place.position, until: furthest }, limit);
    const last = events.length === limit ? (events.at(-1)?.logPosition ?? furthest) : furthest;
    await hand(tx, { ...place, events });
    await tx.sql`
      update event_reader set position = ${last}, tries = 0, next_try_at = null, error = null where name = ${this.subscriber.name}`;
    return last < place.head;
  }

  private async stumbled({ position, tries, events }: Handed, error: unknown): Promise<void> {
    const { name } = this.subscriber;
    const [event] = events;
    const reason = reasonOf(error);
    const pause = events.length === 1 ? PAUSES_MS[tries] : PAUSES_MS[0];
    if (!event || pause !== undefined) {
      const nextTryAt = new Date(this.clock.now().getTime() + (pause ?? 0));
      await this.database.system.sql`
        update event_reader
        set tries = ${events.length === 1 ? tries + 1 : 0}, next_try_at = ${nextTryAt}, error = ${reason}, singly_until = ${events.at(-1)?.logPosition ?? 0}
        where name = ${name} and position = ${position}`;
      this.log.warn(
        { reader: name, event: event?.id, events: events.length, tries: tries + 1, error },
        'a reader of the log stumbled; it tries again',
      );
      return;
    }
    await this.database.systemTransaction((tx) => this.park(tx, position, event, reason));
    this.log.error({ reader: name, event: event.id, type: event.type, error }, 'an event was parked; the reader goes on without it');
  }

  private async park(tx: Tx, position: number, event: LogEntry, reason: string): Promise<void> {
    const { name } = this.subscriber;
    const moved = await tx.sql`
      update event_reader set position = ${event.logPosition}, tries = 0, next_try_at = null, error = null
      where name = ${name} and position = ${position}
      returning name`;
    if (moved.length === 0) return;
    await this.keepParked(tx, event, reason);
  }

  private async keepParked(tx: Tx, event: LogEntry, reason: string): Promise<void> {
    await tx.sql`
      insert into event_parked (org_id, reader, sequence, event_id, event_type, error, parked_at)
      values (${event.organizationId}, ${this.subscriber.name}, ${event.sequence}, ${event.id}, ${event.type}, ${reason}, ${this.clock.now()})
      on conflict on constraint event_parked_once do update set error = excluded.error, parked_at = excluded.parked_at`;
  }
}

/** Goes on after an event, or ends where none is left. */
async function handedAgain(tx: Tx, { id, until }: Replayed, last: LogEntry | undefined): Promise<void> {
  if (!last || last.sequence >= until) await tx.sql`delete from event_replay where id = ${id}`;
  else await tx.sql`update event_replay set after = ${last.sequence} where id = ${id}`;
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The database went away or is overwhelmed: no fault of an event. */
function isOfTheDatabase(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string };
  return (
    /^(08|53|57P0)|^E[A-Z]+$/.test(code ?? '') || /^Connection terminated|^Client has encountered a connection error/.test(message ?? '')
  );
}
