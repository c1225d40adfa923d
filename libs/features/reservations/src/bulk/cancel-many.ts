import { Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database, join, recall, sql } from '@berth/platform/database';
import { toProblem } from '@berth/platform/http';
import { Clock } from '@berth/platform/runtime';
import { ResourceCatalogue, visibleResources } from '@berth/resources';
import { reservationsInReach } from '../manages-reservation';
import type { EffectivePolicy } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { Cancel } from '../cancel';
import type { Reservation } from '../reservation';
import { lockReservations } from '../reservation.store';
import { actorOfItem, ItemFailed } from './bulk-items';
import { type BulkOutcome, itemProblem, type ItemResult, outcomeOf, problemOfItems, Tried } from './bulk-outcome';

/** Which reservations are meant: living ones that begin in a span of time. */
export interface CancelFilter {
  readonly from: Date;
  readonly to: Date;
  readonly resourceIds?: readonly string[];
  /** An account, or `me`. */
  readonly organizer: string;
}

export interface CancelManyCommand {
  readonly mode: 'atomic' | 'bestEffort';
  readonly which: { readonly ids: readonly string[] } | { readonly filter: CancelFilter };
  readonly reason?: string;
  readonly undoSeconds: number;
  readonly dryRun: boolean;
  readonly language: string;
}

export const MOST_ITEMS = 500;

/** Cancels many reservations: named, or all that begin in a span of time. */
@Injectable()
export class CancelMany {
  constructor(
    private readonly database: Database,
    private readonly cancel: Cancel,
    private readonly catalogue: ResourceCatalogue,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem of the first that cannot be cancelled, with a pointer for each, when it is all or none */
  async execute(actor: Actor, command: CancelManyCommand): Promise<BulkOutcome<Reservation>> {
    const earlier = await recall<BulkOutcome<Reservation>>(this.database.of(actor.organizationId), actor);
    if (earlier) return earlier.result;
    const ids = 'ids' in command.which ? [...command.which.ids] : await this.found(actor, command.which.filter);
    if (command.dryRun) return this.tried(actor, ids, command);
    if (command.mode === 'atomic') return this.allOrNone(actor, ids, command);
    const results: ItemResult<Reservation>[] = [];
    for (const [index, id] of ids.entries()) results.push(await this.one(actorOfItem(actor, index), id, index, command));
    const outcome = outcomeOf(results);
    return actor.idempotency ? this.database.transaction(actor, () => Promise.resolve(outcome)) : outcome;
  }

  private async one(actor: Actor, id: string, index: number, command: CancelManyCommand): Promise<ItemResult<Reservation>> {
    try {
      return { index, status: 200, data: await this.cancel.execute(actor, this.commandFor(id, command)) };
    } catch (error) {
      const problem = toProblem(error);
      return { index, status: problem.status, problem: itemProblem(problem, command.language) };
    }
  }

  private async allOrNone(actor: Actor, ids: readonly string[], command: CancelManyCommand): Promise<BulkOutcome<Reservation>> {
    const policies = await this.policiesOf(actor, ids);
    try {
      return await this.database.transaction(actor, async (tx) => {
        await lockReservations(tx, ids);
        const results: ItemResult<Reservation>[] = [];
        for (const [index, id] of ids.entries()) {
          const data = await this.cancel
            .cancelled(tx, actor, this.commandFor(id, command), policies.get(id) ?? [])
            .catch((error: unknown) => {
              throw error instanceof Problem ? new ItemFailed(index, error) : error;
            });
          results.push({ index, status: 200, data });
        }
        return outcomeOf(results);
      });
    } catch (error) {
      if (!(error instanceof ItemFailed) || !error.problem) throw error;
      throw problemOfItems(new Map([[error.index, error.problem]]), '/ids', command.language);
    }
  }

  /** Cancels in a transaction that is rolled back. */
  private async tried(actor: Actor, ids: readonly string[], command: CancelManyCommand): Promise<BulkOutcome<Reservation>> {
    const { idempotency: _, ...trier } = actor;
    const policies = await this.policiesOf(actor, ids);
    try {
      return await this.database.transaction(trier, async (tx) => {
        await lockReservations(tx, ids);
        const results: ItemResult<Reservation>[] = [];
        for (const [index, id] of ids.entries()) {
          await tx.sql`savepoint item`;
          try {
            results.push({
              index,
              status: 200,
              data: await this.cancel.cancelled(tx, trier, this.commandFor(id, command), policies.get(id) ?? []),
            });
          } catch (error) {
            if (!(error instanceof Problem)) throw error;
            await tx.sql`rollback to savepoint item`;
            results.push({ index, status: error.status, problem: itemProblem(error, command.language) });
          }
        }
        throw new Tried(results);
      });
    } catch (error) {
      if (error instanceof Tried) return outcomeOf(error.results as ItemResult<Reservation>[]);
      throw error;
    }
  }

  /** The policies of the resources each has, read in two statements for all. */
  private async policiesOf(actor: Actor, ids: readonly string[]): Promise<Map<string, EffectivePolicy[]>> {
    const items = await this.database.of(actor.organizationId).sql<{ reservation_id: string; resource_id: string }>`
      select reservation_id, resource_id from reservation_item
      where org_id = ${actor.organizationId} and reservation_id = any(${[...ids]}::uuid[])`;
    const terms = await this.catalogue.termsOfMany(actor.organizationId, [...new Set(items.map((it) => it.resource_id))]);
    const of = Map.groupBy(items, (it) => it.reservation_id);
    return new Map([...of].map(([id, own]) => [id, own.flatMap((it) => terms.get(it.resource_id)?.policy ?? [])]));
  }

  private commandFor(id: string, { reason, undoSeconds }: CancelManyCommand) {
    return { id, reason, undoSeconds };
  }

  /** @throws Problem `validation-failed` when they are more than one request may cancel */
  private async found(actor: Actor, { from, to, resourceIds, organizer }: CancelFilter): Promise<string[]> {
    const conditions = [
      sql`v.org_id = ${actor.organizationId}`,
      sql`v.organizer_id = ${organizer === 'me' ? actor.accountId : organizer}`,
      sql`v.starts_at >= ${from} and v.starts_at < ${to} and v.ends_at > ${this.clock.now()}`,
      sql`v.status in ('pending', 'confirmed', 'checked_in')`,
      reservationsInReach(actor, sql`v.id`),
      sql`exists (
        select from reservation_item i join resource r on r.id = i.resource_id
        where i.reservation_id = v.id and (${visibleResources(actor)} or v.organizer_id = ${actor.accountId})
          and (${resourceIds ?? null}::uuid[] is null or i.resource_id = any(${resourceIds ?? null}::uuid[])))`,
    ];
    const rows = await this.database.of(actor.organizationId).sql<{ id: string }>`
      select v.id from reservation v
      where ${join(conditions, ' and ')}
      order by v.starts_at, v.id
      limit ${MOST_ITEMS + 1}`;
    if (rows.length <= MOST_ITEMS) return rows.map((it) => it.id);
    const detail = `finds more than ${MOST_ITEMS}; take a shorter time`;
    throw new Problem('validation-failed', { errors: [{ pointer: '/filter', code: 'too-many', detail }] });
  }
}
