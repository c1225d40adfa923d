import { type Permission, Problem, type ToldEvent } from '@berth/contracts';
import { type Actor, may } from '@berth/platform/auth';
import { EventLog, type LogEntry } from '@berth/platform/outbox';
import { Topics } from '@berth/platform/realtime';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';

const KEPT_DAYS = 30;

/** An event as CloudEvents 1.0 has it, with its place in the log of the organization. */
export interface PublicEvent extends ToldEvent {
  readonly specversion: '1.0';
  readonly datacontenttype: 'application/json';
  /** W3C trace context of the request that did it. */
  readonly traceparent: string | null;
}

/** A part of the log. */
export interface EventsPage {
  readonly data: readonly PublicEvent[];
  /** Sequence of the last event that was looked at, shown or not: what to go on after. */
  readonly last: number;
  readonly hasMore: boolean;
}

/** What one has to be able to read to hear of a kind of thing; of the rest only the audit log tells. */
const heardWith: Readonly<Record<string, Permission>> = {
  organizations: 'organization:read',
  sites: 'place:read',
  floors: 'place:read',
  rooms: 'place:read',
  'resource-types': 'resource:read',
  resources: 'resource:read',
  blackouts: 'resource:read',
  reservations: 'reservation:read',
  series: 'reservation:read',
  waitlist: 'reservation:read',
  jobs: 'reservation:read',
  imports: 'reservation:read',
  users: 'user:read',
  invitations: 'user:read',
  groups: 'group:read',
  roles: 'role:read',
};

/** Reads the event log for programs. What they see of an event is what they would see of it live. */
@Injectable()
export class EventsQueries {
  constructor(
    private readonly log: EventLog,
    private readonly topics: Topics,
    private readonly clock: Clock,
  ) {}

  /**
   * Events of the actor's organization in order.
   * @param after sequence of the last event known; undefined begins with the oldest that is kept
   * @throws Problem `events-forgotten` when some after it are no longer kept
   */
  async page(actor: Actor, after: number | undefined, limit: number): Promise<EventsPage> {
    const oldest = await this.log.firstSince(actor.organizationId, new Date(this.clock.now().getTime() - KEPT_DAYS * 86_400_000));
    if (after !== undefined && after < oldest - 1) throw new Problem('events-forgotten', { detail: `The oldest kept is ${oldest}.` });
    const from = after ?? oldest - 1;
    const found = await this.log.since(actor.organizationId, from, limit + 1);
    const entries = found.slice(0, limit);
    const shown = await Promise.all(entries.map((it) => this.show(actor, it)));
    return {
      data: shown.filter((it) => it !== undefined),
      last: entries.at(-1)?.sequence ?? from,
      hasMore: found.length > limit,
    };
  }

  private async show(actor: Actor, entry: LogEntry): Promise<PublicEvent | undefined> {
    const kind = entry.subject.slice(0, entry.subject.indexOf('/'));
    if (!may(actor, heardWith[kind] ?? 'audit:read')) return undefined;
    const data = await this.topics.dataFor(actor, entry);
    if (data === undefined) return undefined;
    const { id, type, source, subject, time, organizationId, sequence, traceparent } = entry;
    const isKnown = entry.actor === actor.accountId || (may(actor, 'user:read') && !keepsBackActor(entry, data));
    return {
      ...{ specversion: '1.0', id, type, source, subject, time, datacontenttype: 'application/json', data },
      ...{ organizationId, sequence, actor: isKnown ? entry.actor : null, traceparent },
    };
  }
}

/** Whether who did it is a person of a reservation of whom the reader is not told. */
const keepsBackActor = (entry: LogEntry, told: object): boolean =>
  (['organizerId', 'bookedById'] as const).some((it) => {
    const [fact, shown] = [entry.data, told].map((facts) => (facts as Partial<Record<typeof it, string>>)[it]);
    return fact !== undefined && fact === entry.actor && shown === undefined;
  });
