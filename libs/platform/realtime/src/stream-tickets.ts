import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';

export const TICKET_SECONDS = 30;

/** One-use tickets that open a stream, for clients without cookies. Good on any replica. */
@Injectable()
export class StreamTickets {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async issue(actor: Actor): Promise<string> {
    const ticket = randomBytes(32).toString('base64url');
    const expiresAt = new Date(this.clock.now().getTime() + TICKET_SECONDS * 1000);
    await this.database.transaction({ ...actor, idempotency: undefined }, async (tx) => {
      await tx.sql`delete from stream_ticket where expires_at < ${this.clock.now()}`;
      await tx.sql`
        insert into stream_ticket (hash, org_id, account_id, session_id, expires_at)
        values (${hash(ticket)}, ${actor.organizationId}, ${actor.accountId}, ${actor.sessionId}, ${expiresAt})`;
    });
    return ticket;
  }

  /** The session a ticket was made in; undefined when it is unknown, used or old. */
  async redeem(ticket: string): Promise<string | undefined> {
    const [row] = await this.database.system.sql<{ session_id: string }>`
      delete from stream_ticket where hash = ${hash(ticket)} and expires_at > ${this.clock.now()} returning session_id`;
    return row?.session_id;
  }
}

const hash = (ticket: string): Buffer => createHash('sha256').update(ticket).digest();
