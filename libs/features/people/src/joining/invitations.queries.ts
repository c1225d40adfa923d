import { Problem } from '@berth/contracts';
import { type Page, pageOf } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database, nothing, type Sql, sql } from '@berth/platform/database';
import { cursorOf, type ListQuery } from '@berth/platform/http';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { findLink } from '../links/account-link.store';
import { type Invitation, type InvitationRow, toInvitation } from './invitation';

/** What an invited person is shown before they accept. */
export interface InvitationSeen {
  readonly organization: string;
  readonly email: string;
}

/** Reads invitations nobody has answered. */
@Injectable()
export class InvitationQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Latest first. */
  async page(actor: Actor, query: ListQuery): Promise<Page<Invitation>> {
    const from = cursorOf(query, 1);
    const now = this.clock.now();
    const rows = await this.database.of(actor.organizationId).run<InvitationRow>(sql`
      ${open(actor)} ${from ? sql`and l.id < ${String(from[0])}::text::uuid` : nothing}
      order by l.id desc limit ${query.limit + 1}`);
    return pageOf(
      rows.map((it) => toInvitation(it, now)),
      query.limit,
      (it) => [it.id],
    );
  }

  /** @throws Problem `not-found` */
  async one(actor: Actor, id: string, db: Sql = this.database.of(actor.organizationId)): Promise<Invitation> {
    const [row] = await db.run<InvitationRow>(sql`${open(actor)} and l.id = ${id}`);
    if (!row) throw new Problem('not-found');
    return toInvitation(row, this.clock.now());
  }

  /** @throws Problem `link-invalid` */
  async byToken(token: string): Promise<InvitationSeen> {
    const link = await findLink(this.database.system, 'invitation', token, this.clock.now());
    const [row] = await this.database.system.sql<{ name: string }>`select name from organization where id = ${link.org_id}`;
    return { organization: row?.name ?? '', email: link.email ?? '' };
  }
}

const open = (actor: Actor) => sql`
  select l.id, l.email, l.role, l.created_at, l.expires_at, a.id as inviter_id, a.display_name as inviter
  from account_link l left join account a on a.org_id = l.org_id and a.id = l.created_by
  where l.org_id = ${actor.organizationId} and l.purpose = 'invitation' and l.used_at is null and l.withdrawn_at is null`;
