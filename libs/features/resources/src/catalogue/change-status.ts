import { type CatalogueEvent, catalogueEvent } from '@berth/contracts';
import { addMinutes, formatInstant, parseInstant } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { validationFailed } from '@berth/platform/http';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import type { ResourceStatus } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { ResourceCatalogue } from '../resource-catalogue';
import { demandNoReservations } from './reservations-in-the-way';
import { type Resource, type ResourceRow, toResource } from './resource';
import { type StatusValues, updateStatus } from './resource.store';
import { ancestorsOf } from './resource-tree';
import { readResource, resourceForUpdate } from './resources.queries';

/** How long a maintenance takes that says nothing about it. */
export const MAINTENANCE_MINUTES = 8 * 60;

export interface ChangeStatusCommand {
  readonly id: string;
  readonly status: ResourceStatus;
  /** RFC 3339; only of a maintenance, now where it is left out. */
  readonly from?: string | null;
  /** RFC 3339; only of a maintenance, null while nobody knows. */
  readonly until?: string | null;
  readonly reason?: string | null;
  /** What becomes of reservations in the way; archiving refuses them by itself, maintenance keeps them. */
  readonly reservations?: 'refuse' | 'keep';
}

/** Puts a resource into maintenance, archives it or takes it back into use. */
@Injectable()
export class ChangeStatus {
  constructor(
    private readonly database: Database,
    private readonly catalogue: ResourceCatalogue,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found`, `validation-failed`, `resource-has-reservations` with the first of them */
  execute(actor: Actor, command: ChangeStatusCommand): Promise<Resource> {
    return this.database.transaction(actor, async (tx) => {
      const { organizationId } = actor;
      const now = this.clock.now();
      const current = await resourceForUpdate(tx, organizationId, command.id);
      const values = statusValues(command, now);
      if (refusesReservations(command)) {
        // Who books in this moment has judged the old version, but might commit after us and never be looked at.
        await tx.sql`lock table occupancy in share row exclusive mode`;
        const ids = await ancestorsOf(tx, organizationId, command.id);
        const from = values.since ?? now;
        const times = values.until ? [{ start: from, end: values.until }] : undefined;
        await demandNoReservations(tx, organizationId, ids, { from, times });
      }
      await updateStatus(tx, organizationId, command.id, values, now);
      await this.outbox.append(tx, actor, ...statusEvents(current, values));
      tx.afterCommit(() => this.catalogue.forget(command.id));
      return toResource(await readResource(tx, organizationId, command.id), now);
    });
  }
}

const refusesReservations = ({ status, reservations }: ChangeStatusCommand): boolean =>
  status !== 'available' && (reservations ?? (status === 'archived' ? 'refuse' : 'keep')) === 'refuse';

function statusValues({ status, from, until, reason = null }: ChangeStatusCommand, now: Date): StatusValues {
  if (status === 'maintenance') {
    const planned = from ? parseInstant(from) : undefined;
    const since = planned && planned > now ? planned : now;
    return { status, since, until: endOfMaintenance(until, since), reason, unavailableSince: since > now ? null : now };
  }
  if (from) throw wrong('/from', 'goes with maintenance only');
  if (until) throw wrong('/until', 'goes with maintenance only');
  const nothing = { until: null, unavailableSince: null };
  return status === 'archived' ? { ...nothing, status, since: now, reason } : { ...nothing, status, since: null, reason: null };
}

/** Time a change of status takes from bookings: of a maintenance its own, of an archived resource all that is to come. */
export function closedTime(command: ChangeStatusCommand, now: Date): { from: Date; to?: Date } | undefined {
  if (command.status === 'available') return undefined;
  const { since, until } = statusValues(command, now);
  return { from: since ?? now, to: until ?? undefined };
}

function endOfMaintenance(until: string | null | undefined, since: Date): Date | null {
  if (until === undefined) return addMinutes(since, MAINTENANCE_MINUTES);
  const end = until === null ? null : (parseInstant(until) ?? null);
  if (end && end.getTime() <= since.getTime()) throw wrong('/until', 'must lie ahead of its begin');
  return end;
}

const wrong = (pointer: string, detail: string) => validationFailed([{ pointer, code: 'not-allowed', detail }]);

/** The change, and what it means for who books: told only where that changes. */
function statusEvents(row: ResourceRow, values: StatusValues): CatalogueEvent[] {
  const { id, name } = row;
  const facts = { id, name, siteIds: row.site_id ? [row.site_id] : [] };
  const was = row.status === 'archived' ? 'archived' : row.unavailable_since ? 'unavailable' : 'available';
  const is = values.status === 'archived' ? 'archived' : values.unavailableSince ? 'unavailable' : 'available';
  return [statusChanged(row, values), ...(was === is ? [] : [catalogueEvent(`resource.${is}`, facts)])];
}

export const statusChanged = (row: ResourceRow, values: StatusValues) =>
  catalogueEvent('resource.status_changed', {
    id: row.id,
    name: row.name,
    siteIds: row.site_id ? [row.site_id] : [],
    before: { status: row.status, until: row.status_until && formatInstant(row.status_until), reason: row.status_reason },
    after: { status: values.status, until: values.until && formatInstant(values.until), reason: values.reason },
  });
