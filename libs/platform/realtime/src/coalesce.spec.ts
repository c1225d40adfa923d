import type { LogEntry } from '@berth/platform/outbox';
import fc from 'fast-check';
import { coalesce } from './coalesce';

const entry = (sequence: number, type: string, subject = 'resources/a', data: object = {}): LogEntry =>
  ({ sequence, type, subject, data, organizationId: 'o', logPosition: sequence }) as LogEntry;
const told = (...entries: LogEntry[]) => coalesce(entries).map(({ entry: it, replaces }) => [it.sequence, ...replaces]);

describe('Telling many events at once', () => {
  it('says of what was changed again and again how it is in the end, and names what that stands for', () => {
    expect(told(entry(1, 'resource.updated'), entry(2, 'resource.updated'), entry(3, 'resource.updated'))).toEqual([[3, 1, 2]]);
    expect(told(entry(1, 'job.progressed', 'jobs/j'), entry(2, 'job.progressed', 'jobs/k'), entry(3, 'job.progressed', 'jobs/j'))).toEqual([
      [2],
      [3, 1],
    ]);
  });

  it('leaves alone what happened once: bookings, moves, ends', () => {
    const types = ['reservation.created', 'reservation.moved', 'reservation.moved', 'reservation.cancelled', 'job.ended'];
    expect(told(...types.map((it, i) => entry(i + 1, it)))).toEqual([[1], [2], [3], [4], [5]]);
  });

  it('does not reach over what happened to the same thing between', () => {
    expect(told(entry(1, 'resource.updated'), entry(2, 'resource.archived'), entry(3, 'resource.updated'))).toEqual([[1], [2], [3]]);
  });

  it('keeps both where they are for different people', () => {
    const at = (sequence: number, site: string) => entry(sequence, 'resource.updated', 'resources/a', { siteIds: [site] });
    expect(told(at(1, 'x'), at(2, 'y'), at(3, 'y'))).toEqual([[1], [3, 2]]);
  });

  it('loses no event and doubles none, in order', () => {
    const some = fc.array(
      fc.record({
        type: fc.constantFrom('resource.updated', 'resource.archived', 'job.progressed', 'hold.refreshed'),
        subject: fc.constantFrom('resources/a', 'resources/b'),
        site: fc.constantFrom('x', 'y'),
      }),
    );
    fc.assert(
      fc.property(some, (list) => {
        const rows = told(...list.map(({ type, subject, site }, i) => entry(i + 1, type, subject, { siteIds: [site] })));
        expect(rows.flat().sort((a, b) => a - b)).toEqual(list.map((_, i) => i + 1));
        expect(rows.map(([it]) => it)).toEqual(rows.map(([it]) => it ?? 0).sort((a, b) => a - b));
      }),
    );
  });
});
