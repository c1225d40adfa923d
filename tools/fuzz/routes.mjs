import { ifMatch } from './if-match.mjs';
import { bringToLife } from './lives.mjs';
import { ALL_DAY, kindInPath } from './scene.mjs';

/**
 * What a few routes need before a valid request to them is accepted: something alive to act on, credentials, the current version.
 * @param {any} run
 * @param {import('./openapi.mjs').Operation} operation
 * @returns {Promise<object|undefined>} parts of the request; undefined when nothing was sent
 */
export async function prepareRoute(run, operation) {
  const { scene, client, fuzzer, random } = run;
  const { username, password, signIn } = fuzzer;
  if (operation.path.endsWith('/logout')) {
    run.tokens.leaving = (await signIn()).access_token;
    return { token: 'leaving' };
  }
  if (operation.path.endsWith('/token/refresh')) return { body: { refresh_token: (await signIn()).refresh_token } };
  if (operation.method === 'POST' && operation.path.endsWith('/auth/sessions'))
    return { body: { username, password }, headers: { origin: new URL(run.url).origin, 'sec-fetch-site': 'same-origin' } };
  if (operation.path === '/api/v1/token')
    return {
      body: undefined,
      raw: `${new URLSearchParams({ grant_type: 'password', username, password })}`,
      contentType: 'application/x-www-form-urlencoded',
    };
  if (operation.path.includes('/blackouts/{')) return blackout(run, operation);
  const living = await bringToLife(run, operation);
  if (living) return living;
  const [, parameter] = /\{([^}]+)\}/.exec(operation.path) ?? [];
  const kind = parameter && kindInPath(operation.path, parameter);
  if (kind === 'holds') {
    scene.own.holds = [await taken(run, '/holds')];
    return { path: { [parameter]: scene.own.holds[0] } };
  }
  const restores = operation.path.endsWith('/restore');
  if (kind === 'reservations' && (restores || random.happens(0.3))) {
    const id = await taken(run, '/reservations');
    if (restores) await client.must('POST', `/reservations/${id}/cancel`, { undoSeconds: 30 });
    else scene.own.reservations.push(id);
    return { path: { [parameter]: id } };
  }
  if (kind && operation.method !== 'GET' && operation.parameters.some((it) => it.name === 'If-Match' && it.required))
    return version(run, operation, parameter, kind);
  return undefined;
}

/** Takes the next free slot of a resource no request names; what was moved or extended may stand in some. */
async function taken({ scene, client }, path) {
  for (let tries = 0; ; tries++) {
    try {
      return (await client.must('POST', path, { resourceId: scene.spare, ...scene.slot() })).id;
    } catch (error) {
      if (tries >= 50 || !/answered 4(09|22)/.test(error.message)) throw error;
    }
  }
}

/** The entity tag of something to change, most of the time. */
async function version({ scene, client, random }, operation, parameter, kind) {
  if (random.happens(0.1) || scene.own[kind].length === 0) return undefined;
  const id = random.pick(scene.own[kind]);
  const current = await client.must(
    'GET',
    operation.path
      .replace('/api/v1', '')
      .replace(`{${parameter}}`, id)
      .replace('/quotas/users/', '/users/')
      .replace(/^(\/resources\/[0-9a-f-]{36})\/.*$/, '$1'),
  );
  return { path: { [parameter]: id }, headers: { 'if-match': `"${current.version}"` } };
}

/** Something to take away, in a time nobody asks for. */
async function blackout({ scene, client }, { path }) {
  const id = scene.own.resources[0];
  const list = path.startsWith('/api/v1/resources') ? `/resources/${id}/blackouts` : '/blackouts';
  const made = await client.must('POST', list, { start: '2040-01-01T00:00:00Z', end: '2040-01-02T00:00:00Z', reason: 'fuzz' });
  return { path: { id: list === '/blackouts' ? made.id : id, blackoutId: made.id } };
}

/**
 * Takes back what would keep later requests from being valid: holds that would run out under another request, closed time, maintenance, what is somebody's own.
 * @param {any} run
 * @param {import('./request.mjs').Input} input
 * @param {{status: number, text: string}} answer
 */
export async function takeBack(run, input, answer) {
  const { path, method } = input.operation;
  const [, collection] = /^\/api\/v1(\/(?:resources\/\{id\}\/)?(?:business-hours|blackouts|status|assignment)|\/holds)/.exec(path) ?? [];
  if (!collection || method === 'GET' || answer.status === 0 || answer.status >= 300) return;
  const send = (verb, to, body, headers) => run.client.must(verb, to, body, headers).catch(() => undefined);
  const seen = async (field) => ifMatch(run.client, base, field).catch(() => undefined);
  const base = collection.replace('{id}', input.path.id);
  const id = /"id":"([0-9a-f-]{36})"/.exec(answer.text)?.[1];
  if (collection === '/business-hours') await send('DELETE', base, undefined, await seen('settingsVersion'));
  else if (collection.endsWith('business-hours')) await send('PUT', base, ALL_DAY, await seen('settingsVersion'));
  if (collection.endsWith('blackouts') && id) await send('DELETE', `${base}/${id}`);
  if (collection.endsWith('assignment')) await send('DELETE', base, undefined, await seen('resourceVersion'));
  if (collection.endsWith('status')) await send('POST', base, { status: 'available' });
  if (collection === '/holds')
    for (const hold of [...run.scene.own.holds.splice(0), id].filter(Boolean)) await send('DELETE', `/holds/${hold}`);
  run.before = undefined;
}
