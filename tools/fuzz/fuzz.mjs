import { seeded } from '../checker/random.mjs';
import { Audited } from './audited.mjs';
import { mutations } from './mutations.mjs';
import { danglingReferences, operationsOf } from './openapi.mjs';
import { Oracle } from './oracle.mjs';
import { asCurl, Sender, validInput, wire } from './request.mjs';
import { prepareRoute, takeBack } from './routes.mjs';
import { createFuzzer, furnish } from './scene.mjs';
import { shrink } from './shrink.mjs';
import { apiState, databaseState, difference } from './state.mjs';

/**
 * @typedef {object} FuzzOptions
 * @property {string} url
 * @property {string} token of an admin
 * @property {() => Promise<string>} [renew] another token of the same admin: a run on a busy machine outlives the first
 * @property {number} seed
 * @property {number} [inputs] 5,000
 * @property {string} [databaseUrl] of the owner; without it state is compared through the API
 * @property {Partial<Record<import('./scene.mjs').Kind, string[]>>} [foreign] ids of another organization
 * @property {string[]} [secrets] texts of that organization
 * @property {string[]} [codes] codes a problem may carry
 * @property {string} [only] runs routes whose name contains it
 * @property {import('./scene.mjs').Fuzzer} [fuzzer] instead of an admin created for it
 * @property {import('./scene.mjs').Scene} [scene] instead of one furnished through the API
 * @property {{read: () => Promise<string>, close: () => Promise<void>}} [state] instead of the database's or the API's
 *
 * @typedef {object} Failure
 * @property {string} rule
 * @property {string} operation
 * @property {string} mutation
 * @property {string} detail
 * @property {string} curl the shrunk request
 * @property {number} times how often the route broke the rule
 *
 * @typedef {object} FuzzResult
 * @property {number} inputs
 * @property {number} seconds
 * @property {Record<string, number>} statuses
 * @property {string[]} neverAccepted routes no valid request got a 2xx from
 * @property {Failure[]} failures one for each route and rule
 */

/** Routes that hash a password, at 100 ms and more each: fewer inputs. */
const SLOW = /\/(token|register|users|logout|setup\/initialize|auth\/sessions)$/;
/** Live streams and files are no subject here. */
const SKIPPED = /\/(stream|stream\/events|docs)$|\/api\/(openapi|asyncapi)/;
/** Nothing a client sends may keep the server busy for longer. */
const SLOW_MS = 3000;
const VALID_SHARE = 0.12;
/** Half the life of a token. */
const RENEWED_MS = 300_000;
/** Tables that change by themselves, whatever is asked meanwhile: holds and undo expire, and refusals are written down together, some at a time. */
const EXPIRING = new Set(['occupancy', 'reservation', 'event']);
/** Chance is that no more when it comes so often in a row. */
const TRIES = 4;

/**
 * Sends valid requests with one thing wrong to every route and judges the answers.
 * @param {FuzzOptions} options
 * @returns {Promise<FuzzResult>}
 */
export async function runFuzz(options) {
  const run = await prepare(options);
  const { inputs = 5000 } = options;
  const began = Date.now();
  try {
    let sent = 0;
    for (; sent < inputs; sent++) await runOne(run);
    const notYet = () => run.operations.filter((it) => !run.accepted.has(it.name));
    // Chance leaves some routes without a request that is valid in all its parts; those get a few more.
    for (let tries = 0; tries < 20; tries++) {
      for (const it of notYet()) await runOne(run, it);
      for (const { input } of run.audited.silent) await runOne(run, input.operation);
    }
    for (const { input, times } of run.audited.silent)
      run.failures.set(`${input.operation.name} no-event`, silentFailure(run, input, times));
    const neverAccepted = notYet().map((it) => it.name);
    return {
      inputs: sent,
      seconds: (Date.now() - began) / 1000,
      statuses: run.statuses,
      neverAccepted,
      failures: [...run.failures.values()],
    };
  } finally {
    run.sender.close();
    await run.state.close();
  }
}

async function prepare({ url, token, renew, seed, databaseUrl, foreign, secrets, codes, only = '', ...given }) {
  const sender = new Sender(url);
  const tokens = { admin: token, leaving: token, none: undefined, bad: 'eyJhbGciOiJub25lIn0.e30.' };
  const client = clientOf(sender, tokens);
  const document = JSON.parse((await sender.send({ method: 'GET', path: '/api/openapi.json', headers: {} })).text);
  const fuzzer = given.fuzzer ?? (await createFuzzer(client));
  const scene = given.scene ?? (await furnish(client, foreign, secrets));
  const operations = operationsOf(document).filter((it) => !SKIPPED.test(it.path) && it.name.includes(only));
  const weighted = operations.flatMap((it) => Array(SLOW.test(it.path) && it.method === 'POST' ? 1 : 6).fill(it));
  const state = given.state ?? (databaseUrl ? await databaseState(databaseUrl) : await apiState(client));
  return {
    url, sender, client, scene, operations, weighted, state,
    audited: new Audited(state),
    random: seeded(seed),
    oracle: new Oracle(document, { ...(codes && { codes }), secrets: scene.secrets }),
    fuzzer,
    tokens, renew, renewedAt: Date.now(),
    before: undefined, statuses: {}, accepted: new Set(),
    failures: new Map(danglingReferences(document).map((it) => [it, danglingFailure(it)])),
  }; // prettier-ignore
}

const danglingFailure = (reference) => ({
  rule: 'dangling-reference', operation: 'GET /api/openapi.json', mutation: 'valid', detail: `the document has no ${reference}`, curl: '', times: 1,
}); // prettier-ignore

const silentFailure = (run, input, times) => ({
  rule: 'no-event', operation: input.operation.name, mutation: input.mutation,
  detail: `was accepted ${times} times and never left an event under its request id`, curl: asCurl(run.url, wire(input, run.tokens)), times,
}); // prettier-ignore

/** The few calls the scene needs. */
function clientOf(sender, tokens) {
  return {
    must: async (method, path, body, more = {}) => {
      const isForm = body instanceof URLSearchParams;
      const text = body === undefined ? undefined : isForm ? body.toString() : JSON.stringify(body);
      const type = isForm ? 'application/x-www-form-urlencoded' : 'application/json';
      const headers = {
        authorization: `Bearer ${tokens.admin}`,
        ...(text && { 'content-type': type, 'content-length': `${Buffer.byteLength(text)}` }),
        ...more,
      };
      const answer = await sender.send({ method, path: `/api/v1${path}`, headers, body: text });
      if (answer.status >= 400 || answer.status === 0) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
      return answer.text === '' ? null : JSON.parse(answer.text);
    },
  };
}

/** One request, judged; the state is read after each, so a refusal that changed something is known by name. */
async function runOne(run, wanted) {
  if (run.renew && Date.now() - run.renewedAt > RENEWED_MS) {
    run.tokens.admin = await run.renew();
    run.renewedAt = Date.now();
  }
  const input = await nextInput(run, wanted);
  const before = (run.before ??= await run.state.read());
  const message = run.audited.named(wire(input, run.tokens));
  const began = performance.now();
  const answer = await run.sender.send(message);
  if (performance.now() - began > SLOW_MS)
    await remember(run, input, { rule: 'slow-answer', detail: `took over ${SLOW_MS} ms` }, takesLong(run));
  const after = await run.state.read();
  run.statuses[answer.status] = (run.statuses[answer.status] ?? 0) + 1;
  if (answer.status >= 200 && answer.status < 300) run.accepted.add(input.operation.name);
  await run.audited.look(input, message, answer);
  const seen = answer.status >= 400 && after !== before ? difference(before, after) : undefined;
  run.before = after;
  if (seen) await blame(run, input, seen);
  await judge(run, input, message, answer);
  await takeBack(run, input, answer);
}

/** @param wanted a route that is to get a valid request */
async function nextInput(run, wanted) {
  const { random, scene } = run;
  const operation = wanted ?? random.pick(run.weighted);
  const prepared = await prepareRoute(run, operation);
  if (prepared) run.before = undefined;
  const valid = { ...validInput(operation, scene, random), ...prepared };
  if (wanted || random.happens(VALID_SHARE)) return valid;
  for (let tries = 0; tries < 20; tries++) {
    const mutation = random.pick(Object.keys(mutations));
    const part = mutations[mutation](valid, { scene, random });
    if (part) return { ...valid, ...part, mutation };
  }
  return valid;
}

async function judge(run, input, message, answer) {
  for (const finding of run.oracle.judge(input, answer, asText(message))) {
    await remember(run, input, finding, async (smaller) => {
      const again = wire(smaller, run.tokens);
      if (
        input.foreign &&
        !Object.values(run.scene.foreign)
          .flat()
          .some((id) => asText(again).includes(id))
      )
        return false;
      return run.oracle.judge(smaller, await run.sender.send(again), asText(again)).some((it) => it.rule === finding.rule);
    });
  }
}

/** Whether one request takes long; a machine that was busy once does not count. */
const takesLong = (run) => async (input) => {
  const began = performance.now();
  await run.sender.send(wire(input, run.tokens));
  return performance.now() - began > SLOW_MS;
};

const asText = ({ path, headers, body }) => `${path}\n${JSON.stringify(headers)}\n${body ?? ''}`;

/** A refusal after which the state differs. Where only tables changed that change by themselves it must do so each time it is sent again. */
async function blame(run, input, seen) {
  const changes = async (smaller) => {
    const before = await run.state.read();
    const { status } = await run.sender.send(wire(smaller, run.tokens));
    const after = await run.state.read();
    return status >= 400 && before !== after;
  };
  const mayBeChance = seen.split('; ').every((line) => EXPIRING.has(line.split(' ')[0]));
  for (let times = 0; mayBeChance && times < TRIES; times++) if (!(await changes(input))) return;
  await remember(run, input, { rule: 'state-changed', detail: `was refused and changed ${seen}` }, changes);
}

async function remember(run, input, finding, stillFails) {
  const key = `${input.operation.name} ${finding.rule}`;
  const known = run.failures.get(key);
  if (known) {
    known.times++;
    return;
  }
  const failure = { ...finding, operation: input.operation.name, mutation: input.mutation, curl: '', times: 1 };
  if (finding.rule === 'slow-answer' && !(await stillFails(input))) return;
  run.failures.set(key, failure);
  // Smaller requests may be accepted, and change what the next one is compared with.
  run.before = undefined;
  failure.curl = asCurl(run.url, wire(await shrink(input, stillFails), run.tokens));
}
