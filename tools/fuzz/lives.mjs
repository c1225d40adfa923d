import { accessLives } from './access-lives.mjs';
import { ifMatch } from './if-match.mjs';
import { ALL_DAY } from './scene.mjs';

/**
 * What is alive for a moment only, made for one request: a request that waits, a series with a gap, a reservation that runs.
 * @typedef {(run: any, tools: Tools) => Promise<object>} Prepare gives parts of a request that is then accepted
 * @typedef {{create: (path: string, body: unknown) => Promise<any>, resource: (policy?: object) => Promise<string>}} Tools
 */

const STEP_MS = 900_000;

/** The slot that is running, so that something booked in it has begun. */
function running() {
  const start = Math.floor(Date.now() / STEP_MS) * STEP_MS;
  return { start: new Date(start).toISOString(), end: new Date(start + 2 * STEP_MS).toISOString() };
}

const usualWay = { preset: 'normal', quietHours: null, digest: 'off', digestAt: '08:00', reminderLeadMinutes: [15] };

const aBrowser = (scene) => ({
  endpoint: `https://push.example/${scene.unique()}`,
  keys: { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) },
});

const plain = async ({ scene, random }) => ({
  body: { resourceId: random.pick(scene.own.resources), title: scene.unique(), ...scene.slot() },
});

async function begun(tools, scene) {
  const resourceId = await tools.resource({ checkIn: { mode: 'required', before: 'PT15M', after: 'PT30M' } });
  const { id } = await tools.create('/reservations', { resourceId, title: scene.unique(), ...running() });
  return { id, resourceId };
}

async function seriesWithGap(tools, scene) {
  const resourceId = await tools.resource();
  const { start, end } = scene.slot();
  const nextDay = (text) => new Date(Date.parse(text) + 86_400_000).toISOString();
  const other = await tools.create('/reservations', { resourceId, start: nextDay(start), end: nextDay(end) });
  const made = await tools.create('/reservations', {
    resourceId,
    ...{ start, end, timeZone: 'UTC' },
    recurrence: { rrule: 'FREQ=DAILY;COUNT=3' },
    onConflict: 'skip',
  });
  return { id: made.series.id, other: other.id, gap: nextDay(start) };
}

async function pendingRequest(run, tools) {
  const { scene, client } = run;
  const approvers = [{ kind: 'user', id: scene.own.users[0] }];
  const resourceId = await tools.resource({ approval: { mode: 'required', deadline: 'P2D', approvers } });
  const booked = await tools.create('/reservations', { resourceId, title: scene.unique(), ...scene.slot() });
  const { data } = await client.must('GET', '/approvals/pending?limit=200');
  return data.find((it) => it.reservation.id === booked.id)?.id;
}

async function waiting(tools, scene) {
  const resourceId = await tools.resource();
  const time = scene.slot();
  await tools.create('/reservations', { resourceId, ...time });
  return (await tools.create('/waitlist', { resourceId, ...time })).id;
}

/** Work that goes on after its answer; nobody does it here, for the worker is not there. */
async function job({ client, scene }, tools) {
  const body = { mode: 'bestEffort', items: [{ resourceId: await tools.resource(), ...scene.slot() }] };
  return (await client.must('POST', '/bulk/reservations', body, { prefer: 'respond-async' })).id;
}

const hoursSeen = (client, of = '') => ifMatch(client, `${of}/business-hours`, 'settingsVersion');

async function ofHours({ client, random }, scene, body) {
  const id = random.pick(scene.own.resources);
  return { path: { id }, headers: await hoursSeen(client, `/resources/${id}`), ...(body && { body }) };
}

const onSeries = (more) => async (_run, tools, scene) => {
  const { id, gap } = await seriesWithGap(tools, scene);
  return { path: { id }, ...more?.(gap) };
};

/** @type {Record<string, (run: any, tools: Tools, scene: any) => Promise<object>>} */
const prepares = {
  ...accessLives,
  'POST /reservations': plain,
  'POST /bulk/reservations/import': async ({ random }, tools, scene) => {
    const resourceId = await tools.resource();
    const { start, end } = scene.slot();
    if (random.happens(0.5))
      return { query: [], body: undefined, raw: `resource,start,end\n${resourceId},${start},${end}\n`, contentType: 'text/csv' };
    const time = (text) => new Date(text).toISOString().replace(/[-:]|\.\d+/g, '');
    const event = [`DTSTART:${time(start)}`, `DTEND:${time(end)}`, `X-BERTH-RESOURCE:${resourceId}`, 'RRULE:FREQ=WEEKLY;COUNT=2'];
    const lines = ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', ...event, 'END:VEVENT', 'END:VCALENDAR'];
    return { query: [], body: undefined, raw: lines.join('\r\n'), contentType: 'text/calendar' };
  },
  // Its questions and rules are made of many parts by chance; one of them that does not fit is enough to be refused.
  'PATCH /resource-types/{id}': async (_run, tools, scene) => {
    const { id, version } = await tools.create('/resource-types', { key: scene.unique(), name: scene.unique(), cutype: 'RESOURCE' });
    return { path: { id }, headers: { 'if-match': `"${version}"` }, body: { name: scene.unique() } };
  },
  'POST /bulk/reservations': async (_run, tools, scene) => ({
    body: { mode: 'bestEffort', items: [{ resourceId: await tools.resource(), title: scene.unique(), ...scene.slot() }] },
  }),
  'POST /holds': async ({ scene }) => ({ body: { resourceId: scene.spare, ...scene.slot() } }),
  'POST /reservations/recurring': async (_run, tools, scene) => ({
    body: { resourceId: await tools.resource(), timeZone: 'UTC', recurrence: { rrule: 'FREQ=WEEKLY;COUNT=2' }, ...scene.slot() },
  }),
  'POST /reservations/{id}/transfer': async (_run, tools, scene) => {
    const { id } = await tools.create('/reservations', { resourceId: await tools.resource(), ...scene.slot() });
    return { path: { id }, body: { to: scene.own.users[1] } };
  },
  'POST /reservations/{id}/edit-intervals': async (_run, tools, scene) => {
    const time = scene.slot();
    const { id } = await tools.create('/reservations', { resourceId: await tools.resource(), ...time });
    return { path: { id }, body: { intervals: [{ start: time.start, end: new Date(Date.parse(time.end) - STEP_MS).toISOString() }] } };
  },
  'POST /reservations/{id}/check-in': async (_run, tools, scene) => ({ path: { id: (await begun(tools, scene)).id }, body: {} }),
  'POST /check-in': async ({ client }, tools, scene) => {
    const { resourceId } = await begun(tools, scene);
    const { token } = await client.must('GET', `/resources/${resourceId}/check-in-link`);
    return { body: { token } };
  },
  'POST /reservations/{id}/end': async ({ client }, tools, scene) => {
    const { id } = await begun(tools, scene);
    await client.must('POST', `/reservations/${id}/check-in`, {});
    return { path: { id } };
  },
  'GET /series/{id}': onSeries(),
  'PATCH /series/{id}': onSeries(() => ({ query: [], body: { title: 'Fuzzed' } })),
  'POST /series/{id}/cancel': onSeries(() => ({ query: [], body: {} })),
  'POST /series/{id}/join': async ({ client }, tools, scene) => {
    const { id, gap } = await seriesWithGap(tools, scene);
    const { series } = await client.must('PATCH', `/series/${id}?scope=following&recurrenceId=${gap}`, { title: 'Parted' });
    await client.must('PATCH', `/series/${series.id}`, { title: null });
    return { path: { id: series.id } };
  },
  'POST /series/{id}/fill': async ({ client }, tools, scene) => {
    const { id, other, gap } = await seriesWithGap(tools, scene);
    await client.must('POST', `/reservations/${other}/cancel`, {});
    return { path: { id }, body: { recurrenceId: gap } };
  },
  // Says what is true already but for who sees titles: another policy of the organization would refuse what later requests ask.
  'PATCH /policy': async ({ client }) => {
    const { version, policy } = await client.must('GET', '/policy');
    const titlesVisibleTo = policy.titlesVisibleTo === 'attendees' ? 'organization' : 'attendees';
    return { headers: { 'if-match': `"${version}"` }, body: { policy: { ...policy, titlesVisibleTo } } };
  },
  'PUT /business-hours': async ({ client }) => ({ query: [], headers: await hoursSeen(client), body: ALL_DAY }),
  'DELETE /business-hours': async ({ client }) => {
    await client.must('PUT', '/business-hours', ALL_DAY, await hoursSeen(client));
    return { query: [], headers: await hoursSeen(client) };
  },
  'PUT /resources/{id}/business-hours': (run, _tools, scene) => ofHours(run, scene, ALL_DAY),
  'DELETE /resources/{id}/business-hours': (run, _tools, scene) => ofHours(run, scene),
  'DELETE /users/me/favourites/{id}': async ({ client }, tools) => {
    const id = await tools.resource();
    await client.must('PUT', `/users/me/favourites/${id}`);
    return { path: { id } };
  },
  'PUT /users/me/notification-preferences': async () => ({ headers: {}, body: usualWay }),
  'POST /users/me/push-subscriptions': async (_run, _tools, scene) => ({ body: aBrowser(scene) }),
  'DELETE /users/me/push-subscriptions/{id}': async (_run, tools, scene) => ({
    path: { id: (await tools.create('/users/me/push-subscriptions', aBrowser(scene))).id },
  }),
  'PATCH /search/saved/{id}': async (_run, tools, scene) => ({
    path: { id: (await tools.create('/search/saved', { name: scene.unique(), query: {} })).id },
    body: { name: scene.unique() },
  }),
  'DELETE /search/saved/{id}': async (_run, tools, scene) => ({
    path: { id: (await tools.create('/search/saved', { name: scene.unique(), query: {} })).id },
  }),
  'POST /audit/views': async (_run, _tools, scene) => ({ body: { name: scene.unique(), filter: { object: 'resources' } } }),
  'DELETE /audit/views/{id}': async (_run, tools, scene) => ({
    path: { id: (await tools.create('/audit/views', { name: scene.unique(), filter: {} })).id },
  }),
  'POST /audit/export/csv': async () => ({ body: { action: ['site.created'] } }),
  'POST /audit/export/json': async () => ({ body: { object: 'sites' } }),
  'GET /approvals/{id}': async (run, tools) => ({ path: { id: await pendingRequest(run, tools) } }),
  'POST /approvals/{id}/respond': async (run, tools) => ({ path: { id: await pendingRequest(run, tools) }, body: { decision: 'approve' } }),
  'GET /approvals/{id}/background': async (run, tools) => ({ path: { id: await pendingRequest(run, tools) } }),
  'POST /approvals/{id}/ask': async (run, tools) => ({ path: { id: await pendingRequest(run, tools) }, body: { question: 'What for?' } }),
  'POST /approvals/{id}/answer': async (run, tools) => {
    const id = await pendingRequest(run, tools);
    await run.client.must('POST', `/approvals/${id}/ask`, { question: 'What for?' });
    return { path: { id }, body: { answer: 'To fuzz.' } };
  },
  'POST /approvals/{id}/delegate': async (run, tools, scene) => ({
    path: { id: await pendingRequest(run, tools) },
    body: { to: scene.own.users[1] },
  }),
  'GET /jobs': async () => ({ query: [['state', 'queued,running']] }),
  'GET /jobs/{id}': async (run, tools) => ({ path: { id: await job(run, tools) } }),
  'DELETE /jobs/{id}': async (run, tools) => ({ path: { id: await job(run, tools) } }),
  'GET /jobs/{id}/result': async (run, tools) => {
    const id = await job(run, tools);
    await run.client.must('DELETE', `/jobs/${id}`);
    return { path: { id } };
  },
  'GET /waitlist/{id}': async (_run, tools, scene) => ({ path: { id: await waiting(tools, scene) } }),
  'DELETE /waitlist/{id}': async (_run, tools, scene) => ({ path: { id: await waiting(tools, scene) } }),
};

/**
 * Makes what a request to this operation needs, most of the time.
 * @param {any} run
 * @param {import('./openapi.mjs').Operation} operation
 */
export async function bringToLife(run, operation) {
  const prepare = prepares[`${operation.method} ${operation.path.replace('/api/v1', '')}`];
  // Whoever is suspended, erased or merged is missed by later requests: only somebody who was added for it. Nor may a quota made by chance
  // leave everybody nothing.
  const isForGood = /\/(suspend|erase|merge|quotas\/rules)$/.test(operation.path);
  if (!prepare || (run.random.happens(0.2) && !isForGood)) return undefined;
  const create = (path, body) => run.client.must('POST', path, body);
  const resource = async (policy = {}) => (await create('/resources', { name: run.scene.unique(), timeZone: 'UTC', policy })).id;
  return prepare(run, { create, resource }, run.scene);
}
