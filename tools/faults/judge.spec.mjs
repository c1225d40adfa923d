import { judge } from './judge.mjs';

const at = (hour) => new Date(`2026-12-07T${hour}:00:00Z`);
const facts = (version, status = 'confirmed') => ({
  reservationId: 'r1',
  version,
  status,
  start: at('09').toISOString(),
  end: at('10').toISOString(),
});
const body = (id, data) => JSON.stringify({ id, data });

/** A database in which one reservation was made and cancelled, and one letter written; everything was told once. */
function truth() {
  const events = [
    { id: 'e1', subject_id: 'r1', type: 'reservation.created' },
    { id: 'e2', subject_id: 'r1', type: 'reservation.cancelled' },
  ];
  const rows = {
    'from event where': events,
    'from reservation': [{ id: 'r1', status: 'cancelled', starts_at: at('09'), ends_at: at('10'), version: 2 }],
    'id from event': events,
    'from mail': [{ id: 'm1', state: 'sent' }],
  };
  const told = new Map([
    ['e1', { bodies: new Set([body('e1', facts(1))]), times: 1 }],
    ['e2', { bodies: new Set([body('e2', facts(2, 'cancelled'))]), times: 2 }],
  ]);
  const seen = { told, followed: new Map([['r1', facts(2, 'cancelled')]]), booked: new Set(['r1']), messageIds: ['m1'], deaths: 0 };
  return { rows, seen: { ...seen, chain: { intact: true, brokenAt: null } } };
}
const judged = async (change) => {
  const { rows, seen } = truth();
  change?.(seen, rows);
  const query = async (text) => ({ rows: Object.entries(rows).find(([part]) => text.includes(part))?.[1] ?? [] });
  return (await judge(/** @type {any} */ ({ query }), /** @type {any} */ (seen))).wrong;
};

describe('The judge of what was told', () => {
  it('finds nothing where all is well, and something told twice as one thing is well', async () => {
    expect(await judged()).toEqual([]);
  });

  it.each([
    ['an event that was not told', (seen) => seen.told.delete('e1'), /e1 was never told/],
    [
      'one that never happened',
      (seen) => seen.told.set('e9', { bodies: new Set([body('e9', {})]), times: 1 }),
      /e9 was told and never happened/,
    ],
    ['one that was told as two things', (seen) => seen.told.get('e1').bodies.add(body('e1', facts(7))), /2 different things/],
    [
      'a receiver that ends with another state',
      (seen) => (seen.told.get('e2').bodies = new Set([body('e2', facts(2))])),
      /to the receiver/,
    ],
    ['a follower that ends with another state', (seen) => seen.followed.set('r1', facts(1)), /to the stream/],
    ['a booking that was answered and is gone', (seen) => seen.booked.add('r2'), /r2 was answered/],
    ['a booking nobody was told of', (seen) => seen.booked.delete('r1'), /no answer named/],
    ['a broken chain', (seen) => (seen.chain = { intact: false, brokenAt: 2 }), /broken at 2/],
    ['a letter that did not arrive', (seen) => (seen.messageIds = []), /did not arrive/],
    ['a letter that arrived again', (seen) => seen.messageIds.push('m1'), /arrived again/],
  ])('finds %s', async (_, change, what) => {
    expect((await judged(change)).join('\n')).toMatch(what);
  });
});
