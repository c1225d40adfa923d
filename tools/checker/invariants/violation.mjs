/**
 * @typedef {object} Violation
 * @property {string} invariant I1 to I9 and I11
 * @property {string} detail one sentence with ids and times
 * @property {import('../history.mjs').Operation[]} operations the evidence
 */

/** @param {number|string|Date} value epoch milliseconds */
export const at = (value) => new Date(value).toISOString();

/** @param {{unit: string, start: number, end: number}} claim */
export const place = (claim) => `${claim.unit} ${at(claim.start)}–${at(claim.end)}`;

/**
 * @param {string} invariant
 * @param {string} detail
 * @param {...import('../history.mjs').Operation} operations
 * @returns {Violation}
 */
export const violation = (invariant, detail, ...operations) => ({ invariant, detail, operations });
