import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A limit of its own for a token somebody made, beside that of its owner. */
export class LimitsOfTokens20261122150001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table api_token
        add column per_minute integer,
        add column full_at timestamptz not null default 'epoch',
        add constraint api_token_per_minute_range check (per_minute between 10 and 1000000),
        add constraint api_token_of_client_has_its_limit check (per_minute is null or client_id is null);
      comment on column api_token.per_minute is 'Requests a minute through this token; null leaves it to what its owner may send.';
      comment on column api_token.full_at is 'When all requests of a minute can be sent again: the theoretical arrival time of GCRA.';

      create function take_requests_of_token(p_org uuid, p_token uuid, p_wish integer)
        returns table (granted integer, per_minute integer, remaining integer, full_in double precision, retry_in double precision)
        language plpgsql set synchronous_commit to off as $$
      #variable_conflict use_column
      declare
        kept timestamptz;
        at timestamptz;
        in_reach integer;
      begin
        perform set_config('app.org', p_org::text, true);
        select t.full_at, t.per_minute into kept, per_minute from api_token t where t.org_id = p_org and t.id = p_token for update;
        at := clock_timestamp();
        in_reach := requests_in_reach(kept, at, per_minute);
        granted := least(p_wish, in_reach);
        kept := greatest(kept, at) + make_interval(secs => granted * 60.0 / per_minute);
        update api_token set full_at = kept where org_id = p_org and id = p_token;
        remaining := in_reach - granted;
        full_in := greatest(0, extract(epoch from kept - at));
        retry_in := case when granted > 0 then 0 else full_in - 60 + 60.0 / per_minute end;
        return next;
      end $$;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop function take_requests_of_token;
      alter table api_token
        drop constraint api_token_per_minute_range,
        drop constraint api_token_of_client_has_its_limit,
        drop column per_minute,
        drop column full_at;
    `);
  }
}
