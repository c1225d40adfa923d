import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Taking a delivery with where it goes, in one round trip. It is a function so that what is in flight is counted by a statement that begins
 * after the endpoint was locked: one statement for all would count what it saw before it had to wait.
 */
export class LeaseWebhookDelivery20261122160002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create function good_webhook_secrets(p_webhook uuid, p_now timestamptz)
      returns table (secret_ids text[], secrets_sealed bytea[]) language sql stable as $$
        select array_agg(s.id::text order by s.is_current desc), array_agg(s.secret_sealed order by s.is_current desc)
        from webhook_secret s where s.webhook_id = p_webhook and (s.is_current or s.expires_at > p_now)
        having count(*) > 0
      $$;
      create function lease_webhook_delivery(p_id uuid, p_now timestamptz, p_until timestamptz, p_each integer, p_each_failing integer)
      returns table (
        id uuid, org_id uuid, event_id uuid, body text, traceparent text, is_replay boolean, attempts smallint, first_attempt_at timestamptz,
        webhook_id uuid, url text, headers_sealed bytea, secret_ids text[], secrets_sealed bytea[]
      ) language plpgsql as $$
      #variable_conflict use_column
      declare
        hook webhook;
      begin
        select w.* into hook from webhook w
        where w.id = (select d.webhook_id from webhook_delivery d where d.id = p_id) and w.state = 'active'
        for no key update;
        if not found then return; end if;
        return query
          with leased as (
            update webhook_delivery d
            set leased_until = p_until, first_attempt_at = coalesce(d.first_attempt_at, p_now)
            where d.id = p_id and d.next_attempt_at <= p_now and (d.leased_until is null or d.leased_until <= p_now)
              and (select count(*) from webhook_delivery b where b.webhook_id = hook.id and b.leased_until > p_now)
                < case when hook.failing_since is null then p_each else p_each_failing end
            returning d.*)
          select l.id, l.org_id, l.event_id, l.body, l.traceparent, l.is_replay, l.attempts, l.first_attempt_at,
                 hook.id, hook.url, hook.headers_sealed, s.secret_ids, s.secrets_sealed
          from leased l cross join lateral good_webhook_secrets(hook.id, p_now) s;
      end $$;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop function lease_webhook_delivery(uuid, timestamptz, timestamptz, integer, integer);
      drop function good_webhook_secrets(uuid, timestamptz);
    `);
  }
}
