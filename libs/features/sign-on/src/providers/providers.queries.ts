import { Problem } from '@berth/contracts';
import { formatInstant } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Database, type Sql, sql } from '@berth/platform/database';
import { PublicLinks } from '@berth/platform/mail';
import { Secrets } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { domainIn } from './home-domain';
import { type KnownProvider, type Provider, type ProviderRow, secretPlace, settingsOf } from './provider';

/** What a button to sign in with needs. */
export interface OfferedProvider {
  readonly key: string;
  readonly name: string;
}

/** All of an organization, in the order of their buttons. */
export interface OrderedProviders {
  readonly data: readonly Provider[];
  /** What `If-Match` names where the order is written: of all settings of the organization. */
  readonly orderVersion: number;
}

const providers = sql`
  select p.*,
         (select coalesce(jsonb_agg(jsonb_build_object('source', m.source, 'value', m.value, 'groupId', m.group_id,
                                                       'roleId', coalesce(m.built_in, m.role_id::text)) order by m.source, m.value, m.id), '[]')
          from identity_mapping m where m.org_id = p.org_id and m.provider_id = p.id) as mapping,
         array(select h.domain from home_domain h where h.org_id = p.org_id and h.provider_id = p.id order by h.domain) as home_domains,
         (select count(*)::integer from linked_identity l where l.org_id = p.org_id and l.provider_id = p.id) as linked_people
  from identity_provider p`;

/** Reads providers. */
@Injectable()
export class ProvidersQueries {
  constructor(
    private readonly database: Database,
    private readonly links: PublicLinks,
    private readonly secrets: Secrets,
  ) {}

  /** All of the organization, in the order of their buttons. */
  async all({ organizationId }: Actor, db: Sql = this.database.of(organizationId)): Promise<OrderedProviders> {
    // The version first: an order that changes in between is one that was not seen.
    const [organization] = await db.sql<{ version: number }>`select version from organization where id = ${organizationId}`;
    const rows = await db.sql<ProviderRow>`${providers} where p.org_id = ${organizationId} order by p.position, p.id`;
    return { data: rows.map((row) => this.toProvider(row)), orderVersion: organization!.version };
  }

  /** @throws Problem `not-found` */
  async one(db: Sql, organizationId: string, id: string): Promise<Provider> {
    const [row] = await db.sql<ProviderRow>`${providers} where p.org_id = ${organizationId} and p.id = ${id}`;
    if (!row) throw new Problem('not-found');
    return this.toProvider(row);
  }

  /** Those people may sign in with, in the order of their buttons. */
  async offered(): Promise<OfferedProvider[]> {
    return this.database.system.sql<OfferedProvider>`select key, name from identity_provider where enabled order by position, id`;
  }

  /** Key of the one that addresses of a domain are offered first; null where none is. Who has such an address is not looked at. */
  async homeOf(text: string | undefined): Promise<string | null> {
    const domain = domainIn(text);
    if (domain === undefined) return null;
    const [row] = await this.database.system.sql<{ key: string }>`
      select p.key from home_domain h join identity_provider p on p.org_id = h.org_id and p.id = h.provider_id
      where h.domain = ${domain} and p.enabled
      order by p.position, p.id limit 1`;
    return row?.key ?? null;
  }

  /** One that people may sign in with; undefined when there is none of that name. */
  async byKey(key: string): Promise<KnownProvider | undefined> {
    const [row] = await this.database.system.sql<ProviderRow>`${providers} where p.key = ${key} and p.enabled`;
    return row && this.toKnown(row);
  }

  async byId(db: Sql, id: string): Promise<KnownProvider | undefined> {
    const [row] = await db.sql<ProviderRow>`${providers} where p.id = ${id}`;
    return row && this.toKnown(row);
  }

  /** What the provider sends people back to; it is registered there. */
  redirectUri(key: string): string {
    return this.links.to(`/api/v1/auth/oidc/${key}/callback`);
  }

  private toProvider(row: ProviderRow): Provider {
    const { id, key, issuer, version } = row;
    return {
      ...{ id, key, issuer, ...settingsOf(row) },
      hasSecret: row.secret_sealed !== null,
      redirectUri: this.redirectUri(key),
      linkedPeople: row.linked_people,
      version,
      createdAt: formatInstant(row.created_at),
    };
  }

  private toKnown(row: ProviderRow): KnownProvider {
    const { id, key, issuer, version, org_id: organizationId, configured_by: configuredBy } = row;
    const clientSecret = row.secret_sealed && this.secrets.open(row.secret_sealed, secretPlace(id)).toString();
    return { id, organizationId, key, issuer, version, configuredBy, clientSecret, ...settingsOf(row) };
  }
}
