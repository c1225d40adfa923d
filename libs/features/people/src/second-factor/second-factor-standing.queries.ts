import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Injectable } from '@nestjs/common';
import { hasSecondFactor } from './factors';

/** How many have a second factor, for those who decide who must. */
export interface SecondFactorStanding {
  readonly people: number;
  readonly without: number;
  /** Roles somebody has, built-in by name and others by id; a role that only begins later counts already. */
  readonly roles: readonly { readonly roleId: string; readonly people: number; readonly without: number }[];
}

interface StandingRow {
  role_id: string | null;
  people: number;
  without: number;
}

/** Counts active people by role and second factor. */
@Injectable()
export class SecondFactorStandingQueries {
  constructor(private readonly database: Database) {}

  async ofOrganization(actor: Actor): Promise<SecondFactorStanding> {
    const rows = await this.database.of(actor.organizationId).sql<StandingRow>`
      with person as materialized (
        select a.id, a.role, ${hasSecondFactor} as has from account a where a.org_id = ${actor.organizationId} and a.status = 'active'
      ), held as (
        select id, role as role_id, has from person
        union
        select p.id, coalesce(g.built_in, g.role_id::text), p.has
        from role_assignment g
        left join group_membership m on m.org_id = g.org_id and m.group_id = g.group_id
        join person p on p.id = coalesce(g.account_id, m.account_id)
        where g.org_id = ${actor.organizationId}
      )
      select role_id, count(*)::int as people, count(*) filter (where not has)::int as without from held group by role_id
      union all
      select null, count(*)::int, count(*) filter (where not has)::int from person
      order by role_id nulls first`;
    const [all, ...roles] = rows;
    return {
      people: all?.people ?? 0,
      without: all?.without ?? 0,
      roles: roles.map((it) => ({ roleId: it.role_id ?? '', people: it.people, without: it.without })),
    };
  }
}
