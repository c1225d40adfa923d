import { catalogueEvent } from '@berth/contracts';
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
        await demandNoReservations(tx, organizationId, ids, { from: now, to: values.until ?? undefined });
      }
      await updateStatus(tx, organizationId, command.id, values, now);
      await this.outbox.append(tx, actor, statusChanged(current, values));
      tx.afterCommit(() => this.catalogue.forget(command.id));
      return toResource(await readResource(tx, organizationId, command.id), now);
    });
  }
}

const refusesReservations = ({ status, reservations }: ChangeStatusCommand): boolean =>
  status !== 'available' && (reservations ?? (status === 'archived' ? 'refuse' : 'keep')) === 'refuse';

function statusValues({ status, until, reason = null }: ChangeStatusCommand, now: Date): StatusValues {
  if (status === 'maintenance') return { status, since: now, until: endOfMaintenance(until, now), reason };
  if (until) throw wrongUntil('goes with maintenance only');
  return status === 'archived' ? { status, since: now, until: null, reason } : { status, since: null, until: null, reason: null };
}

function endOfMaintenance(until: string | null | undefined, now: Date): Date | null {
  if (until === undefined) return addMinutes(now, MAINTENANCE_MINUTES);
  const end = until === null ? null : (parseInstant(until) ?? null);
  if (end && end.getTime() <= now.getTime()) throw wrongUntil('must lie ahead');
  return end;
}

const wrongUntil = (detail: string) => validationFailed([{ pointer: '/until', code: 'not-allowed', detail }]);

const statusChanged = (row: ResourceRow, values: StatusValues) =>
  catalogueEvent('resource.status_changed', {
    id: row.id,
    name: row.name,
    siteIds: row.site_id ? [row.site_id] : [],
    before: { status: row.status, until: row.status_until && formatInstant(row.status_until), reason: row.status_reason },
    after: { status: values.status, until: values.until && formatInstant(values.until), reason: values.reason },
  });
