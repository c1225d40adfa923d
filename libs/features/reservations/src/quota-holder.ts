import type { Sql } from '@berth/platform/database';
import type { PersonalClaim, QuotaHolder } from '@berth/scheduling';

interface HolderRow {
  id: string;
  role: string;
  group_ids: string[];
  role_ids: string[];
  /** `until` in milliseconds since 1970. */
  exceptions: { quotaId: string; limit: number | null; until: number }[];
}

/** A person as quotas ask for them: groups, roles of any place that are in force, and the exceptions that still hold. */
export async function quotaHolder(db: Sql, accountId: string, now: Date): Promise<QuotaHolder> {
  const [holder] = await quotaHolders(db, [accountId], now);
  return holder ?? { accountId, groupIds: [], roleIds: [], exceptions: [] };
}

/** The same for several; who is not there is left out. */
export async function quotaHolders(db: Sql, accountIds: readonly string[], now: Date): Promise<QuotaHolder[]> {
  const rows = await db.sql<HolderRow>`
    with mine as (select m.account_id, m.group_id from group_membership m where m.org_id = current_org() and m.account_id = any(${[...accountIds]}::uuid[]))
    select a.id, a.role, array(select m.group_id from mine m where m.account_id = a.id)::text[] as group_ids,
           array(
             select distinct coalesce(g.built_in, g.role_id::text) from role_assignment g
             where g.org_id = a.org_id and (g.account_id = a.id or g.group_id in (select m.group_id from mine m where m.account_id = a.id))
               and (g.starts_at is null or g.starts_at <= ${now}) and (g.ends_at is null or g.ends_at > ${now}))::text[] as role_ids,
           (select coalesce(jsonb_agg(jsonb_build_object('quotaId', e.rule_id, 'limit', e.limit_value, 'until', (extract(epoch from e.until) * 1000)::bigint)), '[]')
            from quota_exception e where e.org_id = a.org_id and e.account_id = a.id and e.until > ${now}) as exceptions
    from account a where a.org_id = current_org() and a.id = any(${[...accountIds]}::uuid[])`;
  return rows.map((it) => ({
    accountId: it.id,
    groupIds: it.group_ids,
    roleIds: [it.role, ...it.role_ids],
    exceptions: it.exceptions.map((exception) => ({ ...exception, until: new Date(exception.until) })),
  }));
}

/** A claim with whose it is, and for how long it was one. */
export interface HeldClaim extends PersonalClaim {
  readonly organizerId: string;
  readonly createdAt: Date;
  readonly cancelledAt: Date | null;
}

/** More are not looked at: what is said of them is said of the latest. */
const MOST_CLAIMS = 50_000;

/** What people have that ends after an instant, or (`bookedSince`) was booked since then, given back or not. */
export async function claimsOfPeople(
  db: Sql,
  which: { readonly endingAfter: Date; readonly of?: string } | { readonly bookedSince: Date },
): Promise<HeldClaim[]> {
  const endingAfter = 'endingAfter' in which ? which.endingAfter : null;
  const bookedSince = 'bookedSince' in which ? which.bookedSince : null;
  const of = 'of' in which ? which.of : null;
  return db.sql<HeldClaim>`
    select r.id as "reservationId", r.organizer_id as "organizerId", r.created_at as "createdAt", r.cancelled_at as "cancelledAt", r.starts_at as start, r.ends_at as end,
           i.resource_id as "resourceId", x.type_id as "typeId", x.site_id as "siteId", i.quantity
    from reservation r
    join reservation_item i on i.org_id = r.org_id and i.reservation_id = r.id
    join resource x on x.org_id = i.org_id and x.id = i.resource_id
    where r.org_id = current_org() and (${of ?? null}::uuid is null or r.organizer_id = ${of ?? null}::uuid)
      and case when ${endingAfter}::timestamptz is not null
        then r.ends_at > ${endingAfter}::timestamptz and r.status in ('pending', 'confirmed', 'checked_in', 'completed')
        else r.created_at > ${bookedSince}::timestamptz and r.status not in ('held', 'released', 'expired', 'skipped') end
    order by r.created_at desc, r.id limit ${MOST_CLAIMS}`;
}
