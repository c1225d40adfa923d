import { sql, type Statement } from '@berth/platform/database';

/** Whom a person lets read the name that stands on what is theirs; `groups` is who is in a group with them. */
export const nameAudiences = ['everyone', 'groups', 'nobody'] as const;
export type NameAudience = (typeof nameAudiences)[number];

/** Somebody who would read a name. */
interface Reader {
  readonly accountId: string;
  readonly groupIds: readonly string[];
}

/** A person as far as it decides who reads the name. */
export interface Named {
  readonly id: string;
  readonly nameShownTo: NameAudience;
  readonly groupIds: readonly string[];
}

/**
 * Whether a reader is told the name of a person, as a condition: by the person’s own choice. What somebody has to know for their work
 * (who manages or approves a reservation) is added where that work is known.
 * @param account what the table is called where the condition stands
 */
export const readsName = ({ accountId, groupIds }: Reader, account: Statement): Statement => sql`(
  ${account}.name_shown_to = 'everyone' or ${account}.id = ${accountId}
  or (${account}.name_shown_to = 'groups' and exists (
    select from group_membership m
    where m.org_id = ${account}.org_id and m.account_id = ${account}.id and m.group_id = any(${[...groupIds]}::uuid[]))))`;

/** The same rule for a person who was read already. */
export const mayReadName = ({ accountId, groupIds }: Reader, { id, nameShownTo, groupIds: theirs }: Named): boolean =>
  nameShownTo === 'everyone' || id === accountId || (nameShownTo === 'groups' && theirs.some((it) => groupIds.includes(it)));
