import { Problem } from '@berth/contracts';
import { formatInstant, pageOf, type Page } from '@berth/kernel';
import {
  AccessTokens,
  type Actor,
  rightsColumns,
  type RightsRow,
  type ShownStandIn,
  standInOf,
  type TokenAnswer,
  toRights,
} from '@berth/platform/auth';
import { Database, nothing, type Sql, sql } from '@berth/platform/database';
import { cursorOf } from '@berth/platform/http';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import type { PeopleQuery } from './people.dto';
import { hasApp } from './second-factor/factors';
import { chosenPreferences } from './change-preferences';
import { type Person, type PersonRow, type PlacedRights, type Preferences, preferencesOf, rightsShown, toPerson } from './person';

interface MeRow extends PersonRow, RightsRow {
  decides_membership: boolean;
  preferences: Partial<Preferences>;
  org_id: string;
  organization: string;
  time_zone: string;
  language: string;
  week_start: number;
  registration_open: boolean;
  demo: boolean;
  demo_undo_until: Date | null;
}

/** What the console knows of the person who is signed in. */
export interface Me extends Person {
  /** What they may do somewhere. */
  readonly permissions: readonly string[];
  /** What of it holds in the whole organization. */
  readonly everywhere: readonly string[];
  /** What of it holds at a site, or of a resource with its parts, and not everywhere. */
  readonly places: readonly PlacedRights[];
  /** Whether they may say who else is in some group. */
  readonly decidesMembership: boolean;
  readonly organization: {
    readonly id: string;
    readonly name: string;
    readonly timeZone: string;
    readonly language: string;
    readonly weekStart: number;
    readonly registrationOpen: boolean;
    readonly demo: boolean;
    readonly demoUndoUntil: string | null;
  };
  readonly preferences: Preferences;
  /** Who acts as them; null where they do themselves. */
  readonly standIn: ShownStandIn | null;
}

/** A sign-in that goes on. */
export interface PersonSession {
  readonly createdAt: string;
  readonly lastUsedAt: string;
  readonly userAgent: string | null;
  readonly address: string | null;
}

/** A person as those who look after people see them. */
export interface PersonSeen extends Person {
  readonly emailVerified: boolean;
  readonly hasPassword: boolean;
  /** What is asked for after the password. */
  readonly secondFactor: { readonly app: boolean; readonly passkeys: number };
  /** Latest first. */
  readonly sessions: readonly PersonSession[];
}

interface SessionRow {
  created_at: Date;
  used_at: Date;
  user_agent: string | null;
  address: string | null;
}

/** Reads people. */
@Injectable()
export class PeopleQueries {
  constructor(
    private readonly database: Database,
    private readonly tokens: AccessTokens,
    private readonly clock: Clock,
  ) {}

  async me(actor: Pick<Actor, 'organizationId' | 'accountId' | 'scopes' | 'via'>): Promise<Me> {
    const db = this.database.of(actor.organizationId);
    const [row] = await db.sql<MeRow>`
      select a.id, a.username, a.display_name, a.email, a.role, a.status, a.created_at, a.version,
             ${chosenPreferences} as preferences, ${rightsColumns(this.clock.now())},
             exists (select from group_member m where m.org_id = a.org_id and m.account_id = a.id and m.may_add_members) as decides_membership,
             o.id as org_id, o.name as organization, o.time_zone, o.language, o.week_start, o.registration_open, o.demo, o.demo_undo_until
      from account a join organization o on o.id = a.org_id
      where a.org_id = ${actor.organizationId} and a.id = ${actor.accountId}`;
    const standIn = actor.via?.kind === 'stand-in' ? await standInOf(db, actor.organizationId, actor.via.id) : undefined;
    return {
      ...toPerson(row!),
      ...rightsShown({ ...toRights(row!), ...(standIn && { scopes: actor.scopes }) }),
      decidesMembership: row!.decides_membership,
      organization: {
        id: row!.org_id,
        name: row!.organization,
        timeZone: row!.time_zone,
        language: row!.language,
        weekStart: row!.week_start,
        registrationOpen: row!.registration_open,
        demo: row!.demo,
        demoUndoUntil: row!.demo_undo_until && formatInstant(row!.demo_undo_until),
      },
      preferences: preferencesOf(row!.preferences, row!),
      standIn: standIn ?? null,
    };
  }

  /** The person a fresh sign-in belongs to. */
  async meBySession(tokens: TokenAnswer): Promise<Me> {
    const claims = await this.tokens.verify(tokens.access_token);
    return this.me(claims);
  }

  /** One of them with their sessions. @throws Problem `not-found`, `account-merged` naming the account that stayed */
  async one(actor: Actor, id: string, db: Sql = this.database.of(actor.organizationId)): Promise<PersonSeen> {
    const [row] = await db.sql<PersonRow & { verified: boolean; has_password: boolean; has_app: boolean; passkeys: number }>`
      select id, username, display_name, email, role, status, created_at, version,
             email_verified_at is not null as verified, password_hash is not null as has_password, ${hasApp} as has_app,
             (select count(*)::int from passkey p where p.org_id = a.org_id and p.account_id = a.id) as passkeys
      from account a where org_id = ${actor.organizationId} and id = ${id} and erased_at is null`;
    if (!row) throw await goneOf(db, actor, id);
    const sessions = await db.sql<SessionRow>`
      select created_at, coalesce(rotated_at, created_at) as used_at, user_agent, host(address) as address
      from session
      where org_id = ${actor.organizationId} and account_id = ${id} and stood_in_by is null and revoked_at is null and expires_at > ${this.clock.now()}
      order by used_at desc limit 50`;
    return {
      ...toPerson(row),
      emailVerified: row.verified,
      hasPassword: row.has_password,
      secondFactor: { app: row.has_app, passkeys: row.passkeys },
      sessions: sessions.map((it) => ({
        createdAt: formatInstant(it.created_at),
        lastUsedAt: formatInstant(it.used_at),
        userAgent: it.user_agent,
        address: it.address,
      })),
    };
  }

  /** People of the organization by name and id. */
  async page(actor: Actor, query: PeopleQuery): Promise<Page<Person>> {
    const from = cursorOf(query, 2);
    const rows = await this.database.of(actor.organizationId).sql<PersonRow>`
      select id, username, display_name, email, role, status, created_at, version
      from account
      where org_id = ${actor.organizationId} and erased_at is null and status = any(${query.status ?? ['active']})
        ${query.q ? sql`and (display_name ilike ${like(query.q)} or username ilike ${like(query.q)} or email ilike ${like(query.q)})` : nothing}
        ${from ? sql`and (lower(display_name), id) > (${String(from[0])}, ${String(from[1])}::text::uuid)` : nothing}
      order by lower(display_name), id
      limit ${query.limit + 1}`;
    return pageOf(rows.map(toPerson), query.limit, (it) => [it.displayName.toLowerCase(), it.id]);
  }
}

/** Of somebody who is not there: where they went, if they did. */
async function goneOf(db: Sql, { organizationId }: Actor, id: string): Promise<Problem> {
  const [into] = await db.sql<{ id: string; displayName: string }>`
    select s.id, s.display_name as "displayName" from account a join account s on s.org_id = a.org_id and s.id = a.merged_into and s.erased_at is null
    where a.org_id = ${organizationId} and a.id = ${id}`;
  return into ? new Problem('account-merged', { into }) : new Problem('not-found');
}

const like = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
