import { Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Injectable } from '@nestjs/common';
import { EndGrant } from './end-grant';

/** Takes back what the actor allowed a client; its tokens are refused everywhere within 5 s. */
@Injectable()
export class RevokeGrant {
  constructor(
    private readonly database: Database,
    private readonly ending: EndGrant,
  ) {}

  /** @throws Problem `not-found` when there is none, it is somebody else's or was taken back before */
  execute(actor: Actor, id: string): Promise<void> {
    return this.database.transaction(actor, async (tx) => {
      const [own] = await tx.sql`
        select from oauth_grant where org_id = ${actor.organizationId} and account_id = ${actor.accountId} and id = ${id} for update`;
      if (!own || !(await this.ending.execute(tx, actor, id, 'by-person'))) throw new Problem('not-found');
    });
  }
}
