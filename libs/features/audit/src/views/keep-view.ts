import { catalogueEvent, Problem } from '@berth/contracts';
import { newId } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { brokenConstraint, Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { withoutNulls } from '../log/audit-filter';
import { type AuditView, VIEWS_AT_MOST } from './audit-view';

/** Keeps a filter of the actor's under a name. */
@Injectable()
export class KeepView {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `already-exists` when they keep one of that name, `validation-failed` when they keep too many */
  execute(actor: Actor, { name, filter: wanted }: Omit<AuditView, 'id'>): Promise<AuditView> {
    const { organizationId, accountId } = actor;
    const filter = withoutNulls(wanted);
    return this.database.transaction(actor, async (tx) => {
      const [kept] = await tx.sql<AuditView>`
        insert into audit_view (id, org_id, account_id, name, filter, created_at)
        select ${newId()}, ${organizationId}, ${accountId}, ${name}, ${JSON.stringify(filter)}::jsonb, ${this.clock.now()}
        where (select count(*) from audit_view where org_id = ${organizationId} and account_id = ${accountId}) < ${VIEWS_AT_MOST}
        returning id, name, filter`.catch((error: unknown) => {
        if (brokenConstraint(error) !== 'audit_view_name_unique') throw error;
        throw new Problem('already-exists', { errors: [{ pointer: '/name', code: 'taken', detail: 'is in use already' }] });
      });
      if (!kept)
        throw new Problem('validation-failed', {
          errors: [{ pointer: '', code: 'too-many', detail: `one person keeps at most ${VIEWS_AT_MOST} filters` }],
        });
      await this.outbox.append(tx, actor, catalogueEvent('audit_view.created', { id: kept.id, name, after: { name, filter } }));
      return kept;
    });
  }
}
