import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Resources that are one person's own, and the days that person shares. */
export class PermanentAssignment20261122060001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table resource_assignment (
        org_id      uuid not null references organization,
        resource_id uuid not null,
        account_id  uuid not null,
        starts_at   timestamptz not null,
        ends_at     timestamptz,
        assigned_by uuid,
        created_at  timestamptz not null,

        constraint resource_assignment_pkey primary key (org_id, resource_id),
        constraint resource_assignment_resource foreign key (org_id, resource_id) references resource (org_id, id) on delete cascade,
        constraint resource_assignment_person foreign key (org_id, account_id) references account (org_id, id) on delete cascade,
        constraint resource_assignment_assigner foreign key (org_id, assigned_by) references account (org_id, id) on delete set null (assigned_by),
        constraint resource_assignment_ordered check (ends_at is null or ends_at > starts_at)
      );
      create index resource_assignment_by_person on resource_assignment (org_id, account_id);
      call guard_by_organization('resource_assignment');
      comment on table resource_assignment is 'Whose a resource is: nobody else may reserve it from starts_at on, except on shared days.';
      comment on column resource_assignment.ends_at is 'null where nobody has said when it ends.';

      create table shared_day (
        org_id      uuid not null references organization,
        resource_id uuid not null,
        day         date not null,

        constraint shared_day_pkey primary key (org_id, resource_id, day),
        constraint shared_day_assignment foreign key (org_id, resource_id)
          references resource_assignment (org_id, resource_id) on delete cascade
      );
      call guard_by_organization('shared_day');
      comment on table shared_day is 'Days, by the clock of the resource, on which its person is away and lets others have it.';
    `);
    await db.query(inDemo(removal, '', assignmentsGo));
    await db.query(inDemo(restoration, `'resource_leaf', `, `'resource_leaf', 'resource_assignment', 'shared_day', `));
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(inDemo(removal, assignmentsGo, ''));
    await db.query(inDemo(restoration, `'resource_leaf', 'resource_assignment', 'shared_day', `, `'resource_leaf', `));
    await db.query('drop table shared_day, resource_assignment');
  }
}

const removal = { name: 'remove_demo', before: `call set_aside_demo(p_org, 'resource_leaf'` };
const restoration = { name: 'restore_demo', before: '' };

/** Of resources that stay, what is assigned to somebody who goes ends with them. */
const assignmentsGo = `call set_aside_demo(p_org, 'shared_day', 't.resource_id = any ($2)', resources);
      call set_aside_demo(p_org, 'resource_assignment', 't.resource_id = any ($2)', resources);
      `;

/** Puts other words into a function of the demo data, and leaves the rest of it as it is. */
function inDemo({ name, before }: { readonly name: string; readonly before: string }, old: string, words: string): string {
  return `
    do $do$
      declare
        text_before text := pg_get_functiondef('${name}'::regproc);
        text_after text := replace(text_before, $a$${old}${before}$a$, $b$${words}${before}$b$);
      begin
        if text_before = text_after then raise exception 'nothing to change in ${name}'; end if;
        execute text_after;
      end $do$`;
}
