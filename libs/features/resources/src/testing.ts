import { silentOutbox } from '@berth/platform/testing';
import { newId } from '@berth/kernel';
import type { Database } from '@berth/platform/database';
import type { Clock } from '@berth/platform/runtime';
import type { TestDatabase } from '@berth/platform/testing';
import { placesGiven } from '@berth/places/testing';
import type { HoursDocument, PolicyDocument, ResourceStatus } from '@berth/scheduling';
import { AssignmentsQueries } from './assignment/assignments.queries';
import { ChangeAssignment } from './assignment/change-assignment';
import { HandOverOwn } from './assignment/hand-over-own';
import { ShareDays } from './assignment/share-days';
import { AddResource } from './catalogue/add-resource';
import { ChangeResource } from './catalogue/change-resource';
import { ChangeStatus } from './catalogue/change-status';
import { ResourcesQueries } from './catalogue/resources.queries';
import { ResourceCatalogue } from './resource-catalogue';

interface GivenResource {
  readonly name?: string;
  readonly type?: { id: string };
  readonly site?: { id: string };
  readonly floor?: { id: string };
  readonly parent?: { id: string };
  readonly description?: string;
  readonly location?: string;
  readonly capacity?: number;
  readonly units?: number;
  readonly tags?: readonly string[];
  readonly timeZone?: string;
  readonly policy?: PolicyDocument;
  readonly hours?: HoursDocument;
  readonly status?: ResourceStatus;
  readonly statusUntil?: Date;
  readonly bookable?: boolean;
  readonly externalId?: string;
  readonly organizationId?: string;
}

/** Rows of this feature, with only what the test is about; names are unique unless given. */
export function resourcesGiven(db: TestDatabase) {
  async function aType(
    given: { key?: string; name?: string; policy?: PolicyDocument; organizationId?: string } = {},
  ): Promise<{ id: string }> {
    const id = newId();
    await db.asOwner(
      `insert into resource_type (id, org_id, key, name, cutype, policy, created_at) values ($1, $2, $3, $4, 'ROOM', $5, now())`,
      [
        id,
        given.organizationId ?? db.organizationId,
        given.key ?? `type-${id}`,
        given.name ?? `Type ${id}`,
        JSON.stringify(given.policy ?? {}),
      ],
    );
    return { id };
  }

  return {
    ...placesGiven(db),
    aType,

    async aResource(given: GivenResource = {}): Promise<{ id: string; name: string }> {
      const id = newId();
      const organizationId = given.organizationId ?? db.organizationId;
      const name = given.name ?? `Resource ${id}`;
      const type = given.type ?? (await aType({ organizationId }));
      await db.asOwner(
        `insert into resource (id, org_id, type_id, site_id, floor_id, parent_id, name, description, location, capacity, units, tags, time_zone,
                               policy, hours, status, status_since, status_until, bookable, external_id, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, case when $16 = 'available' then null else timestamptz 'epoch' end,
                 $17, $18, $19, now(), now())`,
        [
          ...[id, organizationId, type.id, given.site?.id, given.floor?.id, given.parent?.id, name, given.description, given.location],
          ...[given.capacity, given.units ?? 1, given.tags ?? [], given.timeZone, JSON.stringify(given.policy ?? {})],
          ...[
            given.hours && JSON.stringify(given.hours),
            given.status ?? 'available',
            given.statusUntil,
            given.bookable ?? true,
            given.externalId,
          ],
        ],
      );
      await db.asOwner(`insert into resource_leaf (org_id, resource_id, leaf_id) values ($1, $2, $2)`, [organizationId, id]);
      if (given.parent) await closeOverParts(db, organizationId);
      return { id, name };
    },

    async aBlackout(given: {
      from: Date;
      to: Date;
      resource?: { id: string };
      site?: { id: string };
      reason?: string;
      /** Comes again by this rule, by the clock of UTC. */
      rrule?: string;
    }): Promise<{ id: string }> {
      const id = newId();
      await db.asOwner(
        `insert into blackout (id, org_id, site_id, resource_id, starts_at, ends_at, reason, rrule, civil_start, time_zone, minutes, created_at)
         select $1, $2, $3, $4, $5::timestamptz, $6::timestamptz, $7, $8::text, case when $8 is not null then $5::timestamptz at time zone 'UTC' end,
                case when $8 is not null then 'UTC' end, case when $8 is not null then extract(epoch from $6::timestamptz - $5::timestamptz) / 60 end, now()`,
        [id, db.organizationId, given.site?.id, given.resource?.id, given.from, given.to, given.reason, given.rrule],
      );
      return { id };
    },

    /** A resource becomes somebody's own, as its manager would make it so; it is shared on `days`. */
    async anAssignment(given: {
      resource: { id: string };
      person: { accountId: string };
      from?: Date;
      to?: Date;
      days?: readonly string[];
    }): Promise<void> {
      const { organizationId } = db;
      await db.asOwner(
        `insert into resource_assignment (org_id, resource_id, account_id, starts_at, ends_at, created_at) values ($1, $2, $3, $4, $5, now())`,
        [organizationId, given.resource.id, given.person.accountId, given.from ?? new Date(0), given.to],
      );
      for (const day of given.days ?? [])
        await db.asOwner(`insert into shared_day (org_id, resource_id, day) values ($1, $2, $3)`, [organizationId, given.resource.id, day]);
      await db.asOwner(
        `update resource set version = version + 1
         where id in (select b.resource_id from resource_leaf a join resource_leaf b on b.leaf_id = a.leaf_id where a.resource_id = $1)`,
        [given.resource.id],
      );
    },

    /** A confirmed reservation that holds its time on every leaf of the resource; within one UTC day. */
    async aReservationOf(resource: { id: string }, given: { from: Date; to: Date; lane?: number }): Promise<{ id: string }> {
      const [id, accountId] = [newId(), newId()];
      const { organizationId } = db;
      await db.asOwner(
        `insert into account (id, org_id, username, email, display_name, role, created_at) values ($1, $2, $3, $4, 'Grace', 'user', now())`,
        [accountId, organizationId, accountId, `${accountId}@example.org`],
      );
      await db.asOwner(
        `insert into reservation (id, org_id, organizer_id, status, starts_at, ends_at, time_zone, created_at, updated_at)
         values ($1, $2, $3, 'confirmed', $4, $5, 'UTC', now(), now())`,
        [id, organizationId, accountId, given.from, given.to],
      );
      await db.asOwner(
        `insert into reservation_item (org_id, reservation_id, resource_id, partstat, held_from, held_to) values ($1, $2, $3, 'ACCEPTED', $4, $5)`,
        [organizationId, id, resource.id, given.from, given.to],
      );
      await db.asOwner(
        `insert into occupancy (org_id, leaf_id, lane, s, e, reservation_id)
         select $1, leaf_id, $2, $3, $4, $5 from resource_leaf where resource_id = $6`,
        [organizationId, given.lane ?? 1, given.from, given.to, id, resource.id],
      );
      return { id };
    },

    /** Names of the leaves a resource occupies, in order. */
    async leavesOf(resource: { id: string }): Promise<string[]> {
      const rows = await db.asOwner<{ name: string }>(
        `select r.name from resource_leaf l join resource r on r.id = l.leaf_id where l.resource_id = $1 order by r.name`,
        [resource.id],
      );
      return rows.map((it) => it.name);
    },

    async versionOf(resource: { id: string }): Promise<number> {
      const [row] = await db.asOwner<{ version: number }>(`select version from resource where id = $1`, [resource.id]);
      return row?.version ?? 0;
    },
  };
}

/** The use cases of the catalogue as the application wires them, on a test's database and clock. */
export function catalogueOn(database: Database, clock: Clock) {
  const catalogue = new ResourceCatalogue(database, clock);
  const outbox = silentOutbox();
  return {
    catalogue,
    addResource: new AddResource(database, catalogue, outbox, clock),
    changeResource: new ChangeResource(database, catalogue, outbox, clock),
    changeStatus: new ChangeStatus(database, catalogue, outbox, clock),
    queries: new ResourcesQueries(database, clock),
  };
}

/** What says whose resources are. */
export function assignmentsOn(database: Database, catalogue: ResourceCatalogue, clock: Clock) {
  const outbox = silentOutbox();
  const queries = new AssignmentsQueries(database, clock);
  return {
    queries,
    change: new ChangeAssignment(database, catalogue, queries, outbox, clock),
    handOver: new HandOverOwn(database, catalogue, outbox, clock),
    days: new ShareDays(database, catalogue, queries, outbox, clock),
  };
}

/** The closure as it must be, worked out from nothing. */
async function closeOverParts(db: TestDatabase, organizationId: string): Promise<void> {
  await db.asOwner(`delete from resource_leaf where org_id = $1`, [organizationId]);
  await db.asOwner(
    `with recursive below as (
       select id as resource_id, id from resource where org_id = $1
       union all
       select b.resource_id, c.id from below b join resource c on c.parent_id = b.id
     )
     insert into resource_leaf (org_id, resource_id, leaf_id)
     select $1, b.resource_id, b.id from below b where not exists (select from resource c where c.parent_id = b.id)`,
    [organizationId],
  );
}
