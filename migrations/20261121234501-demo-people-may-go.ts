import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Demo people can go whatever they did since they came: a role somebody got from one of them stays, and the log knows who gave
 * it; what one of them asked or answered goes.
 */
export class DemoPeopleMayGo20261121234501 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table role_assignment
        drop constraint role_assignment_granter,
        add constraint role_assignment_granter foreign key (org_id, granted_by) references account (org_id, id) on delete set null (granted_by);
      alter table approval_question
        drop constraint approval_question_asker,
        drop constraint approval_question_answerer,
        add constraint approval_question_asker foreign key (org_id, asked_by) references account (org_id, id) on delete cascade,
        add constraint approval_question_answerer foreign key (org_id, answered_by) references account (org_id, id) on delete cascade;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table approval_question
        drop constraint approval_question_asker,
        drop constraint approval_question_answerer,
        add constraint approval_question_asker foreign key (org_id, asked_by) references account (org_id, id),
        add constraint approval_question_answerer foreign key (org_id, answered_by) references account (org_id, id);
      alter table role_assignment
        drop constraint role_assignment_granter,
        add constraint role_assignment_granter foreign key (org_id, granted_by) references account (org_id, id);
    `);
  }
}
