/** Compares what was told with what is true. */

/**
 * @param {import('pg').Pool} database
 * @param {object} seen
 * @param {Map<string, import('./receiver.mjs').Told>} seen.told
 * @param {Map<string, object>} seen.followed
 * @param {Set<string>} seen.booked ids that were answered with 201
 * @param {readonly string[]} seen.messageIds of the letters that arrived
 * @param {{ intact: boolean, brokenAt: number | null }} seen.chain what `GET /audit/verify` says
 * @param {number} seen.deaths of programs that may have had a letter in hand
 * @returns {Promise<{ figures: Record<string, number>, wrong: string[] }>}
 */
export async function judge(database, { told, followed, booked, messageIds, chain, deaths }) {
  const wrong = [];
  const all = async (text, values) => (await database.query(text, values)).rows;
  const events = await all(`select id, subject_id, type, data from event where type like 'reservation.%' order by sequence`);
  const reservations = await all(`select id, status, starts_at, ends_at, version from reservation where status <> 'held'`);
  const known = new Set((await all('select id from event')).map((it) => it.id));

  for (const { id, type } of events) if (!told.has(id)) wrong.push(`${type} ${id} was never told`);
  for (const [id, { bodies }] of told) {
    if (!known.has(id)) wrong.push(`${id} was told and never happened`);
    if (bodies.size > 1) wrong.push(`${id} was told as ${bodies.size} different things`);
  }

  const rebuilt = new Map();
  for (const { bodies } of told.values()) {
    const { data } = JSON.parse([...bodies][0]);
    if (data.reservationId && (rebuilt.get(data.reservationId)?.version ?? -1) < data.version) rebuilt.set(data.reservationId, data);
  }
  for (const row of reservations) {
    const truth = { version: row.version, status: row.status, start: row.starts_at.toISOString(), end: row.ends_at.toISOString() };
    for (const [who, view] of [
      ['receiver', rebuilt.get(row.id)],
      ['stream', followed.get(row.id)],
    ]) {
      const same = view && Object.keys(truth).every((key) => equal(view[key], truth[key]));
      if (!same) wrong.push(`${row.id} is ${JSON.stringify(truth)} and to the ${who} ${JSON.stringify(pick(view, Object.keys(truth)))}`);
    }
  }
  const there = new Set(reservations.map((it) => it.id));
  for (const id of booked) if (!there.has(id)) wrong.push(`${id} was answered with 201 and is not there`);
  if (reservations.length > booked.size) wrong.push(`${reservations.length - booked.size} reservations are there that no answer named`);

  if (!chain.intact) wrong.push(`the chain of the audit log is broken at ${chain.brokenAt}`);
  const letters = await all(`select id, state from mail`);
  const times = new Map();
  for (const id of messageIds) times.set(id, (times.get(id) ?? 0) + 1);
  for (const { id, state } of letters) if (!times.has(id)) wrong.push(`letter ${id} is ${state} and did not arrive`);
  for (const id of times.keys()) if (!letters.some((it) => it.id === id)) wrong.push(`letter ${id} arrived and was never written`);
  const again = messageIds.length - times.size;
  if (again > deaths) wrong.push(`${again} letters arrived again`);

  const deliveries = [...told.values()].reduce((sum, it) => sum + it.times, 0);
  const figures = { events: events.length, told: told.size, toldAgain: deliveries - told.size, reservations: reservations.length };
  return { figures: { ...figures, letters: letters.length, lettersAgain: again }, wrong };
}

const equal = (a, b) => a === b || (typeof b === 'string' && Date.parse(a) === Date.parse(b) && !Number.isNaN(Date.parse(b)));
const pick = (view, keys) => view && Object.fromEntries(keys.map((key) => [key, view[key]]));
