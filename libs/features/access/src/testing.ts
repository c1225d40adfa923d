import { newId } from '@berth/kernel';
import { type Actor, type Rights, readRights } from '@berth/platform/auth';
import type { TestDatabase } from '@berth/platform/testing';
import { resourcesGiven } from '@berth/resources/testing';

/** Rows tests of rights begin with. */
export function accessGiven(db: TestDatabase) {
  return {
    ...resourcesGiven(db),

    async aPerson(role: Actor['role'] = 'user', email?: string): Promise<Actor> {
      const accountId = newId();
      await db.asOwner(
        `insert into account (id, org_id, username, email, display_name, role, created_at, email_verified_at)
         values ($1, $2, $3, $4, 'Ada', $5, now(), $6)`,
        [accountId, db.organizationId, `u${accountId}`, email ?? `${accountId}@acme.example`, role, email ? new Date() : null],
      );
      const rights: Rights = { role, grants: [], groupIds: [] };
      return { organizationId: db.organizationId, accountId, displayName: 'Ada', ...rights, sessionId: newId(), requestId: 'test' };
    },

    /** The person as a session would know them at that moment. */
    async now(person: Actor, at: Date): Promise<Actor> {
      const rights = await readRights(db.database.of(db.organizationId), db.organizationId, person.accountId, at);
      if (!rights) throw new Error('the person is not active');
      return { ...person, ...rights };
    },

    async aGroup(
      given: { members?: readonly Actor[]; domains?: readonly string[]; roles?: readonly string[] } = {},
    ): Promise<{ id: string }> {
      const id = newId();
      const kind = given.domains || given.roles ? 'rule' : 'static';
      await db.asOwner(
        `insert into people_group (id, org_id, name, kind, domains, roles, created_at) values ($1, $2, $3, $4, $5, $6, now())`,
        [id, db.organizationId, `Group ${id}`, kind, given.domains ?? null, given.roles ?? null],
      );
      for (const { accountId } of given.members ?? [])
        await db.asOwner(`insert into group_member (org_id, group_id, account_id, created_at) values ($1, $2, $3, now())`, [
          db.organizationId,
          id,
          accountId,
        ]);
      return { id };
    },
  };
}
