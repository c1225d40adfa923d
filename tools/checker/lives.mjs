import { overlaps } from './history.mjs';

/**
 * One stretch of time one claim held, with two lives on the clock of the harness: between `definite.from` and `definite.to` it was held
 * without doubt, outside of `possible` it was not. The truth lies between the two.
 * @typedef {object} Segment
 * @property {string|null} id of the reservation or hold; null when no answer ever told it
 * @property {'booking'|'hold'} kind
 * @property {string} owner
 * @property {string} unit
 * @property {string[]} leaves
 * @property {number} start
 * @property {number} end
 * @property {number} quantity
 * @property {{from: number, to: number}} definite empty when `to <= from`
 * @property {{from: number, to: number}} possible
 * @property {import('./history.mjs').Operation} op that took the time
 */

/**
 * @typedef {object} Booking
 * @property {string} id
 * @property {import('./history.mjs').Operation} maker the book or confirm that made it
 * @property {import('./history.mjs').Operation[]} changes moves, cancels and restores, not those that failed
 * @property {Segment[]} segments
 */

/**
 * @typedef {object} Lives
 * @property {Map<string, Booking>} bookings by id
 * @property {Segment[]} segments of all bookings and holds
 * @property {Map<string, Segment>} holds by id
 */

/** @typedef {import('./history.mjs').Operation} Operation */
/** @typedef {import('./history.mjs').History} History */

const MAKERS = new Set(['book', 'confirm']);
const CHANGERS = new Set(['move', 'cancel', 'restore']);
const ended = (operation) => operation.end ?? Infinity;

/**
 * Did `other` certainly take effect before `operation`? Real time decides where it can; between overlapping operations on one reservation
 * its version does.
 * @param {Operation} other
 * @param {Operation} operation
 */
export function precedes(other, operation) {
  if (ended(other) < operation.inv) return true;
  if (ended(operation) < other.inv) return false;
  return other.result?.version !== undefined && operation.result?.version !== undefined && other.result.version < operation.result.version;
}

/**
 * Gives every claim of a history its definite and its possible life.
 * @param {History} history
 * @returns {Lives}
 */
export function deriveLives(history) {
  const { meta, operations } = history;
  const leavesOf = new Map(meta.units.map((unit) => [unit.id, unit.leaves]));
  const effective = operations.filter((operation) => operation.type !== 'fail' && operation.f !== 'read');
  const changesById = Map.groupBy(
    effective.filter((operation) => CHANGERS.has(operation.f)),
    (operation) => operation.args.id,
  );

  /** @type {Map<string, Booking>} */
  const bookings = new Map();
  const unknown = [];
  for (const operation of effective.filter((it) => MAKERS.has(it.f))) {
    if (operation.type === 'info') unknown.push(unnamed(operation, 'booking', leavesOf));
    else if (!bookings.has(operation.result.id)) {
      const changes = changesById.get(operation.result.id) ?? [];
      bookings.set(operation.result.id, bookingOf(operation, changes, meta, leavesOf));
    }
  }
  const holds = holdsOf(effective, meta, leavesOf);
  unknown.push(...effective.filter((it) => it.f === 'hold' && it.type === 'info').map((it) => unnamed(it, 'hold', leavesOf)));
  const segments = [...[...bookings.values()].flatMap((booking) => booking.segments), ...holds.values(), ...unknown];
  return { bookings, holds, segments };
}

/** A claim whose fate never became known: it may hold its time from the first attempt on, for ever. */
function unnamed(operation, kind, leavesOf) {
  const { unit, start, end, quantity, owner } = operation.args;
  const possible = { from: operation.inv, to: Infinity };
  return {
    id: null,
    kind,
    owner,
    unit,
    leaves: leavesOf.get(unit),
    start,
    end,
    quantity,
    definite: { from: 0, to: 0 },
    possible,
    op: operation,
  };
}

function bookingOf(maker, changes, meta, leavesOf) {
  const takers = [maker, ...changes.filter((change) => change.f !== 'cancel')];
  const segments = takers.map((taker) => segmentOf(taker, maker, changes, meta, leavesOf)).filter((segment) => segment !== undefined);
  return { id: maker.result.id, maker, changes, segments };
}

function segmentOf(taker, maker, changes, meta, leavesOf) {
  // A restore nobody heard of took back whatever range the booking had; the cancel before it keeps that range possible (see goneAt).
  if (taker.type === 'info' && taker.f === 'restore') return undefined;
  const place = taker.type === 'ok' ? taker.result : taker.args;
  const others = changes.filter((change) => change !== taker && !precedes(change, taker));
  const definiteTo = Math.min(Infinity, ...others.map((change) => change.inv));
  const gone = others.filter((change) => change.type === 'ok' && precedes(taker, change)).map((change) => goneAt(change, changes, meta));
  return {
    id: maker.result.id,
    kind: 'booking',
    owner: maker.args.owner,
    unit: place.unit,
    leaves: leavesOf.get(place.unit),
    start: place.start,
    end: place.end,
    quantity: maker.args.quantity,
    definite: taker.type === 'ok' ? { from: taker.end, to: definiteTo } : { from: 0, to: 0 },
    possible: { from: taker.inv, to: taker.type === 'ok' ? Math.min(Infinity, ...gone) : Infinity },
    op: taker,
  };
}

/**
 * When the range held before `change` is certainly free: at its answer, or after the time a cancel keeps it for the undo. Of several cancels
 * (cancelling twice is no error) any may have been the one that counted.
 */
function goneAt(change, changes, meta) {
  if (change.f !== 'cancel') return change.end;
  const cancels = changes.filter((it) => it.f === 'cancel');
  if (!cancels.some((it) => it.args.undoSeconds)) return change.end;
  if (changes.some((it) => it.f === 'restore' && it.type === 'info')) return Infinity;
  return Math.max(...cancels.map((it) => ended(it) + (it.args.undoSeconds * 1000 + meta.slackMs) * 1e6));
}

/**
 * Where an act may have taken time: where it was meant to, and where the answer says it did. A move that names no resource moves what it
 * finds, which another client of the same person may have brought elsewhere meanwhile.
 */
const placesOf = ({ args, result }) => (result?.unit ? [args, { ...args, ...result }] : [args]);

function holdsOf(effective, meta, leavesOf) {
  const clock = (wallMs) => (wallMs - meta.startedAt) * 1e6;
  const enders = Map.groupBy(
    effective.filter((operation) => operation.args.hold),
    (operation) => operation.args.hold,
  );
  // A person's own hold gives way to that person, so any overlapping act of the owner may end it.
  const acts = Map.groupBy(
    effective.filter((operation) => operation.args.start !== undefined),
    (operation) => operation.args.owner,
  );
  const shared = (one, other) => leavesOf.get(one.unit).some((leaf) => leavesOf.get(other.unit).includes(leaf)) && overlaps(one, other);
  const holds = new Map();
  for (const operation of effective) {
    if (operation.f !== 'hold' || operation.type !== 'ok') continue;
    const { unit, start, end, quantity, owner } = operation.args;
    const { id, expiresAt } = operation.result;
    const ends = enders.get(id) ?? [];
    const own = (acts.get(owner) ?? []).filter(
      (it) => it !== operation && ended(it) > operation.inv && placesOf(it).some((place) => shared(place, operation.args)),
    );
    const given = ends.filter((it) => it.type === 'ok').map((it) => it.end);
    holds.set(id, {
      id,
      kind: 'hold',
      owner,
      unit,
      leaves: leavesOf.get(unit),
      start,
      end,
      quantity,
      definite: { from: operation.end, to: Math.min(clock(expiresAt - meta.slackMs), ...[...ends, ...own].map((it) => it.inv)) },
      possible: { from: operation.inv, to: Math.min(clock(expiresAt + meta.slackMs), ...given) },
      op: operation,
    });
  }
  return holds;
}

/**
 * The most units taken at one instant of a range.
 * @param {{start: number, end: number, quantity: number}[]} claims
 * @param {{start: number, end: number}} range
 */
export function peak(claims, range) {
  const edges = claims
    .filter((claim) => overlaps(claim, range))
    .flatMap((claim) => [
      [Math.max(claim.start, range.start), claim.quantity],
      [claim.end, -claim.quantity],
    ])
    .sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  let taken = 0;
  return edges.reduce((most, [, change]) => Math.max(most, (taken += change)), 0);
}
