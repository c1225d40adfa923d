import { catalogueEvent, Problem, type Role } from '@berth/contracts';
import { AccountNews } from '@berth/people';
import { type Actor, demand, demandNotAbove, rightsUnderLock, Sessions } from '@berth/platform/auth';
import { Database, type Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { GoOver, HoldTime, type WentOver } from '@berth/reservations';
import { Injectable } from '@nestjs/common';
import { clearAccount, eraseRows, idsOfTheirs, redactEvents } from '../erasure.store';
import {
  type AccountRow,
  countMerge,
  leadOn,
  leaveSameWaits,
  type MergeCounts,
  moveRows,
  moveSetAside,
  nameInPlace,
  type Pair,
  readAccounts,
  takeOver,
} from './merge.store';

export interface MergeCommand {
  /** The account that goes. */
  readonly id: string;
  /** The one that stays. */
  readonly into: string;
  /** The one that goes is suspended, and what it was kept from may be done under the other. */
  readonly evenSuspended?: boolean;
  /** Why, for the person and for the log. */
  readonly reason?: string;
}

/** What a merge did, or (dry run) would do. */
export interface Merge extends MergeCounts {
  readonly into: { readonly id: string; readonly displayName: string };
  /** The role of the account that stays, before and after: the higher of the two. */
  readonly role: { readonly before: Role; readonly after: Role };
  /** The account that goes was suspended. */
  readonly wasSuspended: boolean;
}

/** The two accounts, as they are. */
interface Both {
  readonly gone: AccountRow;
  readonly stays: AccountRow;
}

/**
 * Makes one account of two that are one person's: all that is of the one goes over to the other, what opened the one ends, and
 * then it is erased in place and leads on (ADR 0044). One transaction: all of it happens, or nothing.
 */
@Injectable()
export class MergePeople {
  constructor(
    private readonly database: Database,
    private readonly goingOver: GoOver,
    private readonly holds: HoldTime,
    private readonly sessions: Sessions,
    private readonly news: AccountNews,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws Problem `not-found`, `invalid-reference` for an account that cannot stay, `account-suspended` unless that is said to be
   *   meant, `permission-denied` for one’s own account and for who may do more in either
   */
  execute(actor: Actor, command: MergeCommand): Promise<Merge> {
    return this.database.transaction(actor, (tx) => this.merged(tx, actor, command));
  }

  /** What would happen; changes nothing, and tells what is suspended instead of refusing it. @throws Problem as `execute` */
  tryOut(actor: Actor, { id, into }: MergeCommand): Promise<Merge> {
    const { idempotency: _, ...once } = actor;
    const pair = { gone: id, stays: into };
    return this.database.transaction(once, async (tx) => {
      await this.demandMay(tx, once, pair);
      const both = await demandBoth(tx, once, pair, false);
      return toMerge(both, higher(both), await countMerge(tx, once.organizationId, pair));
    });
  }

  /** Whoever does so holds all that the one brings and all that the other may do, as the ways into the one lead to the other. */
  private async demandMay(tx: Tx, actor: Actor, { gone, stays }: Pair): Promise<void> {
    const rights = await rightsUnderLock(tx, actor, this.clock.now());
    if ([gone, stays].includes(actor.accountId))
      throw new Problem('permission-denied', {
        detail: 'Nobody merges their own account: somebody else has to.',
        permission: 'user:manage',
      });
    demand(rights, 'reservation:manage');
    await demandNotAbove(tx, rights, actor.organizationId, gone);
    await demandNotAbove(tx, rights, actor.organizationId, stays).catch((error: unknown) => {
      throw error instanceof Problem && error.code === 'not-found' ? cannotStay('is none of yours') : error;
    });
  }

  private async merged(tx: Tx, actor: Actor, { id, into, evenSuspended, reason }: MergeCommand): Promise<Merge> {
    const { organizationId } = actor;
    const pair = { gone: id, stays: into };
    await this.demandMay(tx, actor, pair);
    await demandBoth(tx, actor, pair, false);
    // Its time is locked before people are, as everywhere.
    const assigned = await this.goingOver.assigned(tx, actor, { from: id, to: into });
    const both = await demandBoth(tx, actor, pair, true);
    if (both.gone.status === 'suspended' && !evenSuspended) throw new Problem('account-suspended');
    const counts = await countMerge(tx, organizationId, pair);
    const moves = { ...counts.moves, assignments: assigned + (counts.moves['assignments'] ?? 0) };
    const booked = await this.move(tx, actor, pair);
    const role = await takeOver(tx, organizationId, pair);
    const { events, digest } = await this.erase(tx, actor, both, reason);
    const { same, ends } = counts;
    const after = { from: id, role, moves, same, ends, ...(reason && { reason }) };
    await this.outbox.append(
      tx,
      actor,
      catalogueEvent('user.merged', { id: into, name: both.stays.display_name, before: { role: both.stays.role }, after }),
      catalogueEvent('user.erased', { id, after: { events, digest, why: 'merged', into } }),
    );
    // What is told from here on is the one account’s: the log forgot the words of the other above.
    await this.goingOver.tell(tx, actor, { from: id, to: into }, booked);
    return toMerge(both, role, { moves, same, ends });
  }

  private async move(tx: Tx, actor: Actor, pair: Pair): Promise<WentOver> {
    const { organizationId } = actor;
    for (const holdId of await leaveSameWaits(tx, organizationId, pair, this.clock.now()))
      await this.holds.releaseWithin(tx, { ...actor, accountId: pair.gone }, holdId);
    const booked = await this.goingOver.booked(tx, actor, { from: pair.gone, to: pair.stays });
    await moveRows(tx, organizationId, pair);
    await nameInPlace(tx, organizationId, pair);
    await moveSetAside(tx, organizationId, pair);
    return booked;
  }

  /** What is left of the account that goes is nobody’s; both addresses are told before it has none. */
  private async erase(tx: Tx, actor: Actor, { gone, stays }: Both, reason = '–'): Promise<{ events: number; digest: string }> {
    const { organizationId } = actor;
    await this.sessions.endOwn(tx, { id: gone.id, organizationId }, { allBut: null }, 'erased');
    const ids = await idsOfTheirs(tx, organizationId, gone.id);
    await eraseRows(tx, organizationId, gone.id);
    const said = { admin: actor.displayName, reason, gone: gone.username, stays: stays.username };
    await this.news.tell(tx, gone.id, 'accountMergedAway', said);
    await this.news.tell(tx, stays.id, 'accountMerged', said);
    await clearAccount(tx, organizationId, gone.id, this.clock.now());
    await leadOn(tx, organizationId, { gone: gone.id, stays: stays.id });
    return redactEvents(tx, organizationId, gone.id, ids, wordsOfOneAlone(gone, stays));
  }
}

/** @throws Problem `not-found`, `invalid-reference` */
async function demandBoth(tx: Tx, { organizationId }: Actor, pair: Pair, locked: boolean): Promise<Both> {
  if (pair.gone === pair.stays) throw cannotStay('is the account that goes');
  const found = await readAccounts(tx, organizationId, pair, locked);
  const gone = found.find((it) => it.id === pair.gone && !it.erased);
  if (!gone) throw new Problem('not-found');
  const stays = found.find((it) => it.id === pair.stays && !it.erased);
  if (!stays) throw cannotStay('is none of yours');
  if (stays.status !== 'active') throw cannotStay('is suspended: let them in again first');
  return { gone, stays };
}

const cannotStay = (detail: string): Problem =>
  new Problem('invalid-reference', {
    detail: `The account that stays ${detail}.`,
    errors: [{ pointer: '/into', code: 'invalid-reference', detail }],
  });

/** How others may have spoken of the account that goes; what the person is called in both is theirs still. */
const wordsOfOneAlone = (gone: AccountRow, stays: AccountRow): string[] => {
  const kept = [stays.username, stays.email, stays.display_name].map((it) => it.toLowerCase());
  return [gone.username, gone.email, gone.display_name].filter(
    (it) => it.length > 2 && !kept.some((word) => word.includes(it.toLowerCase())),
  );
};

const RANK: readonly Role[] = ['guest', 'user', 'admin'];
const higher = ({ gone, stays }: Both): Role => (RANK.indexOf(gone.role) > RANK.indexOf(stays.role) ? gone.role : stays.role);

const toMerge = ({ gone, stays }: Both, after: Role, { moves, same, ends }: MergeCounts): Merge => ({
  into: { id: stays.id, displayName: stays.display_name },
  role: { before: stays.role, after },
  wasSuspended: gone.status === 'suspended',
  moves,
  same,
  ends,
});
