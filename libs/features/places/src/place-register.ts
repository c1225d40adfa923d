import { catalogueEvent } from '@berth/contracts';
import { newId } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import type { Sql, Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { levelOf } from './floor';
import type { Place } from './resolve-place';

/** A place by its names, as `HQ/Floor 2/East Wing` tells it. */
export interface PlacePath {
  readonly site: string;
  readonly floor?: string;
  /** Only where there is a floor. */
  readonly room?: string;
}

/** Places of an organization by name; capital letters and forms of accents do not count. */
export interface PlaceIndex {
  /** @returns undefined when it is not there, or not all of it */
  find(path: PlacePath): Place | undefined;
  /** Names on the way to those that are not there, each once, in the order they are first named. */
  missing(paths: readonly PlacePath[]): MissingPlaces;
}

/** `HQ`, `HQ/Floor 2`, `HQ/Floor 2/East Wing` */
export interface MissingPlaces {
  readonly sites: readonly string[];
  readonly floors: readonly string[];
  readonly rooms: readonly string[];
}

interface NamedPlace extends Place {
  readonly path: PlacePath;
}

/** Finds or makes places by name, in the caller's transaction. */
@Injectable()
export class PlaceRegister {
  constructor(
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async index(db: Sql, organizationId: string): Promise<PlaceIndex> {
    const rows = await db.sql<{ s_id: string; s: string; f_id: string | null; f: string | null; m_id: string | null; m: string | null }>`
      select s.id as s_id, s.name as s, f.id as f_id, f.name as f, m.id as m_id, m.name as m
      from site s
      left join floor f on f.org_id = s.org_id and f.site_id = s.id
      left join room m on m.org_id = f.org_id and m.floor_id = f.id
      where s.org_id = ${organizationId}`;
    return indexOf(
      rows.map((it) => ({
        path: { site: it.s, floor: it.f ?? undefined, room: it.m ?? undefined },
        siteId: it.s_id,
        floorId: it.f_id,
        roomId: it.m_id,
      })),
    );
  }

  /** Makes what is missing; new sites take the organization's zone. The caller lets only one do this at a time in an organization. */
  async provide(tx: Tx, actor: Actor, paths: readonly PlacePath[]): Promise<PlaceIndex> {
    const { organizationId } = actor;
    const known = await this.index(tx, organizationId);
    if (!hasAny(known.missing(paths))) return known;
    await this.addSites(
      tx,
      actor,
      distinct(
        paths.filter((it) => !known.find({ site: it.site })),
        siteKey,
      ),
    );
    const withSites = await this.index(tx, organizationId);
    await this.addFloors(
      tx,
      actor,
      distinct(
        paths.filter((it) => it.floor && !withSites.find({ site: it.site, floor: it.floor })),
        floorKey,
      ),
      withSites,
    );
    const withFloors = await this.index(tx, organizationId);
    await this.addRooms(
      tx,
      actor,
      distinct(
        paths.filter((it) => it.room && !withFloors.find(it)),
        roomKey,
      ),
      withFloors,
    );
    return this.index(tx, organizationId);
  }

  private async addSites(tx: Tx, actor: Actor, paths: readonly PlacePath[]): Promise<void> {
    const sites = paths.map(({ site }) => ({ id: newId(), name: site }));
    await tx.sql`
      insert into site (id, org_id, name, time_zone, created_at)
      select n.id, o.id, n.name, o.time_zone, ${this.clock.now()}
      from jsonb_to_recordset(${JSON.stringify(sites)}) as n(id uuid, name text), organization o
      where o.id = ${actor.organizationId}`;
    await this.outbox.append(
      tx,
      actor,
      ...sites.map((it) => catalogueEvent('site.created', { ...it, siteIds: [it.id], after: { name: it.name } })),
    );
  }

  private async addFloors(tx: Tx, actor: Actor, paths: readonly PlacePath[], index: PlaceIndex): Promise<void> {
    const floors = paths.map(({ site, floor = '' }) => ({
      id: newId(),
      siteId: index.find({ site })?.siteId,
      name: floor,
      level: levelOf(floor),
    }));
    await tx.sql`
      insert into floor (id, org_id, site_id, name, level, created_at)
      select n.id, ${actor.organizationId}, n."siteId", n.name, n.level, ${this.clock.now()}
      from jsonb_to_recordset(${JSON.stringify(floors)}) as n(id uuid, "siteId" uuid, name text, level integer)`;
    const events = floors.map(({ id, siteId, name, level }) =>
      catalogueEvent('floor.created', { id, name, siteIds: siteId ? [siteId] : [], after: { siteId, name, level } }),
    );
    await this.outbox.append(tx, actor, ...events);
  }

  private async addRooms(tx: Tx, actor: Actor, paths: readonly PlacePath[], index: PlaceIndex): Promise<void> {
    const rooms = paths.map(({ site, floor, room = '' }) => ({ id: newId(), name: room, ...index.find({ site, floor }) }));
    await tx.sql`
      insert into room (id, org_id, floor_id, name, created_at)
      select n.id, ${actor.organizationId}, n."floorId", n.name, ${this.clock.now()}
      from jsonb_to_recordset(${JSON.stringify(rooms)}) as n(id uuid, "floorId" uuid, name text)`;
    const events = rooms.map(({ id, siteId, floorId, name }) =>
      catalogueEvent('room.created', { id, name, siteIds: siteId ? [siteId] : [], after: { floorId, name } }),
    );
    await this.outbox.append(tx, actor, ...events);
  }
}

function indexOf(places: readonly NamedPlace[]): PlaceIndex {
  const byKey = new Map<string, Place>();
  for (const { path, siteId, floorId, roomId } of places) {
    byKey.set(siteKey(path), { siteId, floorId: null, roomId: null });
    if (floorId) byKey.set(floorKey(path), { siteId, floorId, roomId: null });
    if (roomId) byKey.set(roomKey(path), { siteId, floorId, roomId });
  }
  return {
    find: (path) => byKey.get(path.room ? roomKey(path) : path.floor ? floorKey(path) : siteKey(path)),
    missing: (paths) => ({
      sites: distinct(
        paths.filter((it) => !byKey.has(siteKey(it))),
        siteKey,
      ).map((it) => it.site),
      floors: distinct(
        paths.filter((it) => it.floor && !byKey.has(floorKey(it))),
        floorKey,
      ).map((it) => `${it.site}/${it.floor}`),
      rooms: distinct(
        paths.filter((it) => it.room && !byKey.has(roomKey(it))),
        roomKey,
      ).map((it) => `${it.site}/${it.floor}/${it.room}`),
    }),
  };
}

const folded = (name: string | undefined): string => (name ?? '').normalize('NFC').toLowerCase();
const siteKey = ({ site }: PlacePath): string => JSON.stringify([folded(site)]);
const floorKey = ({ site, floor }: PlacePath): string => JSON.stringify([folded(site), folded(floor)]);
const roomKey = ({ site, floor, room }: PlacePath): string => JSON.stringify([folded(site), folded(floor), folded(room)]);

function distinct(paths: readonly PlacePath[], key: (path: PlacePath) => string): PlacePath[] {
  const first = new Map<string, PlacePath>();
  for (const path of paths) if (!first.has(key(path))) first.set(key(path), path);
  return [...first.values()];
}

const hasAny = ({ sites, floors, rooms }: MissingPlaces): boolean => sites.length + floors.length + rooms.length > 0;
