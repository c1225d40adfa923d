import { catalogueEvent, Problem } from '@berth/contracts';
import { formatInstant, newId } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock, Secrets } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';

/** A person has no more browsers than this. */
const MOST = 20;

/** A browser that shows notifications. */
export interface PushSubscription {
  readonly id: string;
  readonly userAgent: string | null;
  readonly createdAt: string;
  readonly lastSentAt: string | null;
}

/** Public key and secret of a browser, as base64url (RFC 8291 §2.1). */
export interface PushKeysOfBrowser {
  readonly p256dh: string;
  readonly auth: string;
}

export interface NewPushSubscription {
  readonly endpoint: string;
  readonly keys: PushKeysOfBrowser;
  readonly userAgent: string | null;
}

interface Row {
  id: string;
  user_agent: string | null;
  created_at: Date;
  last_sent_at: Date | null;
}

export const keysPlace = (id: string): string => `push_subscription/${id}/keys`;

/** One's own browsers. */
@Injectable()
export class PushSubscriptions {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async own(actor: Actor): Promise<PushSubscription[]> {
    const rows = await this.database.of(actor.organizationId).sql<Row>`
      select id, user_agent, created_at, last_sent_at from push_subscription
      where org_id = ${actor.organizationId} and account_id = ${actor.accountId}
      order by created_at, id`;
    return rows.map(toSubscription);
  }

  /** Takes a browser in; one that is known becomes the actor's, with the keys it has now. The oldest gives way to more than 20. */
  add(actor: Actor, { endpoint, keys, userAgent }: NewPushSubscription): Promise<PushSubscription> {
    return this.database.transaction(actor, async (tx) => {
      const id = newId();
      const now = this.clock.now();
      await tx.sql`delete from push_subscription where org_id = ${actor.organizationId} and endpoint = ${endpoint}`;
      const [row] = await tx.sql<Row>`
        insert into push_subscription (id, org_id, account_id, endpoint, keys_sealed, user_agent, created_at)
        values (${id}, ${actor.organizationId}, ${actor.accountId}, ${endpoint}, ${this.secrets.seal(JSON.stringify(keys), keysPlace(id))}, ${userAgent?.slice(0, 300) ?? null}, ${now})
        returning id, user_agent, created_at, last_sent_at`;
      await tx.sql`
        delete from push_subscription where id in (
          select id from push_subscription where org_id = ${actor.organizationId} and account_id = ${actor.accountId}
          order by created_at desc, id desc offset ${MOST})`;
      await this.outbox.append(tx, actor, catalogueEvent('user.updated', { id: actor.accountId, after: { pushSubscription: id } }));
      return toSubscription(row!);
    });
  }

  /** @throws Problem `not-found` */
  remove(actor: Actor, id: string): Promise<void> {
    return this.database.transaction(actor, async (tx) => {
      const gone = await tx.sql`
        delete from push_subscription where org_id = ${actor.organizationId} and account_id = ${actor.accountId} and id = ${id} returning id`;
      if (gone.length === 0) throw new Problem('not-found');
      await this.outbox.append(tx, actor, catalogueEvent('user.updated', { id: actor.accountId, before: { pushSubscription: id } }));
    });
  }
}

const toSubscription = (row: Row): PushSubscription => ({
  id: row.id,
  userAgent: row.user_agent,
  createdAt: formatInstant(row.created_at),
  lastSentAt: row.last_sent_at && formatInstant(row.last_sent_at),
});
