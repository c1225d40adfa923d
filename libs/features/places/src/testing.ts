import { newId } from '@berth/kernel';
import { rightsOfRole, type Actor } from '@berth/platform/auth';
import type { TestDatabase } from '@berth/platform/testing';
import type { PolicyDocument } from '@berth/scheduling';

/** Rows of this feature, with only what the test is about; names are unique unless given. */
export function placesGiven(db: TestDatabase) {
  return {
    /** Somebody of the test's organization; no account stands behind it. */
    anActor: (given: Partial<Actor> = {}): Actor => ({
      organizationId: db.organizationId,
      accountId: newId(),
      sessionId: newId(),
      requestId: 'test',
      displayName: 'Ada',
      ...rightsOfRole('admin'),
      ...given,
    }),

    /** Another organization, of whom the test's must see nothing. */
    async anotherOrganization(): Promise<{ id: string }> {
      const id = newId();
      await db.asOwner(`insert into organization (id, name, time_zone, created_at) values ($1, 'Globex', 'UTC', now())`, [id]);
      return { id };
    },

    async aSite(
      given: { name?: string; timeZone?: string; policy?: PolicyDocument; organizationId?: string } = {},
    ): Promise<{ id: string; name: string }> {
      const id = newId();
      const name = given.name ?? `Site ${id}`;
      await db.asOwner(`insert into site (id, org_id, name, time_zone, policy, created_at) values ($1, $2, $3, $4, $5, now())`, [
        id,
        given.organizationId ?? db.organizationId,
        name,
        given.timeZone ?? 'Europe/Berlin',
        JSON.stringify(given.policy ?? {}),
      ]);
      return { id, name };
    },

    async aFloor(given: { site: { id: string }; name?: string; level?: number }): Promise<{ id: string; name: string }> {
      const id = newId();
      const name = given.name ?? `Floor ${id}`;
      await db.asOwner(`insert into floor (id, org_id, site_id, name, level, created_at) values ($1, $2, $3, $4, $5, now())`, [
        id,
        db.organizationId,
        given.site.id,
        name,
        given.level ?? null,
      ]);
      return { id, name };
    },

    async aRoom(given: { floor: { id: string }; name?: string }): Promise<{ id: string; name: string }> {
      const id = newId();
      const name = given.name ?? `Room ${id}`;
      await db.asOwner(`insert into room (id, org_id, floor_id, name, created_at) values ($1, $2, $3, $4, now())`, [
        id,
        db.organizationId,
        given.floor.id,
        name,
      ]);
      return { id, name };
    },

    /** What the log says of a subject, oldest first. */
    eventsOf: (subject: { id: string }): Promise<{ type: string; data: Record<string, unknown> }[]> =>
      db.asOwner(`select type, data from event where subject_id = $1 order by position`, [subject.id]),

    async epoch(): Promise<number> {
      const [row] = await db.asOwner<{ epoch: string }>(`select epoch from organization where id = $1`, [db.organizationId]);
      return Number(row?.epoch);
    },
  };
}
