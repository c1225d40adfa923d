import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How many requests came with a token, or with the tokens of a program, each day. */
export class RequestsOfTokens20261122220002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`alter table api_token add constraint api_token_organization unique (org_id, id);`);
    for (const { table, column, of } of tables)
      await db.query(`
        create table ${table} (
          org_id   uuid not null,
          ${column} uuid not null,
          day      date not null,
          requests integer not null,

          constraint ${table}_pkey primary key (org_id, ${column}, day),
          constraint ${table}_of foreign key (org_id, ${column}) references ${of} (org_id, id) on delete cascade,
          constraint ${table}_some check (requests > 0)
        );
        create index ${table}_by_day on ${table} (day);
        call guard_by_organization('${table}');
        comment on table ${table} is 'Requests a day, by UTC. Written in lots; forgotten after a month.';
      `);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const { table } of tables) await db.query(`drop table ${table};`);
    await db.query(`alter table api_token drop constraint api_token_organization;`);
  }
}

const tables = [
  { table: 'api_token_use', column: 'token_id', of: 'api_token' },
  { table: 'oauth_client_use', column: 'client_id', of: 'oauth_client' },
] as const;
