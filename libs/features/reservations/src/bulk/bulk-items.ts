import { Problem } from '@berth/contracts';
import type { Interval } from '@berth/kernel';
import { formatInstant, overlaps } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import type { Tx } from '@berth/platform/database';
import { DtoPipe } from '@berth/platform/http';
import { hasPersonLimits } from '@berth/scheduling';
import { createHash } from 'node:crypto';
import type { Conflict } from '../conflicts';
import { lockResources } from '../occupancy.store';
import { lockPerson } from '../person-limits';
import type { Claim } from '../reservation';
import { BookRequest } from '../reservations.dto';
import { seriesWishOf } from '../series/series-of-request';
import type { SeriesWish } from '../series/series-wish';
import type { BookingWish } from '../wish';
import { wishOf } from '../wish-of-request';
import { BulkItemRequest } from './bulk.dto';

const pipe = new DtoPipe();

/** Reads one item as the route for a single reservation reads its body. @throws Problem `validation-failed`, `nonexistent-local-time` */
export async function readItem(item: unknown): Promise<BookingWish> {
  return wishOf((await pipe.transform(item, { type: 'body', metatype: BulkItemRequest })) as BulkItemRequest);
}

/** Reads a body with a recurrence as the route for a series does. @throws Problem `validation-failed`, `nonexistent-local-time` */
export async function readSeries(body: unknown): Promise<SeriesWish> {
  const series = seriesWishOf((await pipe.transform(body, { type: 'body', metatype: BookRequest })) as BookRequest);
  if (!series) throw new Problem('internal-error');
  return series;
}

/** The actor of one item: done again under the key of the whole, it is not done twice. */
export function actorOfItem(actor: Actor, index: number): Actor {
  const { idempotency, ...rest } = actor;
  if (!idempotency) return rest;
  return { ...rest, idempotency: { ...keyOfItem(idempotency.key, index), replayed: false, claimed: false } };
}

/** The key of one item of a whole that has a name. */
export function keyOfItem(name: string, index: number): { key: string; fingerprint: Buffer } {
  const hash = createHash('sha256').update(`${name}#${index}`).digest();
  return { key: `item-${hash.toString('hex')}`, fingerprint: hash };
}

export const leavesOf = (claims: readonly Claim[]): string[] =>
  claims.flatMap((claim) => claim.items.flatMap((it) => [it.resource.id, ...it.resource.leaves]));

/** Locks all leaves, then all persons whose limits count, each in the order of their ids, as everywhere. */
export async function lockAll(tx: Tx, claims: readonly Claim[]): Promise<void> {
  await lockResources(tx, leavesOf(claims));
  const limited = claims.filter((claim) => claim.items.some((it) => hasPersonLimits(it.resource)));
  for (const id of [...new Set(limited.map((it) => it.organizer.id))].sort()) await lockPerson(tx, id);
}

/** What another item of the same request takes of a claim; nobody but the caller is in the way. */
export function conflictsAmong(claim: Claim, others: readonly Claim[]): Conflict[] {
  return claim.items.flatMap((item) => {
    const leaves = new Set(item.resource.leaves);
    const meets = (held: Interval, theirs: readonly string[]): boolean => overlaps(held, item.held) && theirs.some((id) => leaves.has(id));
    const rival = others.find((it) => it.items.some((other) => meets(other.held, other.resource.leaves)));
    if (!rival) return [];
    const busy = { start: formatInstant(rival.start), end: formatInstant(rival.end) };
    return [{ resourceId: item.resource.id, reason: 'overlap' as const, busy, title: rival.title, alternatives: [] }];
  });
}

/** A failure of one item, raised so that everything is rolled back. */
export class ItemFailed extends Error {
  constructor(
    readonly index: number,
    /** undefined when there was no room, or what was known of it is out of date. */
    readonly problem: Problem | undefined,
  ) {
    super(`item ${index}`);
  }
}
