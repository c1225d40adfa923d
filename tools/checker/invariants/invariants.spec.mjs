import { check } from './index.mjs';

const ms = 1e6;
const nine = Date.parse('2026-12-01T09:00:00Z');
const hour = 3_600_000;
const meta = {
  seed: 1,
  startedAt: nine - 48 * hour,
  units: [
    { id: 'room', name: 'room', leaves: ['room'], capacity: 1 },
    { id: 'pool', name: 'pool', leaves: ['pool'], capacity: 2 },
    { id: 'hall', name: 'hall', leaves: ['left', 'right'], capacity: 1 },
    { id: 'left', name: 'left', leaves: ['left'], capacity: 1 },
  ],
  leaves: { room: 1, pool: 2, left: 1, right: 1 },
  window: { start: nine, end: nine + 10 * hour },
  slackMs: 10,
};

/** A range of hours after nine. */
const hours = (from, to) => ({ start: nine + from * hour, end: nine + to * hour });

let names = 0;
const operation = (f, [inv, end], args, type, result) => ({
  client: 0,
  f,
  args,
  key: `key-${++names}`,
  inv: inv * ms,
  end: end === null ? null : end * ms,
  type,
  result,
});

/** An acknowledged booking of one hour of the room, unless said otherwise. */
function booked(id, time, { unit = 'room', range = hours(0, 1), owner = 'ann', quantity = 1, version = 1 } = {}) {
  return operation('book', time, { unit, ...range, owner, quantity, title: `title-${id}` }, 'ok', {
    id,
    unit,
    ...range,
    status: 'confirmed',
    version,
  });
}
const refused = (f, time, args, code = 'reservation-conflict') =>
  operation(f, time, { unit: 'room', ...hours(0, 1), owner: 'bob', quantity: 1, title: `title-${names}`, ...args }, 'fail', {
    status: 409,
    code,
  });
const moved = (id, time, range, { version = 2, unit = 'room', type = 'ok' } = {}) =>
  operation('move', time, { id, unit, ...range, quantity: 1, owner: 'ann' }, type, { id, unit, ...range, version });
const cancelled = (id, time, { version = 2, undoSeconds = 0, type = 'ok' } = {}) =>
  operation('cancel', time, { id, undoSeconds, owner: 'ann' }, type, { version });
const held = (id, time, { range = hours(0, 1), owner = 'ann', lastsMs = 60_000 } = {}) =>
  operation('hold', time, { unit: 'room', ...range, owner, quantity: 1 }, 'ok', { id, expiresAt: meta.startedAt + time[1] + lastsMs });
const read = (time, ...rows) => operation('read', time, {}, 'ok', { complete: true, rows });
const row = (id, { status = 'confirmed', unit = 'room', range = hours(0, 1), ...more } = {}) => ({
  id,
  status,
  unit,
  ...range,
  title: `title-${id}`,
  owner: 'ann',
  quantity: 1,
  version: 1,
  events: null,
  ...more,
});
const judged = (operations, final = []) =>
  [...new Set(check({ meta, operations: operations.sort((one, other) => one.inv - other.inv), final }).map((it) => it.invariant))].sort();

describe('The history checker', () => {
  it('finds nothing in two bookings that touch', () => {
    const operations = [booked('a', [0, 5]), booked('b', [1, 6], { range: hours(1, 2) })];

    expect(judged(operations, [row('a'), row('b', { range: hours(1, 2) })])).toEqual([]);
  });

  it('finds nothing in an empty history', () => {
    expect(judged([])).toEqual([]);
  });
});

describe('I1', () => {
  it('finds a double booking that was cancelled before the end', () => {
    const operations = [booked('a', [0, 5]), booked('b', [3, 8]), cancelled('a', [20, 25]), cancelled('b', [30, 35])];

    expect(judged(operations, [row('a', { status: 'cancelled' }), row('b', { status: 'cancelled' })])).toEqual(['I1']);
  });

  it('accepts a booking that may have come after the cancel', () => {
    const operations = [booked('a', [0, 5]), cancelled('a', [10, 30]), booked('b', [11, 12])];

    expect(judged(operations, [row('a', { status: 'cancelled' }), row('b')])).toEqual([]);
  });

  it('counts units: three in a pool of two', () => {
    const pool = { unit: 'pool' };
    const operations = ['a', 'b', 'c'].map((id, index) => booked(id, [index * 10, index * 10 + 5], pool));

    expect(judged(operations.slice(0, 2), [row('a', pool), row('b', pool)])).toEqual([]);
    expect(
      judged(
        operations,
        ['a', 'b', 'c'].map((id) => row(id, pool)),
      ),
    ).toEqual(['I1', 'I2']);
  });

  it('knows that a hall takes its halves', () => {
    const operations = [booked('a', [0, 5], { unit: 'hall' }), booked('b', [10, 15], { unit: 'left' })];

    expect(judged(operations, [row('a', { unit: 'hall' }), row('b', { unit: 'left' })])).toContain('I1');
  });

  it('finds a booking over the definite hold of somebody else, not over an expired or own one', () => {
    const other = { owner: 'bob' };
    const final = [row('b', other)];

    expect(judged([held('h', [0, 5]), booked('b', [10, 15], other)], final)).toEqual(['I1']);
    expect(judged([held('h', [0, 5], { lastsMs: 3 }), booked('b', [100, 105], other)], final)).toEqual([]);
    expect(judged([held('h', [0, 5], other), booked('b', [10, 15], other)], final)).toEqual([]);
  });
});

describe('I3', () => {
  it('knows that a hold gives way where a move of its owner went, not where the owner believed the booking to be', () => {
    const astray = operation('move', [20, 25], { id: 'a', unit: 'left', ...hours(0, 1), quantity: 1, owner: 'ann' }, 'ok', {
      id: 'a',
      unit: 'room',
      ...hours(0, 1),
      version: 2,
    });
    const over = cancelled('a', [30, 35], { version: 3 });
    const late = booked('b', [40, 45], { owner: 'bob' });
    const rows = [row('a', { status: 'cancelled', version: 3 }), row('b', { owner: 'bob' })];

    expect(judged([booked('a', [0, 5], { range: hours(3, 4) }), held('h', [10, 15]), astray, over, late], rows)).toEqual([]);
    expect(
      judged([booked('a', [0, 5], { range: hours(3, 4) }), held('h', [10, 15]), late], [row('a', { range: hours(3, 4) }), rows[1]]),
    ).toEqual(['I1']);
  });

  it('finds a booking that is gone, one with another owner and one that nobody cancelled', () => {
    expect(judged([booked('a', [0, 5])])).toEqual(['I3']);
    expect(judged([booked('a', [0, 5])], [row('a', { owner: 'eve' })])).toEqual(['I3']);
    expect(judged([booked('a', [0, 5])], [row('a', { status: 'expired' })])).toEqual(['I3']);
  });

  it('finds a booking left at a range that a move superseded', () => {
    const operations = [booked('a', [0, 5]), moved('a', [10, 15], hours(3, 4))];

    expect(judged(operations, [row('a', { range: hours(3, 4) })])).toEqual([]);
    expect(judged(operations, [row('a')])).toEqual(['I3']);
  });

  it('lets versions order two moves at one time', () => {
    const operations = [
      booked('a', [0, 5]),
      moved('a', [10, 20], hours(3, 4), { version: 3 }),
      moved('a', [11, 19], hours(5, 6), { version: 2 }),
    ];

    expect(judged(operations, [row('a', { range: hours(3, 4) })])).toEqual([]);
    expect(judged(operations, [row('a', { range: hours(5, 6) })])).toEqual(['I3']);
  });
});

describe('I4', () => {
  it('finds a cancelled booking that is active at the end or in a later read', () => {
    const operations = [booked('a', [0, 5]), cancelled('a', [10, 15])];

    expect(judged(operations, [row('a')])).toEqual(['I4']);
    expect(judged([...operations, read([12, 20], row('a'))], [row('a', { status: 'cancelled' })])).toEqual([]);
    expect(judged([...operations, read([16, 20], row('a'))], [row('a', { status: 'cancelled' })])).toEqual(['I4']);
  });

  it('finds a move after the cancel', () => {
    const operations = [booked('a', [0, 5]), cancelled('a', [10, 15]), moved('a', [20, 25], hours(3, 4), { version: 3 })];

    expect(judged(operations, [row('a', { status: 'cancelled', range: hours(3, 4) })])).toEqual(['I4']);
  });
});

describe('I5, I6, I7', () => {
  it('finds what a refused booking left', () => {
    const failure = refused('book', [10, 15], { title: 'mine' });

    expect(judged([booked('a', [0, 5]), failure], [row('a'), row('x', { title: 'mine', status: 'cancelled' })])).toEqual(['I5']);
  });

  it('finds a reservation and a hold nobody asked for', () => {
    expect(judged([], [row('x')])).toEqual(['I6']);
    expect(judged([read([0, 5], row('x', { status: 'held', title: null }))])).toEqual(['I6']);
  });

  it('accepts what an unheard booking may have made', () => {
    const unheard = operation('book', [0, null], { unit: 'room', ...hours(0, 1), owner: 'ann', quantity: 1, title: 'title-x' }, 'info', {});

    expect(judged([unheard], [row('x')])).toEqual([]);
    expect(judged([unheard], [])).toEqual([]);
  });

  it('finds two effects of one key', () => {
    const pool = { unit: 'pool' };
    const twice = { ...booked('a', [0, 5], pool), result: { ...booked('a', [0, 5], pool).result, answers: ['201 a', '201 b'] } };

    expect(judged([twice], [row('a', pool), row('b', { ...pool, title: 'title-a' })])).toEqual(['I6', 'I7']);
  });
});

describe('I8', () => {
  it('finds a conflict with nothing in the way', () => {
    expect(judged([refused('book', [0, 5], {})])).toEqual(['I8']);
    expect(
      judged([booked('a', [0, 5], { range: hours(1, 2) }), refused('book', [10, 15], {})], [row('a', { range: hours(1, 2) })]),
    ).toEqual(['I8']);
  });

  it('accepts a conflict with a booking being made, being cancelled or kept for its undo', () => {
    expect(judged([booked('a', [0, 50]), refused('book', [1, 5], {})], [row('a')])).toEqual([]);
    expect(
      judged([booked('a', [0, 5]), cancelled('a', [10, 50]), refused('book', [40, 45], {})], [row('a', { status: 'cancelled' })]),
    ).toEqual([]);
    const undo = cancelled('a', [10, 15], { undoSeconds: 1 });
    expect(judged([booked('a', [0, 5]), undo, refused('book', [900, 905], {})], [row('a', { status: 'cancelled' })])).toEqual([]);
    expect(judged([booked('a', [0, 5]), undo, refused('book', [1100, 1105], {})], [row('a', { status: 'cancelled' })])).toEqual(['I8']);
  });

  it('finds a conflict with the range a move left', () => {
    const operations = [booked('a', [0, 5]), moved('a', [10, 15], hours(3, 4)), refused('book', [20, 25], {})];

    expect(judged(operations, [row('a', { range: hours(3, 4) })])).toEqual(['I8']);
  });

  it('finds a person kept out by an own hold, not by that of somebody else', () => {
    expect(judged([held('h', [0, 5], { owner: 'bob' }), refused('book', [10, 15], {})])).toEqual(['I8']);
    expect(judged([held('h', [0, 5]), refused('book', [10, 15], {})])).toEqual([]);
  });

  it('finds a server that refuses all by other means', () => {
    const refusals = Array.from({ length: 30 }, (_, index) => refused('book', [index * 10, index * 10 + 5], {}, 'policy-violation'));

    expect(judged(refusals)).toEqual(['I8']);
  });

  it('finds a cancel refused though nothing changed the booking', () => {
    const failure = operation('cancel', [10, 15], { id: 'a', undoSeconds: 0, owner: 'ann' }, 'fail', {
      status: 409,
      code: 'reservation-state',
    });

    expect(judged([booked('a', [0, 5]), failure], [row('a')])).toEqual(['I8']);
    expect(judged([booked('a', [0, 5]), cancelled('a', [6, 12]), failure], [row('a', { status: 'cancelled' })])).toEqual([]);
  });
});

describe('I9', () => {
  const move = () => moved('a', [10, 30], hours(3, 4));
  const final = [row('a', { range: hours(3, 4) })];

  it('finds a read during a move that shows neither range, or both', () => {
    expect(judged([booked('a', [0, 5]), move(), read([15, 20])], final)).toEqual(['I9']);
    expect(judged([booked('a', [0, 5]), move(), read([15, 20], row('a'), row('a', { range: hours(3, 4) }))], final)).toEqual(['I9']);
    expect(judged([booked('a', [0, 5]), move(), read([15, 20], row('a'))], final)).toEqual([]);
    expect(judged([booked('a', [0, 5]), move(), read([15, 20], row('a', { range: hours(3, 4) }))], final)).toEqual([]);
  });

  it('finds a read of the old range after the move', () => {
    expect(judged([booked('a', [0, 5]), move(), read([31, 35], row('a'))], final)).toEqual(['I9']);
  });
});

describe('I11', () => {
  const events = (...types) => types.map((type, index) => ({ type: `reservation.${type}`, version: index + 1 }));
  const operations = () => [booked('a', [0, 5]), moved('a', [10, 15], hours(3, 4))];
  const final = (...types) => [row('a', { range: hours(3, 4), events: events(...types) })];

  it('finds a missing, a doubled and an unasked event', () => {
    expect(judged(operations(), final('created', 'moved'))).toEqual([]);
    expect(judged(operations(), final('created'))).toEqual(['I11']);
    expect(judged(operations(), final('created', 'moved', 'moved'))).toEqual(['I11']);
    expect(judged(operations(), final('created', 'moved', 'cancelled'))).toEqual(['I11']);
  });

  it('finds a gap in the versions', () => {
    const gap = [
      { type: 'reservation.created', version: 1 },
      { type: 'reservation.moved', version: 3 },
    ];

    expect(judged(operations(), [row('a', { range: hours(3, 4), events: gap })])).toEqual(['I11']);
  });
});

describe('I17', () => {
  it('finds a hold that outlives its release or its time', () => {
    const shown = row('h', { status: 'held', title: null });
    const release = operation('release', [10, 15], { hold: 'h', owner: 'ann' }, 'ok', {});

    expect(judged([held('h', [0, 5]), read([20, 25], shown)])).toEqual([]);
    expect(judged([held('h', [0, 5]), release, read([20, 25], shown)])).toEqual(['I17']);
    expect(judged([held('h', [0, 5], { lastsMs: 100 }), read([5200, 5205], shown)])).toEqual(['I17']);
  });
});
