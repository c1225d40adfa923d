import { checkInDeadline, dueSteps, type LifeSoFar } from './lifecycle';

const at = (time: string): Date => new Date(`2026-12-07T${time}:00Z`);
const life = (given: Partial<LifeSoFar>): LifeSoFar => ({
  id: 'r1',
  status: 'confirmed',
  start: at('09:00'),
  end: at('10:00'),
  startedAt: null,
  endedAt: null,
  checkInBy: null,
  cancelledAt: null,
  ...given,
});
const told = (lives: readonly LifeSoFar[], until: Date) => dueSteps(lives, until).map((it) => `${it.id} ${it.kind} ${it.status}`);

describe('what is due in the life of reservations', () => {
  it('is never early, and at its instant not late', () => {
    expect(told([life({})], at('08:59'))).toEqual([]);
    expect(told([life({})], at('09:00'))).toEqual(['r1 started confirmed']);
    expect(told([life({ startedAt: at('09:00') })], at('09:59'))).toEqual([]);
  });

  it('is start and end, in this order, after a long outage', () => {
    expect(told([life({})], at('18:00'))).toEqual(['r1 started confirmed', 'r1 ended completed']);
  });

  it('is told once', () => {
    expect(told([life({ startedAt: at('09:00') })], at('10:00'))).toEqual(['r1 ended completed']);
    expect(told([life({ status: 'completed', startedAt: at('09:00'), endedAt: at('10:00') })], at('18:00'))).toEqual([]);
  });

  it('mixes the starts and ends of many by when they were due; who leaves goes before who comes', () => {
    const lives = [life({ id: 'b', start: at('10:00'), end: at('11:00') }), life({ id: 'a' })];

    expect(told(lives, at('12:00'))).toEqual(['a started confirmed', 'a ended completed', 'b started confirmed', 'b ended completed']);
  });

  it('leaves alone what waits, what was refused and what was cancelled before it began', () => {
    for (const status of ['held', 'pending', 'rejected', 'expired', 'released', 'skipped'] as const)
      expect(told([life({ status })], at('18:00'))).toEqual([]);
    expect(told([life({ status: 'cancelled', cancelledAt: at('08:00') })], at('18:00'))).toEqual([]);
  });

  it('ends one that was cancelled while it ran, once that cannot be taken back', () => {
    const cancelled = life({ status: 'cancelled', startedAt: at('09:00') });

    expect(told([cancelled], at('18:00'))).toEqual([]);
    expect(told([{ ...cancelled, cancelledAt: at('09:20') }], at('09:20'))).toEqual(['r1 ended cancelled']);
  });

  it('gives up on who has not come by the deadline, and ends at the same instant', () => {
    const expected = life({ startedAt: at('09:00'), checkInBy: at('09:15') });

    expect(told([expected], at('09:14'))).toEqual([]);
    expect(told([expected], at('09:15'))).toEqual(['r1 no_show no_show', 'r1 ended no_show']);
    expect(told([{ ...expected, status: 'checked_in' }], at('10:00'))).toEqual(['r1 ended completed']);
  });

  it('ends early what somebody ended early', () => {
    expect(told([life({ status: 'completed', end: at('09:20'), startedAt: at('09:00') })], at('09:20'))).toEqual(['r1 ended completed']);
    expect(told([life({ status: 'completed', end: at('09:20') })], at('09:20'))).toEqual(['r1 started completed', 'r1 ended completed']);
  });

  it('waits for nobody longer than the reservation lasts', () => {
    expect(checkInDeadline({ start: at('09:00'), end: at('10:00') }, 15)).toEqual(at('09:15'));
    expect(checkInDeadline({ start: at('09:00'), end: at('09:10') }, 15)).toEqual(at('09:10'));
  });
});
