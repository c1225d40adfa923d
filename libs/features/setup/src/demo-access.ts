import { AssignRole } from '@berth/access';
import { AddGroup, ChangeMembership } from '@berth/people';
import { Database } from '@berth/platform/database';
import type { Actor } from '@berth/platform/auth';
import { SetRule } from '@berth/quotas';
import { Injectable } from '@nestjs/common';
import { demoGroups, demoManager, demoQuota } from './demo-data';
import type { Kind } from './kinds';

/** Who belongs together, who looks after a site, and how much of what each may have. */
@Injectable()
export class DemoAccess {
  constructor(
    private readonly database: Database,
    private readonly addGroup: AddGroup,
    private readonly membership: ChangeMembership,
    private readonly assignRole: AssignRole,
    private readonly quotas: SetRule,
  ) {}

  /** Comes after the bookings: those of the demo are not held to the quota. */
  async provide(admin: Actor, people: ReadonlyMap<string | null, Actor>, types: ReadonlyMap<Kind, string>): Promise<void> {
    for (const { members, delegate, ...group } of demoGroups) {
      const { id: groupId } = await this.addGroup.execute(admin, group);
      for (const name of members) {
        const accountId = people.get(name)!.accountId;
        await this.membership.execute(admin, { groupId, accountId, to: 'in', mayAddMembers: name === delegate });
      }
    }
    const { person, site, roleId } = demoManager;
    await this.assignRole.execute(admin, { roleId, accountId: people.get(person)!.accountId, siteId: await this.siteId(admin, site) });
    const { kind, ...limit } = demoQuota;
    await this.quotas.add(admin, { ...limit, who: { kind: 'everyone', id: null }, what: { kind: 'type', id: types.get(kind)! } });
  }

  private async siteId({ organizationId }: Actor, name: string): Promise<string> {
    const [site] = await this.database.of(organizationId).sql<{ id: string }>`
      select id from site where org_id = ${organizationId} and name = ${name}`;
    return site!.id;
  }
}
