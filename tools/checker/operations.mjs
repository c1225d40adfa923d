import { sendUntilDefinite } from './attempt.mjs';
import { NoAnswer } from './berth-client.mjs';
import { partsOf, SLOT_MS, SLOTS, unitOf } from './world.mjs';

/** How often each operation is chosen; what is not possible at the moment becomes a booking. */
const WEIGHTS = { book: 30, hold: 13, confirm: 9, release: 3, abandon: 2, move: 15, cancel: 17, restore: 2, read: 9 };

/**
 * What the clients of one person know: clients of one person share it, so two of them do race on one reservation.
 * @typedef {object} Knowledge
 * @property {{id: string, unit: string, start: number, end: number, quantity: number, version: number}[]} bookings
 * @property {{id: string, unit: string, start: number, end: number, quantity: number}[]} holds
 * @property {{id: string}[]} undoable
 */

/** @returns {Knowledge} */
export const nothingKnown = () => ({ bookings: [], holds: [], undoable: [] });

const iso = (instant) => new Date(instant).toISOString();

/** One client: chooses operations at random and records what it asked and heard. */
export class Player {
  /**
   * @param {object} setting
   * @param {number} setting.number
   * @param {import('./world.mjs').World} setting.world
   * @param {import('./world.mjs').World['people'][number]} setting.person
   * @param {Knowledge} setting.known
   * @param {import('./history.mjs').Recorder} setting.recorder
   * @param {import('./random.mjs').Random} setting.random
   * @param {import('./attempt.mjs').Trouble} setting.trouble
   * @param {{left: number}} setting.abandons how many holds may still be left to expire
   * @param {((holdId: string) => Promise<void>)|undefined} setting.expireHold makes a hold expire now, when the harness can reach the database
   * @param {number} setting.longestUndo seconds in which a cancellation may be taken back, at most
   * @param {string} setting.run makes keys unique over runs
   */
  constructor(setting) {
    Object.assign(this, setting);
    this.sequence = 0;
    this.serverErrors = [];
  }

  async act() {
    const { known, random } = this;
    const wish = random.weighted(WEIGHTS);
    if (wish === 'read') return this.read();
    if (wish === 'hold') return this.hold();
    if (wish === 'abandon' && (this.expireHold || this.abandons.left > 0)) return this.abandon();
    if (wish === 'move' && known.bookings.length > 0) return this.move();
    if (wish === 'cancel' && known.bookings.length > 0) return this.cancel();
    if (wish === 'restore' && known.undoable.length > 0) return this.restore();
    if (wish === 'confirm' && known.holds.length > 0) return this.confirm();
    if (wish === 'release' && known.holds.length > 0) return this.release();
    return this.book();
  }

  async book() {
    const claim = this.#claim();
    const key = this.#key();
    const args = { ...claim, owner: this.person.id, title: key };
    const { type, result } = await this.#change('book', args, 'POST', '/reservations', booking(claim, key), key, made);
    if (type === 'ok') this.known.bookings.push({ ...claim, id: result.id, version: result.version });
  }

  async hold() {
    const claim = this.#claim();
    const { type, result } = await this.#take(claim);
    if (type === 'ok') this.known.holds.push({ ...claim, id: result.id });
  }

  /** A hold nobody comes back for. */
  async abandon() {
    this.abandons.left--;
    const { type, result } = await this.#take(this.#claim());
    if (type !== 'ok' || !this.expireHold) return;
    const inv = this.recorder.now();
    await this.expireHold(result.id);
    this.#record({ f: 'expire', args: { hold: result.id }, key: null, inv, end: this.recorder.now(), type: 'ok', result: {} });
  }

  async confirm() {
    const held = this.#takeOut(this.known.holds);
    const key = this.#key();
    const args = { ...claimOf(held), hold: held.id, owner: this.person.id, title: key };
    const body = { ...booking(held, key), holdId: held.id };
    const { type, result } = await this.#change('confirm', args, 'POST', '/reservations', body, key, made);
    if (type === 'ok') this.known.bookings.push({ ...claimOf(held), id: result.id, version: result.version });
  }

  async release() {
    const held = this.#takeOut(this.known.holds);
    await this.#change(
      'release',
      { hold: held.id, owner: this.person.id },
      'DELETE',
      `/holds/${held.id}`,
      undefined,
      this.#key(),
      () => ({}),
    );
  }

  async move() {
    const target = this.random.pick(this.known.bookings);
    const { start, end, unit } = this.#claim(
      target.quantity > 1 || isBundle(target.unit) ? target.unit : undefined,
      (it) => !isBundle(it.id),
    );
    const args = { id: target.id, unit, start, end, quantity: target.quantity, owner: this.person.id };
    const body = { start: iso(start), end: iso(end), ...(unit !== target.unit && { resourceId: unit }) };
    const told = (answer) => learn(target, made(answer));
    await this.#change('move', args, 'POST', `/reservations/${target.id}/move`, body, this.#key(), told);
  }

  async cancel() {
    // Two clients of one person may cancel the same booking: it leaves the common knowledge only when the answer is here.
    const target = this.random.pick(this.known.bookings);
    const undoSeconds = this.random.happens(0.2) ? 1 + this.random.below(this.longestUndo) : 0;
    const args = { id: target.id, undoSeconds, owner: this.person.id };
    const body = { reason: 'checker', undoSeconds };
    const { type } = await this.#change('cancel', args, 'POST', `/reservations/${target.id}/cancel`, body, this.#key(), changed);
    if (type === 'info') return;
    remove(this.known.bookings, target);
    if (type === 'ok' && undoSeconds > 0) this.known.undoable.push(target);
  }

  async restore() {
    const target = this.#takeOut(this.known.undoable);
    const args = { id: target.id, owner: this.person.id };
    const { type, result } = await this.#change('restore', args, 'POST', `/reservations/${target.id}/restore`, {}, this.#key(), made);
    if (type === 'ok') {
      learn(target, result);
      this.known.bookings.push(target);
    }
  }

  /** Looks at every unit over the whole window, through one of the two doors. */
  async read(door = this.random.pick(['list', 'availability'])) {
    const { units, window } = this.world;
    const inv = this.recorder.now();
    const args = { door, units: units.map((unit) => unit.id), ...window };
    try {
      const result = await readers[door](this.person.client, args);
      this.#record({ f: 'read', args: { door }, key: null, inv, end: this.recorder.now(), type: 'ok', result });
      return result;
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      return undefined;
    }
  }

  #take(claim) {
    const body = taking(claim);
    const told = (answer) => ({ id: answer.id, expiresAt: Date.parse(answer.expiresAt) });
    return this.#change('hold', { ...claim, owner: this.person.id }, 'POST', '/holds', body, this.#key(), told);
  }

  async #change(f, args, method, path, body, key, told) {
    const inv = this.recorder.now();
    const { answer, answers, attempts, serverErrors } = await sendUntilDefinite(
      this.person.client,
      method,
      path,
      { body, key },
      this.random,
      this.trouble,
    );
    this.serverErrors.push(...serverErrors);
    const end = answer ? this.recorder.now() : null;
    const type = !answer ? 'info' : answer.status < 300 ? 'ok' : 'fail';
    const failure = () => ({ status: answer.status, code: answer.body?.code, detail: answer.body?.detail });
    const result = { ...(type === 'ok' ? told(answer.body ?? {}) : type === 'fail' ? failure() : {}), answers };
    const operation = { f, args, key, inv, end, type, result, attempts };
    this.#record(operation);
    return operation;
  }

  #record(operation) {
    this.recorder.record({ client: this.number, ...operation });
  }

  #claim(unitId, among = () => true) {
    const { random, world } = this;
    const unit = unitId ? world.units.find((it) => it.id === unitId) : random.pick(world.units.filter(among));
    const slot = random.below(SLOTS);
    const start = world.window.start + slot * SLOT_MS;
    const end = Math.min(start + random.pick([1, 1, 1, 2, 3]) * SLOT_MS, world.window.end);
    return { unit: unit.id, start, end, quantity: unitId ? unit.capacity : unit.capacity > 1 && random.happens(0.25) ? 2 : 1 };
  }

  #takeOut(list) {
    return list.splice(this.random.below(list.length), 1)[0];
  }

  #key() {
    return `${this.run}-${this.number}-${++this.sequence}`;
  }
}

const claimOf = ({ unit, start, end, quantity }) => ({ unit, start, end, quantity });
const isBundle = (unit) => partsOf(unit).length > 1;
const taking = ({ unit, start, end, quantity }) => ({
  ...(isBundle(unit) ? { resourceIds: partsOf(unit) } : { resourceId: unit }),
  start: iso(start),
  end: iso(end),
  quantity,
});
const booking = (claim, title) => ({ ...taking(claim), title });

const remove = (list, item) => {
  const index = list.indexOf(item);
  if (index >= 0) list.splice(index, 1);
};

/**
 * Takes what an answer says over the intention: a move that names no resource moves a booking where another client of the person brought it.
 * Of two answers the one with the higher version is true, whichever is heard first.
 * @returns the answer
 */
export function learn(booking, answer) {
  const { unit, start, end, version } = answer;
  if (version > booking.version) Object.assign(booking, { unit, start, end, version });
  return answer;
}

/** What an answer with a reservation says. */
export const made = (answer) => ({
  id: answer.id,
  status: answer.status,
  unit: answer.resources && unitOf(answer.resources.map((it) => it.resourceId)),
  start: Date.parse(answer.start),
  end: Date.parse(answer.end),
  version: answer.version,
});
const changed = (answer) => ({ version: answer.version });

const resourcesOf = (units) => [...new Set(units.flatMap(partsOf))];

/** The two doors a read may go through; both are one statement on the server, so one page is one snapshot. */
const readers = {
  async list(client, { units, start, end }) {
    const query = new URLSearchParams([
      ...resourcesOf(units).map((id) => ['resource', id]),
      ['from', iso(start)],
      ['to', iso(end)],
      ['status', 'pending,confirmed,checked_in'],
      ['limit', '200'],
    ]);
    const page = await client.must('GET', `/reservations?${query}`);
    const rows = page.data.map((row) => ({ ...made(row), title: row.title, quantity: row.resources?.[0]?.quantity ?? 1 }));
    return { complete: !page.page.hasMore, rows };
  },
  async availability(client, { units, start, end }) {
    const query = new URLSearchParams([...resourcesOf(units).map((id) => ['resource', id]), ['from', iso(start)], ['to', iso(end)]]);
    const { resources, bars } = await client.must('GET', `/availability?${query}`);
    // The checker spreads a reservation over the leaves of what was booked itself; bars that say the same are passed over.
    const own = bars.id.map((id, index) => ({ id, index })).filter(({ index }) => (bars.through?.[index] ?? -1) < 0);
    const rows = [...Map.groupBy(own, ({ id }) => id)].map(([id, parts]) => {
      const [{ index }] = parts;
      const times = { start: start + bars.start[index] * 1000, end: start + bars.end[index] * 1000 };
      const unit = unitOf(parts.map((part) => resources[bars.resource[part.index]]));
      return { id, unit, ...times, status: bars.status[index], title: bars.title[index], quantity: bars.quantity[index] };
    });
    return { complete: true, rows };
  },
};
