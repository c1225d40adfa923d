import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose e-mail domains a provider is for: who types such an address at sign-in is offered it first. */
export class HomeDomains20261122200001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table home_domain (
        org_id      uuid not null references organization,
        provider_id uuid not null,
        domain      text not null,

        constraint home_domain_once primary key (org_id, domain),
        constraint home_domain_provider foreign key (org_id, provider_id) references identity_provider (org_id, id) on delete cascade,
        constraint home_domain_shape check (domain ~ '^[a-z0-9-]+([.][a-z0-9-]+)+$' and char_length(domain) <= 253)
      );
      create index home_domain_by_provider on home_domain (org_id, provider_id);
      create index home_domain_by_domain on home_domain (domain);
      call guard_by_organization('home_domain');
      comment on table home_domain is 'The provider people with addresses of a domain are offered first, of each domain one; it lets nobody in by itself.';
      comment on column home_domain.domain is 'In lower case and ASCII, as names are looked up (RFC 5891).';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop table home_domain');
  }
}
