import { Problem } from '@berth/contracts';
import { formatInstant, isId, pageOf, type Page } from '@berth/kernel';
import { type Actor, may } from '@berth/platform/auth';
import { Database, join, type Sql, sql } from '@berth/platform/database';
import { cursorOf, type ListQuery } from '@berth/platform/http';
import { Injectable } from '@nestjs/common';
import { neededForAll } from '../message/event-catalogue';
import { type Payload, thinned } from '../message/message';

export const deliveryStates = ['pending', 'delivered', 'failed', 'exhausted'] as const;
/** `failed` is tried again; `exhausted` is not. */
export type DeliveryState = (typeof deliveryStates)[number];

/** One event for one webhook. */
export interface Delivery {
  readonly id: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly subject: string;
  readonly sequence: number;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly lastStatus: number | null;
  readonly lastFailure: string | null;
  readonly lastDurationMs: number | null;
  readonly createdAt: string;
  readonly nextAttemptAt: string | null;
  readonly deliveredAt: string | null;
  readonly isReplay: boolean;
}

/** What was sent and what came back. */
export interface Attempt {
  readonly at: string;
  readonly durationMs: number;
  readonly status: number | null;
  readonly failure: { readonly reason: string; readonly detail: string } | null;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: string;
  readonly answer: string | null;
}

/** As many deliveries are looked at for a change; of older ones a new attempt is noticed all the same. */
const NEWEST = 100;

export interface DeliveryFilter {
  readonly state?: readonly string[];
  readonly event?: readonly string[];
  readonly resourceId?: string;
  readonly from?: Date;
  readonly to?: Date;
}

interface DeliveryRow {
  id: string;
  event_id: string;
  event_type: string;
  subject: string;
  sequence: number;
  state: DeliveryState;
  attempts: number;
  last_status: number | null;
  last_failure: string | null;
  last_duration_ms: number | null;
  created_at: Date;
  next_attempt_at: Date | null;
  delivered_at: Date | null;
  is_replay: boolean;
  body: string;
}

interface AttemptRow {
  at: Date;
  duration_ms: number;
  status: number | null;
  failure: string | null;
  detail: string | null;
  request_headers: Record<string, string>;
  answer: Buffer | null;
}

/** Reads what was sent to webhooks. */
@Injectable()
export class DeliveryQueries {
  constructor(private readonly database: Database) {}

  /** Newest first. @throws Problem `not-found`, `invalid-cursor` */
  async page(actor: Actor, webhookId: string, filter: DeliveryFilter, list: ListQuery): Promise<Page<Delivery>> {
    const { organizationId } = actor;
    const db = this.database.of(organizationId);
    await demandWebhook(db, organizationId, webhookId);
    const conditions = [sql`d.org_id = ${organizationId}`, sql`d.webhook_id = ${webhookId}`];
    const { state, event, resourceId, from, to } = filter;
    if (state) conditions.push(sql`d.state = any(${[...state]}::text[])`);
    if (event) conditions.push(sql`d.event_type = any(${[...event]}::text[])`);
    if (resourceId) conditions.push(sql`d.resource_ids @> array[${resourceId}::uuid]`);
    if (from) conditions.push(sql`d.created_at >= ${from}`);
    if (to) conditions.push(sql`d.created_at < ${to}`);
    const after = idCursor(list);
    if (after) conditions.push(sql`d.id < ${after}::uuid`);
    const rows = await db.sql<DeliveryRow>`
      select d.* from webhook_delivery d where ${join(conditions, ' and ')} order by d.id desc limit ${list.limit + 1}`;
    return pageOf(rows.map(toDelivery), list.limit, (it) => [it.id]);
  }

  /** Another word whenever a delivery was made or tried. @returns undefined where there is no such webhook */
  async markOf(organizationId: string, webhookId: string): Promise<string | undefined> {
    const [row] = await this.database.of(organizationId).sql<{ mark: string }>`
      select concat_ws(' ', d.mark, (select max(at) from webhook_attempt where webhook_id = w.id and counts)) as mark
      from webhook w
      cross join lateral (
        select md5(string_agg(concat(id, state, attempts), ',' order by id)) as mark
        from (select id, state, attempts from webhook_delivery where webhook_id = w.id order by id desc limit ${NEWEST}) newest) d
      where w.org_id = ${organizationId} and w.id = ${webhookId}`;
    return row?.mark;
  }

  /**
   * With every attempt, oldest first. What it says is shown to whoever answers for the webhook, and to who may read all of that anyway.
   * @throws Problem `not-found`
   */
  async one(actor: Actor, webhookId: string, id: string): Promise<Delivery & { readonly attemptLog: readonly Attempt[] }> {
    const { organizationId } = actor;
    const db = this.database.of(organizationId);
    const [row] = await db.sql<DeliveryRow & { payload: Payload; responsible_id: string | null }>`
      select d.*, w.payload, w.responsible_id from webhook_delivery d join webhook w on w.id = d.webhook_id
      where d.org_id = ${organizationId} and d.webhook_id = ${webhookId} and d.id = ${id}`;
    if (!row) throw new Problem('not-found');
    const attempts = await db.sql<AttemptRow>`
      select at, duration_ms, status, failure, detail, request_headers, answer from webhook_attempt
      where org_id = ${organizationId} and delivery_id = ${id} order by at, id`;
    const needed = [...neededForAll([row.event_type]), ...(row.payload === 'provisioning' ? (['webhook:provision'] as const) : [])];
    const mayRead = row.responsible_id === actor.accountId || needed.every((it) => may(actor, it));
    const body = mayRead ? row.body : thinned(row.body, row.subject);
    return { ...toDelivery(row), attemptLog: attempts.map((it) => toAttempt(it, body)) };
  }
}

/** @throws Problem `not-found` */
export async function demandWebhook(db: Sql, organizationId: string, id: string): Promise<void> {
  const rows = await db.sql`select from webhook where org_id = ${organizationId} and id = ${id}`;
  if (rows.length === 0) throw new Problem('not-found');
}

function idCursor(list: ListQuery): string | undefined {
  const key = cursorOf(list, 1);
  if (!key) return undefined;
  if (!isId(String(key[0]))) throw new Problem('invalid-cursor');
  return String(key[0]);
}

export const toDelivery = (row: DeliveryRow): Delivery => ({
  id: row.id,
  eventId: row.event_id,
  eventType: row.event_type,
  subject: row.subject,
  sequence: row.sequence,
  state: row.state,
  attempts: row.attempts,
  lastStatus: row.last_status,
  lastFailure: row.last_failure,
  lastDurationMs: row.last_duration_ms,
  createdAt: formatInstant(row.created_at),
  nextAttemptAt: row.next_attempt_at && formatInstant(row.next_attempt_at),
  deliveredAt: row.delivered_at && formatInstant(row.delivered_at),
  isReplay: row.is_replay,
});

const toAttempt = (row: AttemptRow, requestBody: string): Attempt => ({
  at: formatInstant(row.at),
  durationMs: row.duration_ms,
  status: row.status,
  failure: row.failure === null ? null : { reason: row.failure, detail: row.detail ?? '' },
  requestHeaders: row.request_headers,
  requestBody,
  answer: row.answer && row.answer.toString('utf8'),
});
