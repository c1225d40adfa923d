// Lets people in over SSH while they have a reservation: told by webhooks of Berth, and looking for itself.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { Grants, plainKey } from './grants.mjs';
import { isSigned, signedHeaders } from './signature.mjs';

const setting = (name, fallback) => {
  const value = process.env[name] ?? fallback;
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
};
const berth = setting('BERTH_URL').replace(/\/$/, '');
const token = setting('BERTH_TOKEN');
const webhookId = setting('WEBHOOK_ID');
const secret = setting('WEBHOOK_SECRET');
const welcome = setting('PROVISIONER_WELCOME', 'You can log in with your SSH key.');
const lookEveryMs = Number(setting('PROVISIONER_LOOK_SECONDS', '15')) * 1000;
const grants = new Grants({
  stateFile: setting('PROVISIONER_STATE'),
  keysFile: setting('PROVISIONER_KEYS'),
  warnMinutes: Number(setting('PROVISIONER_WARN_MINUTES', '10')),
});

const TICK_MS = 1_000;
const BODY_MAX = 20_000;
const TIMEOUT_MS = 10_000;
const RUNNING = ['confirmed', 'checked_in'];

const report = (state, reservationId, outcome, message) =>
  state.reports.push({ id: randomUUID(), body: { reservationId, outcome, ...(message && { message }) } });

/** @param data of `reservation.started` with the payload `provisioning` */
function grant({ reservationId, start, end, person }) {
  const { over, grants: granted } = grants.state;
  if (over[reservationId] || granted[reservationId]?.end === end || Date.parse(end) <= Date.now()) return;
  const keys = (person?.sshKeys ?? []).flatMap((it) => plainKey(it) ?? []);
  grants.change((state) => {
    if (keys.length === 0) return report(state, reservationId, 'failed', 'There is no public key to let in.');
    state.grants[reservationId] = { start, end, username: person.username, keys };
    return report(state, reservationId, 'granted', welcome);
  });
}

function revoke(reservationId) {
  if (grants.state.over[reservationId]) return;
  grants.change((state) => {
    const wasGranted = state.grants[reservationId] !== undefined;
    delete state.grants[reservationId];
    state.over[reservationId] = new Date().toISOString();
    if (wasGranted) report(state, reservationId, 'revoked');
  });
}

/** Asks Berth what holds now. Where Berth does not answer, the end that is known holds. */
async function reconcile(reservationId) {
  const answer = await fetch(`${berth}/api/v1/reservations/${reservationId}`, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (answer.status === 404) return revoke(reservationId);
  if (!answer.ok) throw new Error(`${answer.status} about ${reservationId}`);
  const { status, start, end } = await answer.json();
  const granted = grants.state.grants[reservationId];
  if (!granted) return undefined;
  if (!RUNNING.includes(status) || Date.parse(end) <= Date.now() || Date.parse(start) > Date.now()) return revoke(reservationId);
  if (granted.end !== end) grants.change((state) => void (state.grants[reservationId].end = end));
  return undefined;
}

function take({ type, data }) {
  const { reservationId } = data;
  if (type === 'reservation.started') return grant(data);
  if (/^reservation\.(ended|cancelled|no_show|transferred|expired)$/.test(type)) return revoke(reservationId);
  if (grants.state.grants[reservationId]) return reconcile(reservationId);
  return undefined;
}

/** Sends what was not taken yet, each under the same id until it is. */
async function sendReports() {
  for (const { id, body } of [...grants.state.reports]) {
    const text = JSON.stringify(body);
    const answer = await fetch(`${berth}/api/v1/webhooks/callback`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'berth-webhook': webhookId, ...signedHeaders(secret, text, id) },
      body: text,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (answer.status >= 500 || answer.status === 429) throw new Error(`${answer.status} for a report`);
    if (!answer.ok) console.error(`Berth did not take a report: ${answer.status} ${await answer.text()}`);
    grants.change((state) => void (state.reports = state.reports.filter((it) => it.id !== id)));
  }
}

const server = createServer((request, response) => {
  const parts = [];
  let size = 0;
  request.on('data', (part) => {
    size += part.length;
    if (size > BODY_MAX) request.destroy();
    else parts.push(part);
  });
  request.on('end', async () => {
    const body = Buffer.concat(parts);
    if (request.method !== 'POST' || !isSigned(secret, request.headers, body)) return response.writeHead(401).end();
    try {
      await take(JSON.parse(body.toString()));
      response.writeHead(204).end();
    } catch (error) {
      console.error(`not taken, to be sent again: ${error.message}`);
      response.writeHead(503).end();
    }
    return tick();
  });
});

let lookedAt = 0;
let ticking;
/** What is over is over, whether anybody says so or not; now and then Berth is asked about the rest. */
async function turn() {
  for (const [id, { end }] of Object.entries(grants.state.grants)) if (Date.parse(end) <= Date.now()) revoke(id);
  if (Date.now() - lookedAt >= lookEveryMs) {
    lookedAt = Date.now();
    for (const id of Object.keys(grants.state.grants)) await reconcile(id);
  }
  await sendReports();
}
const tick = () =>
  (ticking ??= turn()
    .catch((error) => console.error(`tried again: ${error.message}`))
    .finally(() => (ticking = undefined)));

server.listen(Number(setting('PORT', '4600')), setting('HOST', '127.0.0.1'), () => {
  console.log(`The provisioner listens on port ${server.address().port}.`);
  void tick();
  setInterval(tick, TICK_MS);
});
