import { Respond } from '@berth/approvals';
import { Problem } from '@berth/contracts';
import { formatInstant } from '@berth/kernel';
import { type Actor, demand } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { Cancel, CheckIn, Move } from '@berth/reservations';
import { AnswerOffer } from '@berth/waitlist';
import { Injectable } from '@nestjs/common';
import { type Facts, type NotificationKind, type NotificationRow, toNotification } from '../notification';
import { ActionLinks, type SealedAction, type SealedUnsubscription } from './action-links';
import { actorOf } from './actor-of';
import { Unsubscribe } from './unsubscribe';

/** What a link of a letter would do, for the page that asks. */
export interface InspectedLink {
  readonly verb: string;
  readonly kind: NotificationKind;
  /** Who it is for. */
  readonly personName: string;
  readonly organization: string;
  readonly facts: Omit<Facts, 'personId'>;
  /** It was done already, here or elsewhere; the button would only say so. */
  readonly isDone: boolean;
  readonly expiresAt: string | null;
}

const NOT_GOOD = 'The link was used, has run out, or is not one of ours.';

/**
 * Does what a link of a letter says, once, in the name of who got the letter and with the rights they have now: by the very use
 * cases their screens call. A link that could not do it, as somebody was first, may be tried again.
 */
@Injectable()
export class Act {
  constructor(
    private readonly database: Database,
    private readonly links: ActionLinks,
    private readonly unsubscribing: Unsubscribe,
    private readonly respond: Respond,
    private readonly offers: AnswerOffer,
    private readonly checkIn: CheckIn,
    private readonly move: Move,
    private readonly cancelling: Cancel,
    private readonly clock: Clock,
  ) {}

  /** Changes nothing. @throws Problem `link-invalid` */
  async inspect(token: string): Promise<InspectedLink> {
    const action = this.links.read(token);
    const wanted = action ?? this.links.readUnsubscription(token);
    if (!wanted) throw new Problem('link-invalid', { detail: NOT_GOOD });
    const db = this.database.of(wanted.organizationId);
    const [person] = await db.sql<{ name: string; organization: string }>`
      select a.display_name as name, o.name as organization from account a join organization o on o.id = a.org_id
      where a.id = ${wanted.accountId} and a.status = 'active'`;
    if (!person) throw new Problem('link-invalid', { detail: NOT_GOOD });
    const about = { kind: wanted.kind, personName: person.name, organization: person.organization };
    if (!action) return { ...about, verb: 'unsubscribe', facts: {}, isDone: false, expiresAt: null };
    const [used] = await db.sql`select from acted_link where id = ${action.id}`;
    if (used) throw new Problem('link-invalid', { detail: NOT_GOOD });
    return { ...about, verb: action.verb, ...(await this.standing(action)), expiresAt: formatInstant(action.expiresAt) };
  }

  /** @throws Problem `link-invalid`, and those of what it does */
  async execute(token: string): Promise<{ verb: string; kind: NotificationKind }> {
    const action = this.links.read(token);
    if (!action) return this.unsubscribe(this.links.readUnsubscription(token));
    const actor = await actorOf(this.database.of(action.organizationId), action, `link-${action.id}`, this.clock.now());
    if (!actor || !(await this.claim(action))) throw new Problem('link-invalid', { detail: NOT_GOOD });
    try {
      await this.perform(actor, action);
    } catch (error) {
      await this.database.of(action.organizationId).sql`delete from acted_link where id = ${action.id}`;
      throw error;
    }
    return { verb: action.verb, kind: action.kind };
  }

  private async unsubscribe(wanted: SealedUnsubscription | undefined): Promise<{ verb: string; kind: NotificationKind }> {
    if (!wanted) throw new Problem('link-invalid', { detail: NOT_GOOD });
    await this.unsubscribing.execute(wanted);
    return { verb: 'unsubscribe', kind: wanted.kind };
  }

  /** Of two who send it at once one gets it. */
  private async claim({ id, organizationId, accountId, expiresAt }: SealedAction): Promise<boolean> {
    const rows = await this.database.of(organizationId).sql`
      insert into acted_link (id, org_id, account_id, used_at, expires_at) values (${id}, ${organizationId}, ${accountId}, ${this.clock.now()}, ${expiresAt})
      on conflict do nothing returning id`;
    return rows.length > 0;
  }

  private async perform(actor: Actor, { verb, target, extendTo }: SealedAction): Promise<void> {
    const { approvalId = '', waitlistId = '', reservationId = '' } = target;
    switch (verb) {
      case 'approve':
      case 'reject':
        demand(actor, 'approval:decide');
        return void (await this.respond.execute(actor, { id: approvalId, decision: verb, message: null, suggestion: null }));
      case 'accept':
        demand(actor, 'reservation:create');
        return void (await this.offers.accept(actor, waitlistId));
      case 'decline':
        return void (await this.offers.decline(actor, waitlistId));
      case 'check-in':
        demand(actor, 'reservation:update');
        return void (await this.checkIn.execute(actor, { id: reservationId }));
      case 'extend':
        demand(actor, 'reservation:update');
        return void (await this.extend(actor, reservationId, new Date(extendTo ?? 0)));
      case 'cancel':
        demand(actor, 'reservation:cancel');
        return void (await this.cancelling.execute(actor, { id: reservationId, undoSeconds: 0 }));
    }
  }

  /** Only ever makes it longer: what was moved since, or goes on for longer already, is not what the letter was about. */
  private async extend(actor: Actor, id: string, end: Date): Promise<void> {
    const [row] = await this.database.of(actor.organizationId).sql<{ status: string; starts_at: Date; ends_at: Date; version: number }>`
      select status, starts_at, ends_at, version from reservation where org_id = ${actor.organizationId} and id = ${id}`;
    if (!row) throw new Problem('not-found');
    if (row.starts_at > this.clock.now() || row.ends_at >= end)
      throw new Problem('invalid-state', { detail: 'It was moved or made longer since the letter was written.', state: row.status });
    await this.move.execute(actor, { id, end, ifMatch: row.version });
  }

  /** As the notification stands it came with; a letter that came without one knows less. */
  private async standing({
    organizationId,
    accountId,
    kind,
    verb,
    target,
  }: SealedAction): Promise<Pick<InspectedLink, 'facts' | 'isDone'>> {
    const id = target.waitlistId ?? target.reservationId;
    const [row] = await this.database.of(organizationId).sql<NotificationRow>`
      select id, kind, subject_kind, subject_id, facts, target, verbs, needs_action, at, read_at, snoozed_until, acted_at
      from notification
      where org_id = ${organizationId} and account_id = ${accountId} and kind = ${kind} and subject_id = ${id ?? null} and target @> ${JSON.stringify(target)}::jsonb
      order by at desc limit 1`;
    const isDone = verb === 'cancel' ? await this.isOver(organizationId, target.reservationId) : row?.acted_at != null;
    return { facts: row ? toNotification(row).facts : {}, isDone };
  }

  /** Whether there is nothing left to cancel. */
  private async isOver(organizationId: string, reservationId = ''): Promise<boolean> {
    const [row] = await this.database.of(organizationId).sql`
      select from reservation
      where org_id = ${organizationId} and id = ${reservationId} and status in ('pending', 'confirmed', 'checked_in') and ends_at > ${this.clock.now()}`;
    return row === undefined;
  }
}
