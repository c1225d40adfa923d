import { Problem } from '@berth/contracts';
import { formatInstant, isId, type Page, pageOf, parseInstant } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database, nothing, type Sql, sql } from '@berth/platform/database';
import { cursorOf, type ListQuery } from '@berth/platform/http';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { type Notification, type NotificationRow, toNotification } from './notification';

/** What a person still has before them. */
export interface NotificationCounts {
  readonly unread: number;
  readonly needsAction: number;
}

/** Reads what the actor was told; nobody reads what another was. */
@Injectable()
export class NotificationsQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The newest first. `action` is what waits for them and was not put off. */
  async list(actor: Actor, tab: 'action' | 'all', list: ListQuery): Promise<Page<Notification> & NotificationCounts> {
    const now = this.clock.now();
    const after = afterOf(list);
    const rows = await this.database.of(actor.organizationId).sql<NotificationRow>`
      select id, kind, subject_kind, subject_id, facts, target, verbs, needs_action, at, read_at, snoozed_until, acted_at
      from notification
      where org_id = ${actor.organizationId} and account_id = ${actor.accountId} and in_app
        ${tab === 'action' ? sql`and needs_action and (snoozed_until is null or snoozed_until <= ${now})` : nothing}
        ${after ? sql`and (at, id) < (${after.at}, ${after.id}::uuid)` : nothing}
      order by at desc, id desc
      limit ${list.limit + 1}`;
    const { data, page } = pageOf(rows, list.limit, (it) => [formatInstant(it.at), it.id]);
    return { data: data.map(toNotification), page, ...(await this.counts(actor, now)) };
  }

  /** @throws Problem `not-found` */
  async one(actor: Actor, id: string, db: Sql = this.database.of(actor.organizationId)): Promise<Notification> {
    const [row] = await db.sql<NotificationRow>`
      select id, kind, subject_kind, subject_id, facts, target, verbs, needs_action, at, read_at, snoozed_until, acted_at
      from notification
      where org_id = ${actor.organizationId} and account_id = ${actor.accountId} and in_app and id = ${id}`;
    if (!row) throw new Problem('not-found');
    return toNotification(row);
  }

  private async counts(actor: Actor, now: Date): Promise<NotificationCounts> {
    const [row] = await this.database.of(actor.organizationId).sql<NotificationCounts>`
      select (count(*) filter (where read_at is null))::integer as unread, (count(*) filter (where needs_action))::integer as "needsAction"
      from notification
      where org_id = ${actor.organizationId} and account_id = ${actor.accountId} and in_app and (read_at is null or needs_action)
        and (snoozed_until is null or snoozed_until <= ${now})`;
    return row ?? { unread: 0, needsAction: 0 };
  }
}

/** @throws Problem `invalid-cursor` */
function afterOf(list: ListQuery): { readonly at: Date; readonly id: string } | undefined {
  const key = cursorOf(list, 2);
  if (!key) return undefined;
  const [text, id] = key;
  const at = typeof text === 'string' ? parseInstant(text) : undefined;
  if (!at || typeof id !== 'string' || !isId(id)) throw new Problem('invalid-cursor');
  return { at, id };
}
