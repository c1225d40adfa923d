import type { MigrationInterface, QueryRunner } from 'typeorm';

const membership = (domains: string): string => `
  create or replace view group_membership with (security_invoker = true) as
    select g.org_id, g.id as group_id, m.account_id
    from people_group g
    join group_member m on m.org_id = g.org_id and m.group_id = g.id
    where g.kind = 'static'
    union all
    select g.org_id, g.id, a.id
    from people_group g
    join account a on a.org_id = g.org_id and a.status = 'active'
    where g.kind = 'rule'
      and (g.roles is null or a.role = any(g.roles))
      and (g.domains is null or ${domains});`;

const DOMAIN = `lower(split_part(a.email, '@', 2)) = any(g.domains)`;

/** A rule by domain takes only addresses somebody has proved: whoever registers can write any. */
export class ProvenDomains20261121231002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ${membership(`(a.email_verified_at is not null and ${DOMAIN})`)}
      comment on column people_group.domains is 'Condition: the e-mail address is proved, and at one of these, in lower case.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      ${membership(DOMAIN)}
      comment on column people_group.domains is 'Condition: the e-mail address is at one of these, in lower case.';
    `);
  }
}
