import { catalogueEvent } from '@berth/contracts';
import { AccountNews, insertAccount } from '@berth/people';
import { Passwords } from '@berth/platform/auth';
import { Database, type Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { Reopening } from './reopening';

/** Who is to look after the organization from now on. */
export interface ReopenCommand {
  readonly token: string;
  readonly admin: { readonly username: string; readonly email: string; readonly displayName: string; readonly password: string };
}

/** An administrator that was added. */
export interface AddedAdministrator {
  readonly id: string;
  readonly username: string;
}

/**
 * Adds an administrator where none can sign in any more, for whoever may start the server. Changes and shows nothing of what is
 * there, opens no session (the new one signs in as everybody does), and tells every other administrator.
 */
@Injectable()
export class Reopen {
  constructor(
    private readonly database: Database,
    private readonly reopening: Reopening,
    private readonly passwords: Passwords,
    private readonly news: AccountNews,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem as `Reopening.demand`, and `already-exists`, after which the token is still good */
  async execute(
    { token, admin }: ReopenCommand,
    origin: { readonly requestId: string; readonly address: string | null },
  ): Promise<AddedAdministrator> {
    await this.reopening.demand(token, origin.address);
    const passwordHash = await this.passwords.hash(admin.password);
    return this.database.systemTransaction(async (tx) => {
      await this.reopening.use(tx, token);
      const [organization] = await tx.sql<{ id: string }>`select organization_id as id from installation`;
      const organizationId = organization!.id;
      const others = await administrators(tx, organizationId);
      const { id, username } = await insertAccount(tx, { ...admin, organizationId, passwordHash, role: 'admin' }, this.clock.now());
      const facts = { id, name: admin.displayName, after: { role: 'admin', by: 'setup-reopened' } };
      await this.outbox.append(tx, { organizationId, accountId: null, requestId: origin.requestId }, catalogueEvent('user.created', facts));
      for (const other of others) await this.news.tell(tx, other.id, 'setupReopened', { name: admin.displayName });
      return { id, username };
    });
  }
}

const administrators = (tx: Tx, organizationId: string): Promise<{ id: string }[]> =>
  tx.sql<{ id: string }>`select id from account where org_id = ${organizationId} and role = 'admin' and status = 'active'`;
