import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whom sites and resources are shown to, and who may book there. */
export class Gates20261121231001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table site
        add column see_mode text not null default 'everyone',
        add column book_mode text not null default 'everyone',
        add constraint site_see_mode_known check (see_mode in ('everyone', 'groups', 'nobody')),
        add constraint site_book_mode_known check (book_mode in ('everyone', 'groups', 'nobody'));
      alter table resource
        add column see_mode text not null default 'everyone',
        add column book_mode text not null default 'everyone',
        add constraint resource_see_mode_known check (see_mode in ('everyone', 'groups', 'nobody')),
        add constraint resource_book_mode_known check (book_mode in ('everyone', 'groups', 'nobody'));
      comment on column site.see_mode is 'Whom the site and everything there is shown to; groups are those of gate_group, and none of them is nobody.';
      comment on column site.book_mode is 'Who may book anything there.';
      comment on column resource.see_mode is 'Whom the resource is shown to, of those the site is shown to.';
      comment on column resource.book_mode is 'Who may book it, of those who may book at the site.';

      create table gate_group (
        org_id      uuid not null references organization,
        site_id     uuid,
        resource_id uuid,
        verb        text not null,
        group_id    uuid not null,

        constraint gate_group_site foreign key (org_id, site_id) references site (org_id, id) on delete cascade,
        constraint gate_group_resource foreign key (org_id, resource_id) references resource (org_id, id) on delete cascade,
        constraint gate_group_group foreign key (org_id, group_id) references people_group (org_id, id),
        constraint gate_group_one_place check (num_nonnulls(site_id, resource_id) = 1),
        constraint gate_group_verb_known check (verb in ('see', 'book')),
        constraint gate_group_once unique nulls not distinct (site_id, resource_id, verb, group_id)
      );
      create index gate_group_by_resource on gate_group (resource_id, verb) where resource_id is not null;
      create index gate_group_by_group on gate_group (group_id);
      call guard_by_organization('gate_group');
      comment on table gate_group is 'Groups a gate opens to while its mode is groups.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table gate_group;
      alter table resource drop column see_mode, drop column book_mode;
      alter table site drop column see_mode, drop column book_mode;
    `);
  }
}
