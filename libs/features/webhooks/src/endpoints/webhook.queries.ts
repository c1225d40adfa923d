import { Problem } from '@berth/contracts';
import { formatInstant } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database, type Sql, sql, type Statement } from '@berth/platform/database';
import { Clock, Secrets } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import type { Payload } from '../message/message';
import type { ScopeKind } from './scope';
import {
  type DisabledReason,
  type Health,
  headersPlace,
  MASK,
  type OwnHeader,
  secretPlace,
  type Webhook,
  type WebhookSettings,
  type WebhookState,
} from './webhook';

const DAY_MS = 86_400_000;

/** A webhook as it lies in the database. */
export interface WebhookRow {
  id: string;
  org_id: string;
  name: string;
  url: string;
  state: WebhookState;
  disabled_reason: DisabledReason | null;
  events: string[];
  scope_kind: ScopeKind;
  scope_ids: string[];
  scope_descendants: boolean;
  payload: Payload;
  header_names: string[];
  headers_sealed: Buffer | null;
  responsible_id: string | null;
  failing_since: Date | null;
  version: number;
  created_at: Date;
}

interface ShownRow extends WebhookRow {
  secrets: { id: string; createdAt: string; expiresAt: string | null }[];
  day_delivered: number;
  day_failed: number;
  day_p95: number | null;
  week_delivered: number;
  week_failed: number;
  week_p95: number | null;
  last_at: Date | null;
  last_state: string | null;
  last_status: number | null;
}

/** What sending takes: where to, and what it is signed with. */
export interface Address {
  readonly url: string;
  readonly headers: readonly OwnHeader[];
  /** Those that are good now, the present one first. */
  readonly secrets: readonly string[];
}

/** An address as it lies in the database. */
export interface SealedAddress {
  readonly webhook_id: string;
  readonly url: string;
  readonly headers_sealed: Buffer | null;
  readonly secret_ids: readonly string[];
  readonly secrets_sealed: readonly Buffer[];
}

/** Reads webhooks, with how they are doing. */
@Injectable()
export class WebhookQueries {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  /** All of the organization, by name. */
  async all(actor: Actor): Promise<Webhook[]> {
    const rows = await this.rows(this.database.of(actor.organizationId), sql`w.org_id = ${actor.organizationId}`);
    return rows.map(toWebhook);
  }

  /** @throws Problem `not-found` */
  async one(organizationId: string, id: string, db: Sql = this.database.of(organizationId)): Promise<Webhook> {
    const [row] = await this.rows(db, sql`w.org_id = ${organizationId} and w.id = ${id}`);
    if (!row) throw new Problem('not-found');
    return toWebhook(row);
  }

  /** With the values of its headers, locked. @throws Problem `not-found` */
  async forUpdate(
    tx: Sql,
    organizationId: string,
    id: string,
  ): Promise<{ settings: WebhookSettings; version: number; responsibleId: string | null }> {
    const [row] = await tx.sql<WebhookRow>`
      select * from webhook where org_id = ${organizationId} and id = ${id} for no key update`;
    if (!row) throw new Problem('not-found');
    return {
      settings: { ...settingsOf(row), headers: this.headersOf(id, row.headers_sealed) },
      version: row.version,
      responsibleId: row.responsible_id,
    };
  }

  /** @throws Problem `not-found` */
  async addressOf(db: Sql, organizationId: string, id: string): Promise<Address> {
    const [row] = await db.sql<SealedAddress>`
      select w.id as webhook_id, w.url, w.headers_sealed, s.secret_ids, s.secrets_sealed
      from webhook w cross join lateral good_webhook_secrets(w.id, ${this.clock.now()}) s
      where w.org_id = ${organizationId} and w.id = ${id}`;
    if (!row) throw new Problem('not-found');
    return this.opened(row);
  }

  opened(row: SealedAddress): Address {
    const secrets = row.secrets_sealed.map((it, n) => this.secrets.open(it, secretPlace(row.secret_ids[n] ?? '')).toString());
    return { url: row.url, headers: this.headersOf(row.webhook_id, row.headers_sealed), secrets };
  }

  private headersOf(id: string, sealed: Buffer | null): OwnHeader[] {
    return sealed ? (JSON.parse(this.secrets.open(sealed, headersPlace(id)).toString()) as OwnHeader[]) : [];
  }

  private rows(db: Sql, condition: Statement): Promise<ShownRow[]> {
    const now = this.clock.now();
    const day = new Date(now.getTime() - DAY_MS);
    const week = new Date(now.getTime() - 7 * DAY_MS);
    return db.sql<ShownRow>`
      select w.*, health.*, last.*,
             (select jsonb_agg(jsonb_build_object('id', s.id, 'createdAt', s.created_at, 'expiresAt', s.expires_at) order by s.is_current desc)
              from webhook_secret s where s.webhook_id = w.id and (s.is_current or s.expires_at > ${now})) as secrets
      from webhook w
      cross join lateral (
        select count(*) filter (where a.at > ${day} and a.succeeded)::integer as day_delivered,
               count(*) filter (where a.at > ${day} and not a.succeeded)::integer as day_failed,
               percentile_cont(0.95) within group (order by a.duration_ms) filter (where a.at > ${day}) as day_p95,
               count(*) filter (where a.succeeded)::integer as week_delivered,
               count(*) filter (where not a.succeeded)::integer as week_failed,
               percentile_cont(0.95) within group (order by a.duration_ms) as week_p95
        from webhook_attempt a where a.webhook_id = w.id and a.counts and a.at > ${week}) as health
      left join lateral (
        select a.at as last_at, d.state as last_state, a.status as last_status
        from webhook_attempt a join webhook_delivery d on d.id = a.delivery_id
        where a.webhook_id = w.id and a.counts order by a.at desc, a.id desc limit 1) as last on true
      where ${condition}
      order by lower(w.name), w.id`;
  }
}

export const settingsOf = (row: Omit<WebhookRow, 'headers_sealed'>): WebhookSettings => ({
  name: row.name,
  url: row.url,
  events: row.events,
  scope: { kind: row.scope_kind, ids: row.scope_ids, descendants: row.scope_descendants },
  payload: row.payload,
  headers: row.header_names.map((name) => ({ name, value: MASK })),
  state: row.state,
});

function toWebhook(row: ShownRow): Webhook {
  const instant = (text: string): string => formatInstant(new Date(text));
  return {
    id: row.id,
    ...settingsOf(row),
    disabledReason: row.disabled_reason,
    secrets: row.secrets.map((it) => ({
      id: it.id,
      createdAt: instant(it.createdAt),
      expiresAt: it.expiresAt === null ? null : instant(it.expiresAt),
    })),
    health: {
      day: healthOf(row.day_delivered, row.day_failed, row.day_p95),
      week: healthOf(row.week_delivered, row.week_failed, row.week_p95),
    },
    lastDelivery: row.last_at && row.last_state ? { at: formatInstant(row.last_at), state: row.last_state, status: row.last_status } : null,
    createdAt: formatInstant(row.created_at),
    version: row.version,
  };
}

const healthOf = (delivered: number, failed: number, p95: number | null): Health => ({
  delivered,
  failed,
  successRate: delivered + failed === 0 ? null : delivered / (delivered + failed),
  p95Ms: p95 === null ? null : Math.round(p95),
});
