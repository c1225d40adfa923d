import { catalogueEvent, Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';
import type { AuditView } from './audit-view';

/** Forgets a kept filter. */
@Injectable()
export class ForgetView {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** @throws Problem `not-found` for somebody else's too */
  execute(actor: Actor, id: string): Promise<void> {
    return this.database.transaction(actor, async (tx) => {
      const [gone] = await tx.sql<Pick<AuditView, 'name' | 'filter'>>`
        delete from audit_view where org_id = ${actor.organizationId} and account_id = ${actor.accountId} and id = ${id} returning name, filter`;
      if (!gone) throw new Problem('not-found');
      await this.outbox.append(tx, actor, catalogueEvent('audit_view.deleted', { id, name: gone.name, before: { ...gone } }));
    });
  }
}
