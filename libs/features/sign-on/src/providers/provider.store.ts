import { builtInRoleKeys, Problem } from '@berth/contracts';
import { newId } from '@berth/kernel';
import { brokenConstraint, type Sql, type Tx } from '@berth/platform/database';
import { demandWaysIn } from '../linked/linked-identity.store';
import type { Mapping, ProviderSettings } from './provider';

/** A provider to be written. */
export interface WrittenProvider {
  readonly id: string;
  readonly organizationId: string;
  readonly configuredBy: string;
  readonly settings: ProviderSettings;
}

/** @throws Problem `already-exists` when the key or a domain is taken */
export async function insertProvider(
  tx: Tx,
  { id, organizationId, configuredBy, settings: it }: WrittenProvider,
  fixed: { readonly key: string; readonly issuer: string; readonly secretSealed: Buffer | null },
  now: Date,
): Promise<void> {
  await asProblem(
    tx.sql`
      insert into identity_provider (id, org_id, key, name, issuer, client_id, secret_sealed, scopes, prompt, max_age, admits, new_role, domains,
                                     trusts_emails, second_factor_values, claims, position, enabled, configured_by, created_at)
      select ${id}, ${organizationId}, ${fixed.key}, ${it.name}, ${fixed.issuer}, ${it.clientId}, ${fixed.secretSealed}, ${[...it.scopes]}::text[],
             ${it.prompt}, ${it.maxAge}, ${it.admits}, ${it.newRole}, ${[...it.domains]}::text[], ${it.trustsEmails},
             ${[...it.secondFactorValues]}::text[], ${JSON.stringify(it.claims)}::jsonb,
             coalesce((select max(position) from identity_provider where org_id = ${organizationId}), 0) + 1,
             ${it.enabled}, ${configuredBy}, ${now}`,
  );
  await writeHomeDomains(tx, organizationId, id, it.homeDomains);
  await writeMapping(tx, organizationId, id, it.mapping);
}

/** @param secretSealed undefined keeps the one there is. @throws Problem `already-exists` when a domain is taken */
export async function updateProvider(
  tx: Tx,
  { id, organizationId, configuredBy, settings: it }: WrittenProvider,
  secretSealed: Buffer | null | undefined,
): Promise<void> {
  await tx.sql`
    update identity_provider
    set name = ${it.name}, client_id = ${it.clientId}, scopes = ${[...it.scopes]}::text[], prompt = ${it.prompt}, max_age = ${it.maxAge},
        admits = ${it.admits}, new_role = ${it.newRole}, domains = ${[...it.domains]}::text[], trusts_emails = ${it.trustsEmails},
        second_factor_values = ${[...it.secondFactorValues]}::text[], claims = ${JSON.stringify(it.claims)}::jsonb, enabled = ${it.enabled},
        configured_by = ${configuredBy}, version = version + 1,
        secret_sealed = case when ${secretSealed === undefined} then secret_sealed else ${secretSealed ?? null} end
    where org_id = ${organizationId} and id = ${id}`;
  await writeHomeDomains(tx, organizationId, id, it.homeDomains);
  await writeMapping(tx, organizationId, id, it.mapping);
}

/** Removes a provider with its links, and with what it gave. @throws Problem `last-way-in` when it is the only way in for somebody */
export async function deleteProvider(tx: Tx, organizationId: string, id: string): Promise<void> {
  await tx.sql`delete from identity_provider where org_id = ${organizationId} and id = ${id}`;
  await demandWaysIn(tx, 'Somebody would have no way to sign in any more.');
}

/** @param ids in the order wanted; those that are left out keep theirs behind them */
export async function writeOrder(tx: Tx, organizationId: string, ids: readonly string[]): Promise<void> {
  await tx.sql`
    update identity_provider p
    set position = w.position
    from (
      select id, row_number() over (order by coalesce(array_position(${[...ids]}::uuid[], id), 2147483647), position, id) as position
      from identity_provider where org_id = ${organizationId}
    ) w
    where p.org_id = ${organizationId} and p.id = w.id`;
}

async function writeHomeDomains(tx: Tx, organizationId: string, providerId: string, domains: readonly string[]): Promise<void> {
  await tx.sql`delete from home_domain where org_id = ${organizationId} and provider_id = ${providerId}`;
  await asProblem(
    tx.sql`
      insert into home_domain (org_id, provider_id, domain)
      select ${organizationId}, ${providerId}, domain from unnest(${[...domains]}::text[]) as domain`,
  );
}

async function writeMapping(tx: Tx, organizationId: string, providerId: string, mapping: readonly Mapping[]): Promise<void> {
  await tx.sql`delete from identity_mapping where org_id = ${organizationId} and provider_id = ${providerId}`;
  for (const { source, value, groupId, roleId } of mapping) {
    const builtIn = roleId !== null && (builtInRoleKeys as string[]).includes(roleId);
    await asProblem(
      tx.sql`
        insert into identity_mapping (id, org_id, provider_id, source, value, group_id, built_in, role_id)
        values (${newId()}, ${organizationId}, ${providerId}, ${source}, ${value}, ${groupId}, ${builtIn ? roleId : null}, ${builtIn ? null : roleId})`,
    );
  }
}

/** Whether somebody could still sign in; the provider as it is after the change. */
export async function hasWayIn(db: Sql, organizationId: string, accountId: string): Promise<boolean> {
  const [row] = await db.sql<{ has: boolean }>`select has_way_in(${organizationId}, ${accountId}) as has`;
  return row?.has ?? false;
}

async function asProblem<T>(written: Promise<T>): Promise<T> {
  try {
    return await written;
  } catch (error) {
    const constraint = brokenConstraint(error);
    if (constraint === 'identity_provider_key_unique')
      throw new Problem('already-exists', { errors: [{ pointer: '/key', code: 'taken', detail: 'is in use already' }] });
    if (constraint === 'home_domain_once')
      throw new Problem('already-exists', { errors: [{ pointer: '/homeDomains', code: 'taken', detail: 'has one of another provider' }] });
    if (constraint === 'identity_mapping_once')
      throw new Problem('already-exists', { errors: [{ pointer: '/mapping', code: 'taken', detail: 'says something twice' }] });
    throw error;
  }
}
