import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { GroupsQueries } from '@berth/people';
import { Injectable } from '@nestjs/common';
import type { Named } from '../assignments.queries';

/** Something that names a group: a role it has, a gate it opens, a request for approval it is asked about. */
export interface GroupUse {
  readonly kind: 'role' | 'gate' | 'approval';
  /** The role; null for the others, and without a name for a built-in one. */
  readonly role: { readonly id: string; readonly name: string | null } | null;
  /** What the gate is about; null for the others. */
  readonly verb: 'see' | 'book' | null;
  readonly place: Named & { readonly kind: 'organization' | 'site' | 'type' | 'resource' };
}

interface UseRow {
  kind: GroupUse['kind'];
  role_id: string | null;
  role_name: string | null;
  verb: GroupUse['verb'];
  place_kind: GroupUse['place']['kind'];
  place_id: string;
  place_name: string;
}

const MOST_SHOWN = 200;

/** Reads what a group is used for. */
@Injectable()
export class GroupUsesQueries {
  constructor(
    private readonly database: Database,
    private readonly groups: GroupsQueries,
  ) {}

  /** Roles, gates and approvals that name a group; at most 200 of them, and how many in all. @throws Problem `not-found` */
  async of(actor: Actor, id: string): Promise<{ data: GroupUse[]; total: number }> {
    await this.groups.one(actor, id);
    const org = actor.organizationId;
    const asked = JSON.stringify({ id });
    const rows = await this.database.of(org).sql<UseRow & { total: number }>`
      with place as (
        select id, 'organization' as kind, name, policy from organization where id = ${org}
        union all select id, 'site', name, policy from site where org_id = ${org}
        union all select id, 'type', name, policy from resource_type where org_id = ${org}
        union all select id, 'resource', name, policy from resource where org_id = ${org}
      ), used as (
        select 'role' as kind, coalesce(g.built_in, g.role_id::text) as role_id, r.name as role_name, null as verb,
               coalesce(g.resource_id, g.site_id, g.org_id) as place_id
        from role_assignment g left join role r on r.org_id = g.org_id and r.id = g.role_id
        where g.org_id = ${org} and g.group_id = ${id}
        union all
        select 'gate', null, null, verb, coalesce(resource_id, site_id) from gate_group where org_id = ${org} and group_id = ${id}
        union all
        select 'approval', null, null, null, place.id
        from place where jsonb_path_exists(place.policy, '$.approval.**.id ? (@ == $id)', ${asked}::jsonb)
      )
      select used.*, place.kind as place_kind, place.name as place_name, count(*) over ()::integer as total
      from used join place on place.id = used.place_id
      order by used.kind desc, lower(place.name), used.place_id, used.verb, used.role_id
      limit ${MOST_SHOWN}`;
    const data = rows.map((it) => ({
      kind: it.kind,
      role: it.role_id === null ? null : { id: it.role_id, name: it.role_name },
      verb: it.verb,
      place: { kind: it.place_kind, id: it.place_id, name: it.place_name },
    }));
    return { data, total: rows[0]?.total ?? 0 };
  }
}
