import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Searches people keep under a name. */
export class SavedSearches20261121193001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table saved_search (
        id         uuid primary key,
        org_id     uuid not null references organization,
        account_id uuid not null,
        name       text not null,
        query      jsonb not null,
        version    integer not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,

        constraint saved_search_organization unique (org_id, id),
        constraint saved_search_account foreign key (org_id, account_id) references account (org_id, id),
        constraint saved_search_name_length check (length(name) between 1 and 200),
        constraint saved_search_query_is_object check (jsonb_typeof(query) = 'object')
      );
      create unique index saved_search_name_unique on saved_search (org_id, account_id, lower(name));
      call guard_by_organization('saved_search');

      comment on table saved_search is 'What somebody searches for again and again; it names no date, so that it stays true.';
      comment on column saved_search.query is 'As the search was asked: words, type, site, floor, capacity, tags, start, length, how strictly.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table saved_search`);
  }
}
