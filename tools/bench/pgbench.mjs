import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/** A number the slots of HTTP never reach. */
const FIRST_SLOT = 400_000;

export const hasPgbench = () => spawnSync('pgbench', ['--version']).status === 0;

/**
 * The statement without any server: what the database alone gives, with the same rows and the same guard.
 * @param {{database: string, slots: {resources: string[], from: number, stepMs: number}, clients: number, seconds: number}} run
 * @returns {Promise<number>} bookings per second
 */
export async function runPgbench({ database, slots, clients, seconds }) {
  await prepare(database, slots.resources);
  const folder = mkdtempSync(join(tmpdir(), 'berth-pgbench-'));
  const script = join(folder, 'book.sql');
  writeFileSync(script, statement(slots));
  try {
    const url = new URL(database);
    const env = {
      ...process.env,
      PGHOST: url.hostname,
      PGPORT: url.port,
      PGUSER: url.username,
      PGPASSWORD: url.password,
      PGDATABASE: url.pathname.slice(1),
      PGOPTIONS: '-c role=berth_app',
    };
    const { stdout, stderr, status } = spawnSync(
      'pgbench',
      ['-n', '-M', 'prepared', '-f', script, '-c', `${clients}`, '-j', '1', '-T', `${seconds}`],
      { env, encoding: 'utf8' },
    );
    const rate = /tps = ([\d.]+)/.exec(stdout);
    if (status !== 0 || !rate) throw new Error(`pgbench failed: ${stderr}`);
    return Number(rate[1]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function prepare(database, resources) {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  try {
    await client.query(`
      create schema if not exists bench;
      create sequence if not exists bench.slot start ${FIRST_SLOT};
      create table if not exists bench.target as
        select row_number() over () - 1 as n, r.org_id, r.id, r.version, o.epoch, (select id from account where role = 'admin' limit 1) as organizer
        from resource r join organization o on o.id = r.org_id;
      create index if not exists target_n on bench.target (n);
      grant usage on schema bench to berth_app;
      grant usage on sequence bench.slot to berth_app;
      grant select on bench.target to berth_app`);
    const { rows } = await client.query('select count(*)::int from bench.target');
    if (rows[0].count !== resources.length) throw new Error('The copy has other resources than were set up.');
  } finally {
    await client.end();
  }
}

const statement = ({ resources, from, stepMs }) => `
select book_one_unit(
  p_org => t.org_id, p_resource => t.id, p_version => t.version, p_epoch => t.epoch,
  p_id => uuidv7(), p_organizer => t.organizer, p_status => 'confirmed', p_title => 'Bench', p_description => null,
  p_start => s.at, p_end => s.at + interval '${stepMs} milliseconds', p_zone => 'UTC', p_private => false, p_attendees => null,
  p_held_from => s.at, p_held_to => s.at + interval '${stepMs} milliseconds', p_hold_until => null,
  p_event_id => uuidv7(), p_event_type => 'reservation.created', p_event_data => jsonb_build_object('resourceIds', jsonb_build_array(t.id), 'status', 'confirmed', 'start', s.at), p_request_id => null,
  p_key => null, p_fingerprint => null, p_result => null, p_now => now())
from (select nextval('bench.slot') as n) next
join bench.target t on t.n = next.n % ${resources.length}
cross join lateral (select to_timestamp(${from / 1000} + (next.n / ${resources.length}) * ${stepMs / 1000}) as at) s;
`;
