/**
 * The measure: Fastify and pg with the booking statement and nothing else. No authentication, no validation, no rules, no answer to speak
 * of; what Berth does beyond it has to fit into the rest of its time.
 */
import Fastify from 'fastify';
import pg from 'pg';
import { v7 as uuid } from 'uuid';

const PARAMETERS = [
  'org', 'resource', 'version', 'epoch',
  'id', 'organizer', 'status', 'title', 'description',
  'start', 'end', 'zone', 'private', 'attendees',
  'held_from', 'held_to', 'hold_until',
  'event_id', 'event_type', 'event_data', 'request_id',
  'key', 'fingerprint', 'result', 'now',
]; // prettier-ignore

const statement = {
  name: 'book',
  text: `select book_one_unit(${PARAMETERS.map((name, index) => `p_${name} => $${index + 1}`).join(', ')}) as booked`,
};

/** Versions the statement compares, read once: nothing changes them during a run. */
async function readVersions(pool) {
  const { rows } = await pool.query(`
    select r.id, r.version, o.id as org, o.epoch, a.id as organizer
    from resource r join organization o on o.id = r.org_id
    join account a on a.org_id = o.id and a.role = 'admin'`);
  return new Map(rows.map((row) => [row.id, row]));
}

function factsOf(id, organizer, { resourceId, title, start, end }) {
  const facts = {
    reservationId: id,
    resourceIds: [resourceId],
    siteIds: [],
    status: 'confirmed',
    start,
    end,
    heldStart: start,
    heldEnd: end,
  };
  return { ...facts, version: 1, organizerId: organizer, title };
}

function valuesOf(known, body, key) {
  const { version, epoch, org, organizer } = known;
  const { resourceId, title, start, end } = body;
  const id = uuid();
  const facts = factsOf(id, organizer, body);
  const claim = [id, organizer, 'confirmed', title, null, start, end, 'UTC', false, null, start, end, null];
  const event = [uuid(), 'reservation.created', JSON.stringify(facts), null];
  const kept = key ? [key, Buffer.from(key), JSON.stringify(facts)] : [null, null, null];
  return { id, values: [org, resourceId, version, epoch, ...claim, ...event, ...kept, new Date()] };
}

async function main() {
  const pool = new pg.Pool({
    connectionString: process.env.DATABASE_URL,
    max: Number(process.env.POOL_SIZE ?? 20),
    options: '-c timezone=UTC',
  });
  const versions = await readVersions(pool);
  await pool.end();
  const app = new pg.Pool({
    connectionString: process.env.DATABASE_URL,
    max: Number(process.env.POOL_SIZE ?? 20),
    options: '-c role=berth_app -c timezone=UTC -c lock_timeout=2000 -c statement_timeout=5000',
  });
  const server = Fastify();
  server.post('/reservations', async (request, reply) => {
    const { id, values } = valuesOf(versions.get(request.body.resourceId), request.body, request.headers['idempotency-key']);
    const { rows } = await app.query({ ...statement, values });
    return rows[0].booked
      ? reply.code(201).send({ id, status: 'confirmed', ...request.body })
      : reply.code(409).send({ code: 'reservation-conflict' });
  });
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  process.stdout.write(`Reference is ready at ${url}\n`);
  process.on('SIGTERM', () => server.close().then(() => app.end()));
}

await main();
