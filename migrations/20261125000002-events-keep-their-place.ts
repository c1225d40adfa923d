import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Asks the trigger about sequenced events only: called for each event that gets its place, it had nothing to say. */
export class EventsKeepTheirPlace20261125000002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create or replace trigger event_keeps_its_place before update on event
        for each row when (old.sequence is not null) execute function event_keeps_its_place();
      create or replace function event_keeps_its_place() returns trigger language plpgsql as $$
      begin
        if not (
          to_jsonb(new) - array['data', 'address'] = to_jsonb(old) - array['data', 'address']
          and exists (select from event_redaction r where r.position = old.position and r.digest = event_said(new))
        ) then
          raise exception 'event % has its place in the log already', old.position using errcode = 'integrity_constraint_violation', constraint = 'event_keeps_its_place';
        end if;
        return new;
      end $$;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      create or replace function event_keeps_its_place() returns trigger language plpgsql as $$
      begin
        if old.sequence is not null and not (
          to_jsonb(new) - array['data', 'address'] = to_jsonb(old) - array['data', 'address']
          and exists (select from event_redaction r where r.position = old.position and r.digest = event_said(new))
        ) then
          raise exception 'event % has its place in the log already', old.position using errcode = 'integrity_constraint_violation', constraint = 'event_keeps_its_place';
        end if;
        return new;
      end $$;
      create or replace trigger event_keeps_its_place before update on event for each row execute function event_keeps_its_place();
    `);
  }
}
