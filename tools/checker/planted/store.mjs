import { randomUUID } from 'node:crypto';
import { BLOCKING, overlaps } from '../history.mjs';
import { peak } from '../lives.mjs';
import { partsOf } from '../world.mjs';

/** @typedef {{id: string, name: string, units: number, parentId: string|null}} Resource */

/**
 * The tables of the planted server, in memory. Every method is synchronous and therefore one transaction; what a handler does between two
 * of them is where races happen.
 */
export class Store {
  /** @type {Map<string, Resource>} */
  resources = new Map();
  /** @type {Map<string, any>} */
  reservations = new Map();
  /** @type {{id: string, type: string, version: number}[]} */
  events = [];
  /** @type {Map<string, {state: 'running'|'done', fingerprint: string, status?: number, body?: any}>} */
  keys = new Map();

  /** @param {{name: string, units?: number, parentId?: string}} wish */
  addResource({ name, units = 1, parentId = null }) {
    const resource = { id: randomUUID(), name, units, parentId };
    this.resources.set(resource.id, resource);
    return resource;
  }

  /** A resource occupies itself, or its children when it has any; a bundle what its parts do. */
  leavesOf(unit) {
    return partsOf(unit).flatMap((id) => this.#leavesOfOne(id));
  }

  #leavesOfOne(id) {
    const children = [...this.resources.values()].filter((resource) => resource.parentId === id).map((resource) => resource.id);
    return children.length > 0 ? children : [id];
  }

  /**
   * Reservations and holds that stand in the way of a claim.
   * @param {{unit: string, start: number, end: number, quantity: number, owner: string}} claim
   * @param {string} [except] id of the reservation that asks
   */
  rivals(claim, except) {
    const now = Date.now();
    const leaves = this.leavesOf(claim.unit);
    const blocking = [...this.reservations.values()].filter(
      (row) => row.id !== except && this.blocks(row, now) && overlaps(row, claim) && !(row.status === 'held' && row.owner === claim.owner),
    );
    const full = leaves.some((leaf) => {
      const here = blocking.filter((row) => this.leavesOf(row.unit).includes(leaf));
      return peak(here, claim) + claim.quantity > this.resources.get(leaf).units;
    });
    return full ? blocking : [];
  }

  blocks(row, now) {
    if (row.status === 'held') return row.expiresAt > now;
    return (BLOCKING.has(row.status) && !row.adrift) || (row.status === 'cancelled' && row.undoUntil > now);
  }

  /** A person's own hold gives way to that person. */
  dropOwnHolds(row) {
    for (const other of this.reservations.values()) {
      const shared = this.leavesOf(other.unit).some((leaf) => this.leavesOf(row.unit).includes(leaf));
      if (other.status === 'held' && other.owner === row.owner && shared && overlaps(other, row)) this.reservations.delete(other.id);
    }
  }

  insert(row) {
    this.dropOwnHolds(row);
    const inserted = { id: randomUUID(), version: 1, ...row };
    this.reservations.set(inserted.id, inserted);
    return inserted;
  }

  tell(row, type) {
    this.events.push({ id: row.id, type, version: row.version });
  }

  /** What blocks or blocked visibly: active reservations and unexpired holds. */
  active() {
    const now = Date.now();
    return [...this.reservations.values()].filter((row) =>
      row.status === 'held' ? row.expiresAt > now : BLOCKING.has(row.status) && !row.adrift,
    );
  }
}
