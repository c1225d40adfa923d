import { sql, type Statement } from '@berth/platform/database';
import { type Assignment, type PolicySource, timeOfDays } from '@berth/scheduling';

/** An assignment as terms are read; instants are milliseconds since 1970. */
export interface AssignmentRow {
  person: { id: string; displayName: string | null };
  s: number;
  e: number | null;
  /** `YYYY-MM-DD` in order. */
  days: string[];
}

/**
 * What is assigned to somebody and shares time with the resource `r`, as JSON. An assigned half keeps the whole from others,
 * and an assigned whole its halves.
 * Who does not let everyone read their name is not named: terms are remembered for all.
 * @param since what was over by then does not count any more
 */
export const assignmentsSharing = (since: Date): Statement => sql`
  (select coalesce(jsonb_agg(jsonb_build_object(
            'person', jsonb_build_object('id', p.id, 'displayName', case when p.name_shown_to = 'everyone' then p.display_name end),
            's', (extract(epoch from a.starts_at) * 1000)::bigint, 'e', (extract(epoch from a.ends_at) * 1000)::bigint,
            'days', array(select d.day::text from shared_day d
                          where d.org_id = a.org_id and d.resource_id = a.resource_id and d.day >= ${since}::timestamptz::date - 2
                          order by d.day))
            order by a.resource_id = r.id desc, a.resource_id), '[]')
   from resource_assignment a
   join account p on p.org_id = a.org_id and p.id = a.account_id
   where a.org_id = r.org_id and (a.ends_at is null or a.ends_at > ${since})
     and a.resource_id in (select theirs.resource_id from resource_leaf own join resource_leaf theirs on theirs.leaf_id = own.leaf_id
                           where own.resource_id = r.id))`;

export const toAssignment = ({ person, s, e, days }: AssignmentRow, timeZone: string, source: PolicySource): Assignment => ({
  person,
  start: new Date(s),
  ...(e !== null && { end: new Date(e) }),
  shared: timeOfDays(days, timeZone),
  source,
});
