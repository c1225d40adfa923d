import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Public keys of people, for machines they book. */
export class SshKeys20261121232005 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table ssh_key (
        id          uuid primary key,
        org_id      uuid not null references organization,
        account_id  uuid not null,
        algorithm   text not null,
        bits        integer not null,
        blob        bytea not null,
        comment     text not null default '',
        fingerprint text not null,
        created_at  timestamptz not null,

        constraint ssh_key_account foreign key (org_id, account_id) references account (org_id, id) on delete cascade,
        constraint ssh_key_unique unique (org_id, fingerprint),
        constraint ssh_key_algorithm_known
          check (algorithm in ('ssh-ed25519', 'ssh-rsa', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521')),
        constraint ssh_key_long_enough check (algorithm <> 'ssh-rsa' or bits >= 2048),
        constraint ssh_key_comment_length check (char_length(comment) <= 255)
      );
      create index ssh_key_by_account on ssh_key (org_id, account_id, created_at);
      call guard_by_organization('ssh_key');

      comment on table ssh_key is 'A public key (RFC 4253 §6.6) that is handed to whoever sets up what a person has booked. One key is of one person.';
      comment on column ssh_key.fingerprint is 'SHA256:… as OpenSSH shows it.';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table ssh_key`);
  }
}
