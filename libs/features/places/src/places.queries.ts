import { Problem } from '@berth/contracts';
import { pageOf, type Page } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database, nothing, type Sql, sql, type Tx } from '@berth/platform/database';
import { cursorOf } from '@berth/platform/http';
import { Injectable } from '@nestjs/common';
import { type Floor, type FloorRow, toFloor } from './floor';
import { containing, cursorId, cursorText, cursorWhole } from './list-values';
import type { FloorQuery, PlaceQuery, RoomQuery } from './places.dto';
import { type Room, type RoomRow, toRoom } from './room';
import { type Site, type SiteRow, toSite } from './site';
import { visibleSites } from './visible-sites';

// Counting is all that is asked of resources here; they know places, not the other way round.
const sites = sql`
  select s.id, s.name, s.country_code, s.time_zone, s.latitude, s.longitude, s.address, s.policy, s.version, lower(s.name) as sort_name,
         (select count(*) from resource r where r.org_id = s.org_id and r.site_id = s.id and r.status <> 'archived')::integer as resource_count
  from site s`;

/** Floors without a level come last. */
const floors = sql`
  select f.id, f.site_id, f.name, f.level, f.version, coalesce(f.level, 2147483647) as sort_level, lower(f.name) as sort_name
  from floor f`;

const rooms = sql`select m.id, m.floor_id, m.name, m.version, lower(m.name) as sort_name from room m`;

/** Reads sites, floors and rooms. */
@Injectable()
export class PlacesQueries {
  constructor(private readonly database: Database) {}

  /** Sites by name. */
  async sitesPage(actor: Actor, query: PlaceQuery): Promise<Page<Site>> {
    const from = cursorOf(query, 2);
    const rows = await this.database.of(actor.organizationId).sql<SiteRow>`
      ${sites}
      where ${visibleSites(actor)}
        ${query.q ? sql`and s.name ilike ${containing(query.q)}` : nothing}
        ${from ? sql`and (lower(s.name), s.id) > (${cursorText(from[0])}, ${cursorId(from[1])})` : nothing}
      order by lower(s.name), s.id
      limit ${query.limit + 1}`;
    const page = pageOf(rows, query.limit, (it) => [it.sort_name, it.id]);
    return { ...page, data: page.data.map(toSite) };
  }

  /** Floors from the lowest level up, then by name. */
  async floorsPage(actor: Actor, query: FloorQuery): Promise<Page<Floor>> {
    const from = cursorOf(query, 3);
    const rows = await this.database.of(actor.organizationId).sql<FloorRow>`
      ${floors}
      where f.org_id = ${actor.organizationId} and f.site_id in (select s.id from site s where ${visibleSites(actor)})
        ${query.siteId ? sql`and f.site_id = ${query.siteId}` : nothing}
        ${query.q ? sql`and f.name ilike ${containing(query.q)}` : nothing}
        ${from ? sql`and (coalesce(f.level, 2147483647), lower(f.name), f.id) > (${cursorWhole(from[0])}, ${cursorText(from[1])}, ${cursorId(from[2])})` : nothing}
      order by coalesce(f.level, 2147483647), lower(f.name), f.id
      limit ${query.limit + 1}`;
    const page = pageOf(rows, query.limit, (it) => [it.sort_level, it.sort_name, it.id]);
    return { ...page, data: page.data.map(toFloor) };
  }

  /** Rooms by name. */
  async roomsPage(actor: Actor, query: RoomQuery): Promise<Page<Room>> {
    const from = cursorOf(query, 2);
    const rows = await this.database.of(actor.organizationId).sql<RoomRow>`
      ${rooms}
      where m.org_id = ${actor.organizationId}
        and m.floor_id in (select f.id from floor f join site s on s.org_id = f.org_id and s.id = f.site_id where ${visibleSites(actor)})
        ${query.floorId ? sql`and m.floor_id = ${query.floorId}` : nothing}
        ${query.q ? sql`and m.name ilike ${containing(query.q)}` : nothing}
        ${from ? sql`and (lower(m.name), m.id) > (${cursorText(from[0])}, ${cursorId(from[1])})` : nothing}
      order by lower(m.name), m.id
      limit ${query.limit + 1}`;
    const page = pageOf(rows, query.limit, (it) => [it.sort_name, it.id]);
    return { ...page, data: page.data.map(toRoom) };
  }

  /** @throws Problem `not-found` when the actor may not see it, as of its floors and rooms */
  async site(actor: Actor, id: string): Promise<Site> {
    const db = this.database.of(actor.organizationId);
    const [row] = await db.sql<SiteRow>`${sites} where ${visibleSites(actor)} and s.id = ${id}`;
    return toSite(found(row));
  }

  async floor(actor: Actor, id: string): Promise<Floor> {
    const floor = await readFloor(this.database.of(actor.organizationId), actor.organizationId, id);
    await this.site(actor, floor.siteId);
    return floor;
  }

  async room(actor: Actor, id: string): Promise<Room> {
    const room = await readRoom(this.database.of(actor.organizationId), actor.organizationId, id);
    await this.floor(actor, room.floorId);
    return room;
  }
}

/** @throws Problem `not-found` */
export async function readSite(db: Sql, organizationId: string, id: string): Promise<Site> {
  const [row] = await db.sql<SiteRow>`${sites} where s.org_id = ${organizationId} and s.id = ${id}`;
  return toSite(found(row));
}

/** The site, kept as it is until the transaction ends. @throws Problem `not-found` */
export async function siteForUpdate(tx: Tx, organizationId: string, id: string): Promise<Site> {
  const [row] = await tx.sql<SiteRow>`${sites} where s.org_id = ${organizationId} and s.id = ${id} for no key update of s`;
  return toSite(found(row));
}

/** @throws Problem `not-found` */
export async function readFloor(db: Sql, organizationId: string, id: string): Promise<Floor> {
  const [row] = await db.sql<FloorRow>`${floors} where f.org_id = ${organizationId} and f.id = ${id}`;
  return toFloor(found(row));
}

/** The floor, kept as it is until the transaction ends. @throws Problem `not-found` */
export async function floorForUpdate(tx: Tx, organizationId: string, id: string): Promise<Floor> {
  const [row] = await tx.sql<FloorRow>`${floors} where f.org_id = ${organizationId} and f.id = ${id} for no key update of f`;
  return toFloor(found(row));
}

/** @throws Problem `not-found` */
export async function readRoom(db: Sql, organizationId: string, id: string): Promise<Room> {
  const [row] = await db.sql<RoomRow>`${rooms} where m.org_id = ${organizationId} and m.id = ${id}`;
  return toRoom(found(row));
}

/** The room, kept as it is until the transaction ends. @throws Problem `not-found` */
export async function roomForUpdate(tx: Tx, organizationId: string, id: string): Promise<Room> {
  const [row] = await tx.sql<RoomRow>`${rooms} where m.org_id = ${organizationId} and m.id = ${id} for no key update of m`;
  return toRoom(found(row));
}

function found<T>(row: T | undefined): T {
  if (!row) throw new Problem('not-found');
  return row;
}
