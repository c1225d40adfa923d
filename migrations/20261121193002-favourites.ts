import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Resources people have marked, to find them first. */
export class Favourites20261121193002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table favourite (
        org_id      uuid not null references organization,
        account_id  uuid not null,
        resource_id uuid not null,
        created_at  timestamptz not null,

        primary key (org_id, account_id, resource_id),
        constraint favourite_account foreign key (org_id, account_id) references account (org_id, id),
        constraint favourite_resource foreign key (org_id, resource_id) references resource (org_id, id)
      );
      create index favourite_by_resource on favourite (org_id, resource_id);
      call guard_by_organization('favourite');

      comment on table favourite is 'A resource somebody has marked; among those that fit as well it is found first.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table favourite`);
  }
}
