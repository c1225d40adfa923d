import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Letters that wait to be sent, and what became of those that did. */
export class Mail20261121230001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table mail (
        id            uuid primary key,
        org_id        uuid not null references organization,
        account_id    uuid,
        kind          text not null,
        letter_sealed bytea,
        state         text not null default 'waiting',
        attempt       integer not null default 0,
        next_try_at   timestamptz not null,
        useful_until  timestamptz not null,
        reason        text,
        created_at    timestamptz not null,
        ended_at      timestamptz,

        constraint mail_account foreign key (org_id, account_id) references account (org_id, id) on delete cascade,
        constraint mail_state_known check (state in ('waiting', 'sent', 'refused', 'expired')),
        constraint mail_letter_while_waiting check ((state = 'waiting') = (letter_sealed is not null)),
        constraint mail_ended check ((state = 'waiting') = (ended_at is null))
      );
      create index mail_to_send on mail (next_try_at, id) where state = 'waiting';
      create index mail_of_account on mail (org_id, account_id) where account_id is not null;
      call guard_by_organization('mail');

      comment on table mail is 'Letters, posted in the transaction that had a reason to write. Who sends one holds it until next_try_at; its id is the message id of every try.';
      comment on column mail.letter_sealed is 'Recipient and words, sealed: they may hold a link that opens an account. Gone once the letter is over.';
      comment on column mail.reason is 'Why it was not sent: codes, never what the server wrote.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table mail`);
  }
}
