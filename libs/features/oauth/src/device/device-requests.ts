import { catalogueEvent, type Permission, Problem } from '@berth/contracts';
import { newId } from '@berth/kernel';
import { type Actor, Lockout } from '@berth/platform/auth';
import { Database, type Sql } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { type Asked, askedOf } from '../consent/asked';
import { ClientAuthentication, type KnownClient } from '../protocol/client-authentication';
import { heldOf } from '../protocol/scopes';
import { readUserCode } from './user-code';

interface WaitingRow {
  id: string;
  client_id: string;
  scopes: Permission[];
}

/** Devices that wait for somebody to type their code in. Guessing is held up as guessing passwords is: five wrong codes a quarter of an hour. */
@Injectable()
export class DeviceRequests {
  constructor(
    private readonly database: Database,
    private readonly clients: ClientAuthentication,
    private readonly lockout: Lockout,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** What the device asks for. @throws Problem `not-found`, `too-many-attempts` */
  async look(actor: Actor, typed: string): Promise<Asked> {
    const { client, row } = await this.find(actor, typed);
    return askedOf(actor, client, row.scopes);
  }

  /** Lets the device act in the actor's name, or does not. @throws Problem `not-found`, also when it was answered; `too-many-attempts` */
  async answer(actor: Actor, typed: string, allow: boolean): Promise<void> {
    const { client, row } = await this.find(actor, typed);
    await this.database.transaction(actor, async (tx) => {
      const now = this.clock.now();
      const [waiting] = await waitingWith(tx, actor.organizationId, readUserCode(typed), now, true);
      if (waiting?.id !== row.id) throw new Problem('not-found');
      if (!allow) {
        await tx.sql`update oauth_device_code set denied_at = ${now} where org_id = ${actor.organizationId} and id = ${row.id}`;
        return;
      }
      const id = newId();
      const scopes = heldOf(row.scopes, actor);
      await tx.sql`
        insert into oauth_grant (id, org_id, client_id, account_id, scopes, created_at)
        values (${id}, ${actor.organizationId}, ${client.id}, ${actor.accountId}, ${scopes}::text[], ${now})`;
      await tx.sql`update oauth_device_code set grant_id = ${id} where org_id = ${actor.organizationId} and id = ${row.id}`;
      await this.outbox.append(tx, actor, catalogueEvent('oauth_grant.created', { id, name: client.name, after: { scopes } }));
    });
  }

  private async find(actor: Actor, typed: string): Promise<{ client: KnownClient; row: WaitingRow }> {
    const attempt = await this.lockout.begin(`device code of ${actor.accountId}`, 'device');
    const db = this.database.of(actor.organizationId);
    const [row] = await waitingWith(db, actor.organizationId, readUserCode(typed), this.clock.now(), false);
    const client = row && (await this.clients.known(row.client_id));
    if (!row || !client) {
      await this.lockout.failed(attempt);
      throw new Problem('not-found');
    }
    await this.lockout.withdraw(attempt);
    return { client, row };
  }
}

const waitingWith = (db: Sql, organizationId: string, userCode: string, now: Date, locks: boolean): Promise<WaitingRow[]> =>
  locks
    ? db.sql`
        select id, client_id, scopes from oauth_device_code
        where org_id = ${organizationId} and user_code = ${userCode} and expires_at > ${now} and denied_at is null and grant_id is null for update`
    : db.sql`
        select id, client_id, scopes from oauth_device_code
        where org_id = ${organizationId} and user_code = ${userCode} and expires_at > ${now} and denied_at is null and grant_id is null`;
