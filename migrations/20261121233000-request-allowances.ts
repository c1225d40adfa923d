import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How many requests a person or, where nobody is signed in, an address may send. The store is shared by all processes, so that
 * a limit does not multiply with them; requests are taken in small lots, so that it costs a round trip once in many requests.
 */
export class RequestAllowances20261121233000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(tiers);
    await db.query(allowances);
    await db.query(taking);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop function take_requests, take_requests_of_address, requests_in_reach;
      drop table request_allowance, address_allowance;
      drop trigger organization_has_a_tier on organization;
      drop function give_standard_tier;
      drop table request_tier;
    `);
  }
}

const tiers = `
  create table request_tier (
    id         uuid primary key default gen_random_uuid(),
    org_id     uuid not null references organization,
    name       text not null,
    per_minute integer not null,
    per_day    integer,
    is_default boolean not null default false,
    version    integer not null default 1,

    constraint request_tier_of_organization unique (org_id, id),
    constraint request_tier_name_unique unique (org_id, name),
    constraint request_tier_name_length check (char_length(name) between 1 and 60),
    constraint request_tier_per_minute_range check (per_minute between 10 and 1000000),
    constraint request_tier_per_day_range check (per_day between 10 and 1000000000)
  );
  create unique index request_tier_one_default on request_tier (org_id) where is_default;
  call guard_by_organization('request_tier');
  comment on table request_tier is 'How many requests whoever has this tier may send; is_default is the tier of all who have no other.';
  comment on column request_tier.per_day is 'From midnight to midnight UTC; null is without a daily limit.';

  create function give_standard_tier() returns trigger language plpgsql as $$
  begin
    insert into request_tier (org_id, name, per_minute, is_default) values (new.id, 'standard', 6000, true);
    return null;
  end $$;
  create trigger organization_has_a_tier after insert on organization for each row execute function give_standard_tier();
  insert into request_tier (org_id, name, per_minute, is_default) select id, 'standard', 6000, true from organization;
`;

const allowances = `
  create table request_allowance (
    org_id     uuid not null,
    account_id uuid not null,
    tier_id    uuid,
    full_at    timestamptz not null default 'epoch',
    day        date not null default 'epoch',
    used       integer not null default 0,

    constraint request_allowance_pkey primary key (org_id, account_id),
    constraint request_allowance_account foreign key (org_id, account_id) references account (org_id, id) on delete cascade,
    constraint request_allowance_tier foreign key (org_id, tier_id) references request_tier (org_id, id)
  );
  call guard_by_organization('request_allowance');
  create index request_allowance_by_tier on request_allowance (org_id, tier_id) where tier_id is not null;
  comment on column request_allowance.tier_id is 'null is the default tier of the organization.';
  comment on column request_allowance.full_at is 'When all requests of a minute can be sent again: the theoretical arrival time of GCRA.';
  comment on column request_allowance.used is 'Requests taken on that day, UTC; what a process took and did not use counts.';

  create table address_allowance (
    address inet primary key,
    full_at timestamptz not null
  );
  alter table address_allowance enable row level security;
  create policy system on address_allowance to berth_system using (true) with check (true);
  grant select, insert, update, delete on address_allowance to berth_system;
  comment on table address_allowance is 'Addresses nobody signed in from; IPv6 by its network of 64 bits.';
`;

const taking = `
  -- The generic cell rate algorithm (ITU-T I.371): requests flow back evenly, and a minute of them may be sent at once.
  create function requests_in_reach(full_at timestamptz, at timestamptz, per_minute integer) returns integer language sql immutable parallel safe
    return greatest(0, floor((60.0 - greatest(0, extract(epoch from full_at - at))) * per_minute / 60.0 + 0.000001))::integer;

  -- By the clock of the database, which all processes share.
  create function take_requests(p_org uuid, p_account uuid, p_wish integer)
    returns table (granted integer, per_minute integer, per_day integer, remaining integer, used integer, full_in double precision, retry_in double precision)
    language plpgsql set synchronous_commit to off as $$
  #variable_conflict use_column
  declare
    tier request_tier;
    kept request_allowance;
    at timestamptz;
    in_reach integer;
    left_today integer;
  begin
    perform set_config('app.org', p_org::text, true);
    insert into request_allowance (org_id, account_id) values (p_org, p_account) on conflict do nothing;
    select * into kept from request_allowance where org_id = p_org and account_id = p_account for update;
    select * into tier from request_tier t where t.org_id = p_org and case when kept.tier_id is null then t.is_default else t.id = kept.tier_id end;
    at := clock_timestamp();
    if kept.day < (at at time zone 'UTC')::date then
      kept.day := (at at time zone 'UTC')::date;
      kept.used := 0;
    end if;
    in_reach := requests_in_reach(kept.full_at, at, tier.per_minute);
    left_today := case when tier.per_day is not null then greatest(0, tier.per_day - kept.used) end;
    granted := least(p_wish, in_reach, coalesce(left_today, p_wish));
    kept.full_at := greatest(kept.full_at, at) + make_interval(secs => granted * 60.0 / tier.per_minute);
    kept.used := kept.used + granted;
    update request_allowance set full_at = kept.full_at, day = kept.day, used = kept.used where org_id = p_org and account_id = p_account;

    per_minute := tier.per_minute;
    per_day := tier.per_day;
    remaining := least(in_reach, coalesce(left_today, in_reach)) - granted;
    used := kept.used;
    full_in := greatest(0, extract(epoch from kept.full_at - at));
    retry_in := case
      when granted > 0 then 0
      when left_today = 0 then extract(epoch from date_trunc('day', at at time zone 'UTC') + interval '1 day' - (at at time zone 'UTC'))
      else extract(epoch from kept.full_at - at) - 60 + 60.0 / tier.per_minute
    end;
    return next;
  end $$;

  create function take_requests_of_address(p_address inet, p_per_minute integer, p_wish integer)
    returns table (granted integer, remaining integer, full_in double precision, retry_in double precision)
    language plpgsql set synchronous_commit to off as $$
  #variable_conflict use_column
  declare
    kept timestamptz;
    at timestamptz;
    in_reach integer;
  begin
    insert into address_allowance (address, full_at) values (p_address, 'epoch') on conflict do nothing;
    select full_at into kept from address_allowance where address = p_address for update;
    at := clock_timestamp();
    in_reach := requests_in_reach(kept, at, p_per_minute);
    granted := least(p_wish, in_reach);
    kept := greatest(kept, at) + make_interval(secs => granted * 60.0 / p_per_minute);
    update address_allowance set full_at = kept where address = p_address;
    remaining := in_reach - granted;
    full_in := greatest(0, extract(epoch from kept - at));
    retry_in := case when granted > 0 then 0 else full_in - 60 + 60.0 / p_per_minute end;
    return next;
  end $$;
`;
