import { containing, visibleSites } from '@berth/places';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { visibleResources } from '@berth/resources';
import { Injectable } from '@nestjs/common';

/** Something one can search for, by its name. */
export interface Suggestion {
  readonly kind: 'resource' | 'type' | 'site' | 'floor' | 'tag';
  /** What a search takes: an id, the key of a type, or the tag itself. */
  readonly value: string;
  readonly label: string;
  readonly place: string | null;
}

const SUGGESTED_AT_MOST = 10;

/** Finds names of what the actor may see. */
@Injectable()
export class SuggestionsQueries {
  constructor(private readonly database: Database) {}

  /** Names that begin with it first, then kinds of things before single ones. */
  of(actor: Actor, typed: string): Promise<Suggestion[]> {
    const words = typed.trim();
    if (words === '') return Promise.resolve([]);
    const { organizationId } = actor;
    const anywhere = containing(words);
    const atTheStart = anywhere.slice(1);
    return this.database.of(organizationId).sql<Suggestion>`
      with found as (
        select 1 as rank, 'type' as kind, t.key as value, t.name as label, null::text as place
        from resource_type t where t.org_id = ${organizationId} and t.name ilike ${anywhere}
        union all
        select 2, 'site', s.id::text, s.name, null from site s where ${visibleSites(actor)} and s.name ilike ${anywhere}
        union all
        select 3, 'floor', f.id::text, f.name, s.name
        from floor f join site s on s.org_id = f.org_id and s.id = f.site_id
        where ${visibleSites(actor)} and f.name ilike ${anywhere}
        union all
        select distinct 4, 'tag', tag, tag, null from resource r, unnest(r.tags) as tag where ${visibleResources(actor)} and tag ilike ${anywhere}
        union all
        (select 5, 'resource', r.id::text, r.name, s.name
         from resource r left join site s on s.org_id = r.org_id and s.id = r.site_id
         where ${visibleResources(actor)} and r.bookable and r.status <> 'archived' and r.name ilike ${anywhere}
         order by r.name ilike ${atTheStart} desc, lower(r.name), r.id
         limit ${SUGGESTED_AT_MOST})
      )
      select kind, value, label, place from found
      order by label ilike ${atTheStart} desc, rank, lower(label), value
      limit ${SUGGESTED_AT_MOST}`;
  }
}
