import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What those who decide ask those who wait. */
export class ApprovalQuestions20261121222001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table approval_question (
        id          uuid primary key,
        org_id      uuid not null references organization,
        request_id  uuid not null,
        asked_by    uuid not null,
        question    text not null,
        asked_at    timestamptz not null,
        answered_by uuid,
        answer      text,
        answered_at timestamptz,

        constraint approval_question_request foreign key (org_id, request_id) references approval_request (org_id, id) on delete cascade,
        constraint approval_question_asker foreign key (org_id, asked_by) references account (org_id, id),
        constraint approval_question_answerer foreign key (org_id, answered_by) references account (org_id, id),
        constraint approval_question_length check (char_length(question) between 1 and 1000),
        constraint approval_question_answer_length check (char_length(answer) between 1 and 1000),
        constraint approval_question_answered_whole check (num_nonnulls(answered_by, answer, answered_at) in (0, 3))
      );
      create index approval_question_of_request on approval_question (request_id, asked_at);
      call guard_by_organization('approval_question');

      comment on table approval_question is 'Asked before it is decided; the request goes on waiting, and its deadline stays.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table approval_question`);
  }
}
