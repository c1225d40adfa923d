/** Clients that book, move and cancel, and repeat each request with its key until they know what became of it. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { BerthClient, NoAnswer } from '../checker/berth-client.mjs';
import { until } from './programs.mjs';

const ADMIN = { username: 'admin', email: 'admin@example.org', password: 'faulty horse battery staple' };
const SLOT_MS = 1_800_000;
const DAYS = 60;
/** Of all bookings; a person is invited by letter for one in so many. */
const MOVED = 0.3;
const CANCELLED = 0.2;
const ONE_IN = 10;

/** One person, at whatever process answers. */
export class Persistent {
  /** Answers of the server that are no answer: anything from 500 on but a declared 503. */
  failures = [];
  repeated = 0;
  /** Bookings that were refused, by code. */
  refused = {};

  constructor(url) {
    this.client = new BerthClient(url);
  }

  async setUp() {
    const body = { setupToken: 'faults', organization: { name: 'Faults', timeZone: 'Etc/UTC' }, admin: ADMIN, kinds: ['room'] };
    await this.client.must('POST', '/setup/initialize', { body });
    await this.signIn();
  }

  async signIn() {
    const { username, password } = ADMIN;
    const body = new URLSearchParams({ grant_type: 'password', username, password });
    const answer = await until(() => this.client.must('POST', '/token', { body }));
    this.client.token = answer.access_token;
  }

  /** @returns {Promise<import('../checker/berth-client.mjs').Answer>} a definite answer */
  async ask(method, path, body) {
    const key = method === 'POST' || method === 'PATCH' ? randomUUID() : undefined;
    for (; ; this.repeated++) {
      try {
        const answer = await this.client.send(method, path, { body, key });
        if (answer.status === 401) await this.signIn();
        else if (answer.status < 500 && answer.status !== 429 && answer.body?.code !== 'idempotency-in-progress') return answer;
        else if (answer.status >= 500 && !(answer.status === 503 && answer.headers['retry-after']))
          this.failures.push(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error;
      }
      await sleep(50 + Math.random() * 150);
    }
  }
}

/**
 * @param {Persistent} person
 * @param {{ rooms: string[], random: import('../checker/random.mjs').Random, next: () => Promise<number | undefined>, booked: Set<string> }} work
 *   `next` gives the number of the next booking, when it may begin; undefined when there is none
 */
export async function bookOn(person, { rooms, random, next, booked }) {
  const first = Math.ceil(Date.now() / 86_400_000 + 1) * 86_400_000;
  const slot = () => {
    const start = first + random.below(DAYS * 48) * SLOT_MS;
    return { start: new Date(start).toISOString(), end: new Date(start + SLOT_MS).toISOString() };
  };
  for (let n = await next(); n !== undefined; n = await next()) {
    const { status, body } = await person.ask('POST', '/reservations', { resourceId: random.pick(rooms), title: `Fault ${n}`, ...slot() });
    if (n % ONE_IN === 0) await person.ask('POST', '/users/invite', { email: `guest-${n}@example.org`, role: 'user' });
    if (status !== 201) {
      person.refused[body.code] = (person.refused[body.code] ?? 0) + 1;
      continue;
    }
    booked.add(body.id);
    if (random.happens(MOVED)) await person.ask('POST', `/reservations/${body.id}/move`, slot());
    if (random.happens(CANCELLED)) await person.ask('POST', `/reservations/${body.id}/cancel`, {});
  }
}
