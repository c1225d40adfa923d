import { catalogueEvent, Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database, sql } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Injectable } from '@nestjs/common';
import { type Preferences, preferencesOf } from './person';

/** What a person chose, as JSON; the account is called `a`. Who reads the name is a column, as other statements ask for it. */
export const chosenPreferences = sql`(a.preferences || jsonb_build_object('nameShownTo', a.name_shown_to))`;

/** Changes the actor's own preferences: merge patch, null takes a choice back. Reads `site`, which belongs to places, for one id. */
@Injectable()
export class ChangePreferences {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** @throws Problem `invalid-reference` for a site that does not exist */
  execute(actor: Actor, patch: Readonly<Record<string, unknown>>): Promise<Preferences> {
    return this.database.transaction(actor, async (tx) => {
      const siteId = patch['defaultSiteId'] ?? null;
      if (siteId !== null && (await tx.sql`select from site where org_id = ${actor.organizationId} and id = ${siteId}`).length === 0) {
        throw new Problem('invalid-reference', {
          errors: [{ pointer: '/defaultSiteId', code: 'unknown-id', detail: 'is no site of yours' }],
        });
      }
      const [was] = await tx.sql<{ preferences: Readonly<Record<string, unknown>> }>`
        select ${chosenPreferences} as preferences from account a
        where a.org_id = ${actor.organizationId} and a.id = ${actor.accountId} for no key update`;
      const before = Object.fromEntries(Object.keys(patch).map((it) => [it, was?.preferences[it] ?? null]));
      const { nameShownTo, ...others } = patch;
      const audience = nameShownTo === undefined ? sql`a.name_shown_to` : sql`${nameShownTo ?? 'everyone'}`;
      const [row] = await tx.sql<{ preferences: Partial<Preferences>; language: string; week_start: number }>`
        update account a
        set preferences = jsonb_strip_nulls(a.preferences || ${JSON.stringify(others)}::jsonb), name_shown_to = ${audience},
            version = a.version + 1
        from organization o
        where o.id = a.org_id and a.org_id = ${actor.organizationId} and a.id = ${actor.accountId}
        returning ${chosenPreferences} as preferences, o.language, o.week_start`;
      // Whose an assigned resource is stands in the terms that each process remembers.
      if (nameShownTo !== undefined) await tx.sql`update organization set epoch = epoch + 1 where id = ${actor.organizationId}`;
      await this.outbox.append(tx, actor, catalogueEvent('user.updated', { id: actor.accountId, before, after: patch }));
      return preferencesOf(row!.preferences, row!);
    });
  }
}
