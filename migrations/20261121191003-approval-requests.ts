import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Requests for approval, and who is asked at each of their steps. */
export class ApprovalRequests20261121191003 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table approval_request (
        id              uuid primary key,
        org_id          uuid not null references organization,
        reservation_id  uuid not null,
        requested_by    uuid not null,
        status          text not null default 'waiting',
        step            smallint not null default 1,
        steps           smallint not null,
        due_at          timestamptz not null,
        requested_at    timestamptz not null,
        ended_at        timestamptz,
        decided_by      uuid,
        message         text,
        suggested_start timestamptz,
        suggested_end   timestamptz,
        version         integer not null default 1,

        constraint approval_request_organization unique (org_id, id),
        constraint approval_request_reservation foreign key (org_id, reservation_id) references reservation (org_id, id) on delete cascade,
        constraint approval_request_requester foreign key (org_id, requested_by) references account (org_id, id),
        constraint approval_request_decider foreign key (org_id, decided_by) references account (org_id, id),
        constraint approval_request_status_known check (status in ('waiting', 'approved', 'rejected', 'expired', 'withdrawn')),
        constraint approval_request_step_range check (step between 1 and steps),
        constraint approval_request_decided_by_somebody check ((status in ('approved', 'rejected')) = (decided_by is not null)),
        constraint approval_request_ended check ((status = 'waiting') = (ended_at is null)),
        constraint approval_request_message_length check (char_length(message) <= 1000),
        constraint approval_request_suggestion_ordered check (suggested_end > suggested_start),
        constraint approval_request_suggestion_whole check ((suggested_start is null) = (suggested_end is null))
      );
      create unique index approval_request_one_waiting on approval_request (reservation_id) where status = 'waiting';
      create index approval_request_due on approval_request (due_at) where status = 'waiting';
      create index approval_request_of_reservation on approval_request (reservation_id, requested_at);
      create index approval_request_waiting on approval_request (org_id, due_at, id) where status = 'waiting';
      call guard_by_organization('approval_request');

      comment on table approval_request is 'Asked once for each time a reservation is pending; what was decided stays.';
      comment on column approval_request.due_at is 'Not decided by then is declined; the worker reads what is due from here.';

      create table approval_approver (
        org_id       uuid not null references organization,
        request_id   uuid not null,
        step         smallint not null,
        account_id   uuid not null,
        delegated_by uuid,
        answer       text,
        answered_at  timestamptz,
        message      text,

        primary key (request_id, step, account_id),
        constraint approval_approver_request foreign key (org_id, request_id) references approval_request (org_id, id) on delete cascade,
        constraint approval_approver_account foreign key (org_id, account_id) references account (org_id, id),
        constraint approval_approver_delegate foreign key (org_id, delegated_by) references account (org_id, id),
        constraint approval_approver_not_to_oneself check (delegated_by <> account_id),
        constraint approval_approver_answer_known check (answer in ('approve', 'reject', 'delegate')),
        constraint approval_approver_answered_once check ((answer is null) = (answered_at is null)),
        constraint approval_approver_message_length check (char_length(message) <= 1000)
      );
      create index approval_approver_asked on approval_approver (org_id, account_id) where answer is null;
      call guard_by_organization('approval_approver');

      comment on table approval_approver is 'Who was asked at which step, as the policy named them when it was asked, and what they said. A step of nobody is for those who manage.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table approval_approver, approval_request`);
  }
}
