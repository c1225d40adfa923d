import { Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database, nothing, sql, type Statement } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { NewsOfNotifications } from './news-of-notifications';
import type { Notification } from './notification';
import { NotificationsQueries } from './notifications.queries';

/** Says of one's own notifications that they were read, or not, or that they are to come back later. Each may be repeated. */
@Injectable()
export class MarkNotification {
  constructor(
    private readonly database: Database,
    private readonly queries: NotificationsQueries,
    private readonly news: NewsOfNotifications,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found` */
  read(actor: Actor, id: string): Promise<Notification> {
    return this.mark(actor, id, sql`read_at = coalesce(read_at, ${this.clock.now()})`);
  }

  /** @throws Problem `not-found` */
  unread(actor: Actor, id: string): Promise<Notification> {
    return this.mark(actor, id, sql`read_at = null`);
  }

  /** Puts it off: until then it is neither counted nor among what waits. @throws Problem `not-found`, `validation-failed` */
  snooze(actor: Actor, id: string, until: Date): Promise<Notification> {
    if (until <= this.clock.now())
      throw new Problem('validation-failed', { errors: [{ pointer: '/until', code: 'past', detail: 'is not in the future' }] });
    return this.mark(actor, id, sql`snoozed_until = ${until}`);
  }

  /** Everything, or what was told until an instant. @returns how many there were */
  readAll(actor: Actor, before: Date | undefined): Promise<{ read: number }> {
    const { organizationId, accountId } = actor;
    return this.database.transaction(actor, async (tx) => {
      const rows = await tx.sql<{ id: string }>`
        update notification set read_at = ${this.clock.now()}
        where org_id = ${organizationId} and account_id = ${accountId} and in_app and read_at is null ${before ? sql`and at <= ${before}` : nothing}
        returning id`;
      await this.news.updated(
        tx,
        rows.map(({ id }) => ({ id, organizationId, accountId })),
      );
      return { read: rows.length };
    });
  }

  private mark(actor: Actor, id: string, change: Statement): Promise<Notification> {
    const { organizationId, accountId } = actor;
    return this.database.transaction(actor, async (tx) => {
      const changed = await tx.sql`
        update notification set ${change} where org_id = ${organizationId} and account_id = ${accountId} and in_app and id = ${id} returning id`;
      if (changed.length === 0) throw new Problem('not-found');
      await this.news.updated(tx, [{ id, organizationId, accountId }]);
      return this.queries.one(actor, id, tx);
    });
  }
}
