/**
 * What a run plays in: people, resources and the window of slots.
 * @typedef {object} World
 * @property {{name: string, id: string, client: import('./berth-client.mjs').BerthClient}[]} people
 * @property {import('./history.mjs').Meta['units']} units
 * @property {Record<string, number>} leaves
 * @property {{start: number, end: number}} window
 */

export const SLOTS = 24;
export const SLOT_MS = 30 * 60_000;
const DAY_MS = 86_400_000;
const PASSWORD = 'checker-correct-horse-staple';

/** What a unit is made of: a bundle is named by its parts. @param {string} unit @returns {string[]} ids of resources */
export const partsOf = (unit) => unit.split('+');

/** The unit whose parts these are. @param {string[]} ids */
export const unitOf = (ids) => [...ids].sort().join('+');

/**
 * Creates the people and resources of a run through the API: two single rooms, a pool of two, a hall of two halves, and bundles of them
 * that cross each other.
 * @param {import('./berth-client.mjs').BerthClient} admin
 * @param {{seed: number, people: number, now?: number}} options
 * @returns {Promise<World>}
 */
export async function createWorld(admin, { seed, people, now = Date.now() }) {
  const label = `${seed.toString(36)}${now.toString(36)}`;
  const resource = async (name, more = {}) =>
    (await admin.must('POST', '/resources', { body: { name: `${name} ${label}`, timeZone: 'UTC', ...more } })).id;
  const room = await resource('Room');
  const desk = await resource('Desk');
  const pool = await resource('Pool', { units: 2 });
  const hall = await resource('Hall');
  const left = await resource('Left half', { parentId: hall });
  const right = await resource('Right half', { parentId: hall });
  const single = (name, id) => ({ id, name, leaves: [id], capacity: 1 });
  const bundle = (name, ...parts) => ({
    id: unitOf(parts.map((part) => part.id)),
    name,
    leaves: parts.flatMap((part) => part.leaves),
    capacity: 1,
  });
  const units = [
    single('room', room),
    single('desk', desk),
    { id: pool, name: 'pool', leaves: [pool], capacity: 2 },
    { id: hall, name: 'hall', leaves: [left, right], capacity: 1 },
    single('left half', left),
    single('right half', right),
  ];
  const [aRoom, aDesk, aPool, theHall, theLeft] = units;
  const start = Math.floor(now / DAY_MS) * DAY_MS + 2 * DAY_MS + 6 * 3_600_000;
  return {
    people: await createPeople(admin, label, people),
    units: [
      ...units,
      bundle('room and desk', aRoom, aDesk),
      bundle('desk and pool', aDesk, aPool),
      bundle('pool and hall', aPool, theHall),
      bundle('left half and room', theLeft, aRoom),
    ],
    leaves: { [room]: 1, [desk]: 1, [pool]: 2, [left]: 1, [right]: 1 },
    window: { start, end: start + SLOTS * SLOT_MS },
  };
}

async function createPeople(admin, label, count) {
  const created = [];
  for (let index = 0; index < count; index++) {
    const name = `checker-${label}-${index}`;
    const user = await admin.must('POST', '/users', {
      body: { username: name, email: `${name}@example.org`, displayName: name, role: 'user', password: PASSWORD },
    });
    const form = new URLSearchParams({ grant_type: 'password', username: name, password: PASSWORD });
    const { access_token: token } = await admin.must('POST', '/token', { body: form, token: '' });
    created.push({ name, id: user.id, client: admin.as(token) });
  }
  return created;
}
