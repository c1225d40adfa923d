import { catalogueEvent, permissionsOf, Problem, type Role } from '@berth/contracts';
import { type Actor, demandGrantable, rightsUnderLock } from '@berth/platform/auth';
import { brokenConstraint, Database, type Tx } from '@berth/platform/database';
import { Mail, PublicLinks } from '@berth/platform/mail';
import { Outbox } from '@berth/platform/outbox';
import { Clock, Secrets } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { insertLink, type MadeLink, renewLink } from '../links/account-link.store';
import { letterOf, linkOf } from '../links/letters';
import type { SentInvitation } from './invitation';
import { InvitationQueries } from './invitations.queries';

export interface InviteCommand {
  readonly email: string;
  readonly role: Role;
}

/** Asks somebody to join. The link goes by mail; where none leaves, whoever invites hands it over. */
@Injectable()
export class Invite {
  constructor(
    private readonly database: Database,
    private readonly mail: Mail,
    private readonly links: PublicLinks,
    private readonly queries: InvitationQueries,
    private readonly secrets: Secrets,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `already-exists` for somebody who is here or invited, `permission-denied` for a role that allows more than the actor may */
  execute(actor: Actor, { email, role }: InviteCommand): Promise<SentInvitation> {
    const now = this.clock.now();
    return this.database.transaction(actor, async (tx) => {
      demandGrantable(await rightsUnderLock(tx, actor, now), permissionsOf[role], undefined, null);
      await this.demandNew(tx, actor, email, now);
      const made = await this.insert(tx, actor, { email, role }, now);
      await this.outbox.append(tx, actor, catalogueEvent('invitation.created', { id: made.id, after: { role } }));
      return { ...(await this.queries.one(actor, made.id, tx)), link: await this.hand(tx, actor, made, email) };
    });
  }

  /** Sends an invitation once more, with a new link and all its time again; the old link stops. @throws Problem `not-found` */
  again(actor: Actor, id: string): Promise<SentInvitation> {
    return this.database.transaction(actor, async (tx) => {
      const made = await renewLink(tx, id, 'invitation', this.clock.now());
      if (!made) throw new Problem('not-found');
      await this.outbox.append(tx, actor, catalogueEvent('invitation.sent_again', { id }));
      return { ...(await this.queries.one(actor, id, tx)), link: await this.hand(tx, actor, made, made.row.email ?? '') };
    });
  }

  private async demandNew(tx: Tx, actor: Actor, email: string, now: Date): Promise<void> {
    const here = await tx.sql`select from account where org_id = ${actor.organizationId} and lower(email) = lower(${email})`;
    if (here.length > 0) throw taken('taken', 'is in use already');
    await tx.sql`
      update account_link set withdrawn_at = ${now}, email = null
      where org_id = ${actor.organizationId} and purpose = 'invitation' and lower(email) = lower(${email})
        and used_at is null and withdrawn_at is null and expires_at <= ${now}`;
  }

  private async insert(tx: Tx, actor: Actor, invited: InviteCommand, now: Date): Promise<MadeLink> {
    try {
      const by = actor.accountId;
      return await insertLink(
        tx,
        this.secrets,
        { organizationId: actor.organizationId, purpose: 'invitation', invited: { ...invited, by } },
        now,
      );
    } catch (error) {
      if (brokenConstraint(error) !== 'account_link_one_invitation') throw error;
      throw taken('invited', 'is invited already');
    }
  }

  /** @returns the link where somebody has to hand it over */
  private async hand(tx: Tx, actor: Actor, made: MadeLink, email: string): Promise<string | null> {
    const link = linkOf(this.links, 'invitation', made.token);
    if (!this.mail.canSend) return link;
    const [row] = await tx.sql<{
      name: string;
      language: string;
    }>`select name, language from organization where id = ${actor.organizationId}`;
    const values = { organization: row?.name ?? '', inviter: actor.displayName };
    await this.mail.post(tx, {
      ...{ organizationId: actor.organizationId, accountId: null, kind: 'invitation', usefulUntil: made.expiresAt },
      to: { name: '', address: email },
      letter: letterOf('invitation', row?.language ?? 'en', values, link),
    });
    return null;
  }
}

const taken = (code: string, detail: string): Problem => new Problem('already-exists', { errors: [{ pointer: '/email', code, detail }] });
