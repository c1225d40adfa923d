import { partsOf, unitOf } from '../world.mjs';

/**
 * The reservation routes of the planted server. Right as they stand; each plant `P…` breaks one thing the way real systems do.
 *
 * Every handler is `(context) => {status, body}`; `context.pause()` is an await of random length, `context.mayCrash()` loses the process'
 * answer with some probability, as a kill would.
 * @typedef {object} Context
 * @property {import('./store.mjs').Store} store
 * @property {Set<string>} plants
 * @property {any} body
 * @property {string} id from the path
 * @property {string} owner
 * @property {number} holdMs
 * @property {(most?: number) => Promise<void>} pause
 * @property {() => void} mayCrash
 * @property {(answer: {status: number, body: any}) => {status: number, body: any}} keep stores the answer under the key, in the same transaction
 * @property {(work: () => Promise<void>) => void} afterwards runs work after the answer was sent
 */

const conflict = { status: 409, body: { status: 409, code: 'reservation-conflict', title: 'Taken' } };
const gone = (code, status = 409) => ({ status, body: { status, code } });

/** @param {any} row */
export const shown = (row) => ({
  id: row.id,
  status: row.status,
  title: row.title ?? null,
  start: new Date(row.start).toISOString(),
  end: new Date(row.end).toISOString(),
  organizer: { id: row.owner },
  resources: partsOf(row.unit).map((resourceId) => ({ resourceId, quantity: row.quantity })),
  version: row.version,
});

const claimFrom = ({ body, owner }) => ({
  unit: unitOf(body.resourceIds ?? [body.resourceId]),
  start: Date.parse(body.start),
  end: Date.parse(body.end),
  quantity: body.quantity ?? 1,
  title: body.title,
  owner,
});

/** Tells the event in the transaction, or after it with a crash between (P3). */
async function told(context, row, type) {
  const { store, plants, pause, mayCrash } = context;
  if (!plants.has('P3')) return;
  const { version } = row;
  await pause();
  mayCrash();
  store.tell({ ...row, version }, type);
}

const tellNow = ({ store, plants }, row, type) => plants.has('P3') || store.tell(row, type);

/** @param {Context} context */
export async function book(context) {
  const { store, plants, body, owner, pause } = context;
  await pause();
  if (plants.has('P9')) return conflict;
  const hold = body.holdId ? store.reservations.get(body.holdId) : undefined;
  if (body.holdId && (!hold || hold.status !== 'held' || hold.owner !== owner || hold.expiresAt < Date.now()))
    return context.keep(gone('hold-expired'));
  const claim = claimFrom(context);
  const rivals = store.rivals(claim, hold?.id);
  if (plants.has('P1')) await pause();
  if ((plants.has('P1') ? rivals : store.rivals(claim, hold?.id)).length > 0) return context.keep(conflict);
  if (hold) store.reservations.delete(hold.id);
  const row = store.insert({ ...claim, status: 'confirmed', expiresAt: 0, undoUntil: 0 });
  tellNow(context, row, 'reservation.created');
  const answer = context.keep({ status: 201, body: shown(row) });
  await told(context, row, 'reservation.created');
  return answer;
}

/** @param {Context} context */
export async function hold(context) {
  const { store, plants, holdMs, pause } = context;
  await pause();
  const claim = claimFrom(context);
  const rivals = store.rivals(claim);
  if (plants.has('P9')) return conflict;
  if (plants.has('P1')) await pause();
  if ((plants.has('P1') ? rivals : store.rivals(claim)).length > 0) return context.keep(conflict);
  const row = store.insert({ ...claim, status: 'held', expiresAt: Date.now() + holdMs, undoUntil: 0 });
  return context.keep({ status: 201, body: { id: row.id, expiresAt: new Date(row.expiresAt).toISOString() } });
}

/** @param {Context} context */
export async function release(context) {
  await context.pause();
  const { store, id, owner } = context;
  const row = store.reservations.get(id);
  if (!row || row.status !== 'held' || row.owner !== owner) return gone('not-found', 404);
  store.reservations.delete(id);
  return context.keep({ status: 204, body: null });
}

/** @param {Context} context */
export async function move(context) {
  const { store, plants, id, body, pause } = context;
  await pause();
  const row = store.reservations.get(id);
  if (!row) return gone('not-found', 404);
  if (plants.has('P9')) return conflict;
  if (row.status !== 'confirmed') return context.keep(gone('reservation-state'));
  const target = { ...row, start: Date.parse(body.start), end: Date.parse(body.end), unit: body.resourceId ?? row.unit };
  if (plants.has('P10')) {
    row.adrift = true;
    await pause();
    if (row.status !== 'confirmed') return context.keep(gone('reservation-state'));
  }
  const rivals = store.rivals(target, id);
  if (plants.has('P1')) await pause();
  if (rivals.length > 0) return context.keep(conflict);
  store.dropOwnHolds(target);
  Object.assign(row, { start: target.start, end: target.end, unit: target.unit, version: row.version + 1, adrift: false });
  tellNow(context, row, 'reservation.moved');
  const answer = context.keep({ status: 200, body: shown(row) });
  await told(context, { ...row }, 'reservation.moved');
  return answer;
}

/** @param {Context} context */
export async function cancel(context) {
  const { store, plants, id, body, pause } = context;
  await pause();
  const row = store.reservations.get(id);
  if (!row) return gone('not-found', 404);
  if (row.status !== 'confirmed') return context.keep(gone('reservation-state'));
  const apply = () => {
    if (row.status !== 'confirmed') return;
    Object.assign(row, { status: 'cancelled', version: row.version + 1, undoUntil: Date.now() + 1000 * (body.undoSeconds ?? 0) });
    tellNow(context, row, 'reservation.cancelled');
  };
  if (plants.has('P5')) {
    context.afterwards(async () => {
      await pause(40);
      apply();
    });
    return context.keep({ status: 200, body: { ...shown(row), status: 'cancelled', version: row.version + 1 } });
  }
  apply();
  const answer = context.keep({ status: 200, body: shown(row) });
  await told(context, { ...row }, 'reservation.cancelled');
  return answer;
}

/** @param {Context} context */
export async function restore(context) {
  const { store, id, pause } = context;
  await pause();
  const row = store.reservations.get(id);
  if (!row) return gone('not-found', 404);
  if (row.status !== 'cancelled' || row.undoUntil < Date.now()) return context.keep(gone('undo-expired'));
  Object.assign(row, { status: 'confirmed', version: row.version + 1, undoUntil: 0 });
  tellNow(context, row, 'reservation.restored');
  const answer = context.keep({ status: 200, body: shown(row) });
  await told(context, { ...row }, 'reservation.restored');
  return answer;
}
