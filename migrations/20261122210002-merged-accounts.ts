import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Columns that say another person once theirs was merged: nothing new is written under an account that is gone. */
const GO_OVER: Readonly<Record<string, readonly string[]>> = {
  account_link: ['created_by'],
  approval_approver: ['account_id', 'delegated_by'],
  approval_question: ['asked_by', 'answered_by'],
  approval_request: ['requested_by', 'decided_by'],
  audit_view: ['account_id'],
  favourite: ['account_id'],
  group_member: ['account_id'],
  identity_provider: ['configured_by'],
  imported_event: ['account_id'],
  linked_identity: ['account_id'],
  notification: ['account_id'],
  notification_preference: ['account_id'],
  oauth_client: ['owner_id'],
  quota_exception: ['account_id'],
  reservation: ['organizer_id', 'booked_by_id'],
  resource_assignment: ['account_id', 'assigned_by'],
  role_assignment: ['account_id', 'granted_by'],
  saved_search: ['account_id'],
  series: ['organizer_id', 'booked_by_id'],
  ssh_key: ['account_id'],
  waitlist_entry: ['account_id'],
  webhook: ['responsible_id'],
};

/** Two accounts of one person become one: the one that goes says which stays. */
export class MergedAccounts20261122210002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table account
        add column merged_into uuid,
        add constraint account_merged_into foreign key (org_id, merged_into) references account (org_id, id) on delete set null (merged_into),
        add constraint account_merged_is_erased check (merged_into is null or erased_at is not null),
        add constraint account_merged_into_another check (merged_into <> id);
      create index account_merged on account (org_id, merged_into) where merged_into is not null;
      comment on column account.merged_into is 'The account of the same person that stays; set once this one is nobody any more.';

      -- Who writes something of theirs waits at the foreign key for a merge that is under way; this looks once it is over, as triggers run by name.
      create function account_not_merged() returns trigger language plpgsql as $$
      declare
        written jsonb := to_jsonb(new);
        it text;
      begin
        foreach it in array tg_argv loop
          if exists (select from account a where a.org_id = new.org_id and a.id = (written ->> it)::uuid and a.merged_into is not null) then
            raise exception 'the account was merged into another'
              using errcode = 'foreign_key_violation', constraint = 'account_not_merged', table = tg_table_name;
          end if;
        end loop;
        return null;
      end $$;

      -- The same for every booking, at the price of one foreign key more: reading a row as JSON costs three times that.
      create function reservation_not_merged() returns trigger language plpgsql as $$
      begin
        if exists (select from account a where a.org_id = new.org_id and a.id in (new.organizer_id, new.booked_by_id) and a.merged_into is not null) then
          raise exception 'the account was merged into another'
            using errcode = 'foreign_key_violation', constraint = 'account_not_merged', table = tg_table_name;
        end if;
        return null;
      end $$;
    `);
    for (const [table, columns] of Object.entries(GO_OVER)) {
      const look =
        table === 'reservation' ? 'reservation_not_merged()' : `account_not_merged(${columns.map((it) => `'${it}'`).join(', ')})`;
      await db.query(
        `create trigger account_not_merged after insert or update of ${columns.join(', ')} on ${table} for each row execute function ${look}`,
      );
    }
  }

  async down(db: QueryRunner): Promise<void> {
    for (const table of Object.keys(GO_OVER)) await db.query(`drop trigger account_not_merged on ${table}`);
    await db.query(`
      drop function account_not_merged();
      drop function reservation_not_merged();
      alter table account drop column merged_into;
    `);
  }
}
