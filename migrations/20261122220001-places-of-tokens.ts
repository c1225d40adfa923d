import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tokens and programs that are good in some places only. */
export class PlacesOfTokens20261122220001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const table of tables)
      await db.query(`
        alter table ${table}
          add column site_ids uuid[],
          add column resource_ids uuid[],
          add constraint ${table}_places_whole check ((site_ids is null) = (resource_ids is null)),
          add constraint ${table}_places_few check (cardinality(site_ids) + cardinality(resource_ids) between 1 and 50);
        comment on column ${table}.site_ids is
          'Sites it is good at; null, as resource_ids then, where it is good everywhere. A place that is gone opens nothing.';
        comment on column ${table}.resource_ids is 'Resources it is good for, with what they consist of.';
      `);
    await db.query(
      `alter table api_token add constraint api_token_of_client_has_its_places check (site_ids is null or client_id is null);`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`alter table api_token drop constraint api_token_of_client_has_its_places;`);
    for (const table of tables) await db.query(`alter table ${table} drop column site_ids, drop column resource_ids;`);
  }
}

const tables = ['api_token', 'oauth_client'] as const;
