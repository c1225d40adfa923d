import { newId } from '@berth/kernel';
import type { Tx } from '@berth/platform/database';
import { type LogEntry, Relay, type Subscriber } from '@berth/platform/outbox';
import { Queue } from '@berth/platform/queue';
import { Clock } from '@berth/platform/runtime';
import { ResourceCatalogue, type ResourceTerms } from '@berth/resources';
import { Injectable } from '@nestjs/common';
import { isInScope } from '../endpoints/scope';
import { settingsOf, type WebhookRow } from '../endpoints/webhook.queries';
import { offeredEvents, takes } from '../message/event-catalogue';
import { bodyOf, type Facts, thinFacts } from '../message/message';
import { forProvisioners } from '../provisioning/provisioning-data.queries';
import { type Concern, resourcesOf, shyPeopleOf, tellable, Viewers, whereaboutsOf } from './audience';
import { insertDeliveries, type NewDelivery } from './delivery.store';
import { QUEUE } from './send-delivery';

type Listener = Omit<WebhookRow, 'headers_sealed'>;

/** Writes down what each webhook is to be told; sending it is what that makes due. */
@Injectable()
export class Deliveries implements Subscriber {
  readonly name = 'webhooks';
  readonly hears = offeredEvents.map((it) => it.type);

  constructor(
    relay: Relay,
    private readonly queue: Queue,
    private readonly catalogue: ResourceCatalogue,
    private readonly clock: Clock,
  ) {
    relay.add(this);
  }

  async heeds(tx: Tx): Promise<readonly string[]> {
    const [any] = await tx.sql`select id from webhook where state = 'active' limit 1`;
    return any ? this.hears : [];
  }

  async receive(tx: Tx, events: readonly LogEntry[]): Promise<void> {
    const now = this.clock.now();
    const organizations = [...new Set(events.map((it) => it.organizationId))];
    const listeners = await tx.sql<Listener>`
      select id, org_id, name, url, state, disabled_reason, events, scope_kind, scope_ids, scope_descendants, payload, header_names, responsible_id,
             failing_since, version, created_at
      from webhook where org_id = any(${organizations}::uuid[]) and state = 'active' order by id for key share`;
    if (listeners.length === 0) return;
    const viewers = new Viewers(tx, now);
    const deliveries: NewDelivery[] = [];
    for (const organizationId of organizations) {
      const own = listeners.filter((it) => it.org_id === organizationId);
      const heard = events.filter((it) => it.organizationId === organizationId && own.some((one) => takes(one.events, it.type)));
      const terms: ReadonlyMap<string, ResourceTerms> =
        heard.length === 0 ? new Map() : await this.catalogue.termsOfMany(organizationId, heard.flatMap(resourcesOf));
      const closed = await privateOnes(tx, heard);
      const shy = await shyPeopleOf(tx, organizationId, heard);
      for (const entry of heard) {
        const known = resourcesOf(entry).flatMap((it) => terms.get(it) ?? []);
        const concern = { terms: known, isPrivate: closed.has(entry.subject), shy: shy.get(entry.id) ?? [] };
        deliveries.push(...(await this.tell(tx, viewers, own, entry, concern)));
      }
    }
    await insertDeliveries(tx, deliveries, now);
    if (deliveries.length > 0) tx.afterCommit(() => this.queue.wake(QUEUE));
  }

  private async tell(tx: Tx, viewers: Viewers, listeners: readonly Listener[], entry: LogEntry, concern: Concern): Promise<NewDelivery[]> {
    const where = whereaboutsOf(entry, concern.terms);
    const made: NewDelivery[] = [];
    for (const listener of listeners) {
      const { events, scope, payload } = settingsOf(listener);
      if (!takes(events, entry.type) || !isInScope(scope, where)) continue;
      const viewer = await viewers.of(listener.org_id, listener.responsible_id);
      const told = tellable(viewer, entry, concern);
      if (told === 'hidden') continue;
      const thin = thinFacts(entry, entry.data as Facts);
      const full = payload === 'thin' || told === undefined ? [] : [told];
      const provisioning = payload === 'provisioning' && full.length > 0 ? await forProvisioners(tx, viewer, entry) : [];
      const candidates = [...provisioning.map((it) => ({ ...told, ...it })), ...full, thin];
      made.push({ ...addressed(listener, entry), body: bodyOf(entry, candidates) });
    }
    return made;
  }
}

function addressed(listener: Listener, entry: LogEntry): Omit<NewDelivery, 'body'> {
  const { id: eventId, type: eventType, subject, sequence, organizationId } = entry;
  return {
    ...{ id: newId(), organizationId, webhookId: listener.id, eventId, eventType, subject, sequence },
    ...{ resourceIds: resourcesOf(entry), accountId: personOf(entry), traceparent: entry.traceparent },
  };
}

/** Subjects of the reservations and series among them that keep back what they are for. */
async function privateOnes(tx: Tx, entries: readonly LogEntry[]): Promise<ReadonlySet<string>> {
  const ids = (kind: string): string[] =>
    entries.flatMap(({ subject }) => (subject.startsWith(`${kind}/`) ? [subject.slice(kind.length + 1)] : []));
  const rows = await tx.sql<{ subject: string }>`
    select 'reservations/' || id as subject from reservation where id = any(${ids('reservations')}::uuid[]) and private
    union all
    select 'series/' || id from series where id = any(${ids('series')}::uuid[]) and private`;
  return new Set(rows.map((it) => it.subject));
}

/** The person an event is about, so that what was told of them goes when they do. */
function personOf({ subject, data }: LogEntry): string | null {
  const { organizerId, accountId } = data as Facts;
  const [kind, id = ''] = subject.split('/');
  const person = organizerId ?? accountId ?? (kind === 'users' ? id : null);
  return typeof person === 'string' ? person : null;
}
