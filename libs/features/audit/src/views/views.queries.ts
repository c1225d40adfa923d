import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Injectable } from '@nestjs/common';
import type { AuditView } from './audit-view';

/** Reads the filters people keep; everybody sees their own only. */
@Injectable()
export class ViewsQueries {
  constructor(private readonly database: Database) {}

  /** By name. */
  all({ organizationId, accountId }: Actor): Promise<AuditView[]> {
    return this.database.of(organizationId).sql<AuditView>`
      select id, name, filter from audit_view
      where org_id = ${organizationId} and account_id = ${accountId}
      order by lower(name), id`;
  }
}
