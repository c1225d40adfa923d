import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Blocking time, one row per leaf, lane and day; the database forbids giving one lane twice at one time. */
export class Occupancy20261121090600 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table occupancy (
        org_id         uuid not null references organization,
        leaf_id        uuid not null,
        lane           smallint not null,
        s              timestamptz not null,
        e              timestamptz not null,
        reservation_id uuid not null,
        hold_until     timestamptz,

        primary key (reservation_id, leaf_id, lane, s),
        constraint occupancy_leaf foreign key (org_id, leaf_id) references resource (org_id, id),
        constraint occupancy_reservation foreign key (org_id, reservation_id) references reservation (org_id, id),
        constraint occupancy_lane_positive check (lane > 0),
        constraint occupancy_ordered check (e > s),
        constraint occupancy_one_day check (e - s <= interval '1 day'),
        constraint occupancy_no_overlap
          exclude using gist (leaf_id with =, lane with =, tstzrange(s, e) with &&)
      );
      create index occupancy_lane on occupancy (leaf_id, lane, s) include (e, hold_until);
      call guard_by_organization('occupancy');

      comment on table occupancy is 'Time that is blocked, buffers included. A row exists exactly while it is: cancelling deletes it.';
      comment on column occupancy.hold_until is 'Set while the row is only a hold; readers ignore it once this instant has passed.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table occupancy`);
  }
}
