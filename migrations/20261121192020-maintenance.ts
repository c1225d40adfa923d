import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Maintenance that begins and ends by itself: whether its begin was told, and what is due by index. */
export class Maintenance20261121192020 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table resource
        add column unavailable_since timestamptz,
        add constraint resource_unavailable_in_maintenance check (unavailable_since is null or status = 'maintenance');
      update resource set unavailable_since = status_since where status = 'maintenance' and status_since <= now();
      create index resource_maintenance_to_begin on resource (status_since) where status = 'maintenance' and unavailable_since is null;
      create index resource_maintenance_to_end on resource (status_until) where status = 'maintenance' and status_until is not null;

      comment on column resource.status_since is 'Of a maintenance its begin, which may lie ahead.';
      comment on column resource.unavailable_since is 'When the begin of this maintenance was told; null while it lies ahead.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop index resource_maintenance_to_begin, resource_maintenance_to_end;
      comment on column resource.status_since is null;
      alter table resource drop constraint resource_unavailable_in_maintenance, drop column unavailable_since;
    `);
  }
}
