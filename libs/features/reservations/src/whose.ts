import { mayReadName, type Named, readsName } from '@berth/people';
import { type Actor, may, type Rights } from '@berth/platform/auth';
import { type Sql, sql, type Statement } from '@berth/platform/database';
import { type ResourceTerms, scopeOfTerms } from '@berth/resources';
import { reservationsWith } from './manages-reservation';

/** Somebody a reservation names who does not let everyone read that, and who is asked to approve it. */
export interface ShyPerson extends Named {
  readonly approverIds: readonly string[];
}

/**
 * Whether the actor is told who a person of a reservation is, as a condition: where that person lets them, and always whose it is, who
 * booked it, who manages or approves what it is of, and who is asked to. The reservation is called `v` there.
 * @param account what the table of the person is called there
 */
export const tellsWho = (actor: Actor, account: Statement): Statement => sql`(
  ${readsName(actor, account)} or v.organizer_id = ${actor.accountId} or v.booked_by_id = ${actor.accountId}
  or ${reservationsWith(actor, 'reservation:manage', sql`v.id`)} or ${reservationsWith(actor, 'approval:manage', sql`v.id`)}
  or exists (
    select from approval_request q join approval_approver p on p.org_id = q.org_id and p.request_id = q.id
    where q.org_id = v.org_id and q.reservation_id = v.id and p.account_id = ${actor.accountId}))`;

/** Those of the people the actor is told of on a reservation. */
export async function peopleTold(db: Sql, actor: Actor, reservationId: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db.sql<{ id: string }>`
    select a.id
    from reservation v join account a on a.org_id = v.org_id
    where v.org_id = ${actor.organizationId} and v.id = ${reservationId} and a.id = any(${[...ids]}::uuid[]) and ${tellsWho(actor, sql`a`)}`;
  return new Set(rows.map((it) => it.id));
}

/** Those of the people on a reservation who do not let everyone read their name: asked once for all who follow. */
export const shyPeople = (db: Sql, organizationId: string, reservationId: string, ids: readonly string[]): Promise<ShyPerson[]> =>
  db.sql<ShyPerson>`
    select a.id, a.name_shown_to as "nameShownTo",
           array(select m.group_id from group_membership m where m.org_id = a.org_id and m.account_id = a.id)::text[] as "groupIds",
           array(select p.account_id from approval_request q join approval_approver p on p.org_id = q.org_id and p.request_id = q.id
                 where q.org_id = a.org_id and q.reservation_id = ${reservationId})::text[] as "approverIds"
    from account a
    where a.org_id = ${organizationId} and a.id = any(${[...ids]}::uuid[]) and a.name_shown_to <> 'everyone'`;

/** Those of the accounts that do not let everyone read their name. */
export async function shyAmong(db: Sql, organizationId: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db.sql<{ id: string }>`
    select id from account where org_id = ${organizationId} and id = any(${[...ids]}::uuid[]) and name_shown_to <> 'everyone'`;
  return new Set(rows.map((it) => it.id));
}

/** The rule of `tellsWho` for shy people of a reservation, whose the actor is not. @param terms of all the reservation is of */
export function tellsShy(actor: Rights & Pick<Actor, 'accountId'>, shy: ShyPerson, terms: readonly ResourceTerms[]): boolean {
  const all = (permission: 'reservation:manage' | 'approval:manage'): boolean =>
    may(actor, permission) || (terms.length > 0 && terms.every((it) => may(actor, permission, scopeOfTerms(it))));
  return mayReadName(actor, shy) || shy.approverIds.includes(actor.accountId) || all('reservation:manage') || all('approval:manage');
}

type Facts = Readonly<Record<string, unknown>>;
const PARTIES: readonly string[] = ['organizerId', 'bookedById'];
const CHANGES: readonly string[] = ['previous', 'before', 'after'];

/** The ids of people that facts of a reservation name, now and before. */
export const peopleIn = (facts: Facts): string[] => [
  ...PARTIES.flatMap((it) => (typeof facts[it] === 'string' ? [facts[it]] : [])),
  ...CHANGES.flatMap((it) => (isFacts(facts[it]) ? peopleIn(facts[it]) : [])),
];

/** Facts without the people of whom a reader is not told. */
export function withoutPeople<T extends object>(facts: T, isTold: (id: string) => boolean): T {
  const kept = Object.entries(facts)
    .filter(([name, value]) => !(PARTIES.includes(name) && typeof value === 'string' && !isTold(value)))
    .map(([name, value]) => [name, CHANGES.includes(name) && isFacts(value) ? withoutPeople(value, isTold) : value] as const);
  return Object.fromEntries(kept) as T;
}

const isFacts = (value: unknown): value is Facts => typeof value === 'object' && value !== null && !Array.isArray(value);
