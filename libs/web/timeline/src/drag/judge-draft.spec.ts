import { judgeDraft, judgeTogether } from './judge-draft';
import { aBar, aRow, at, contentOf } from '../testing';

const now = at('08:30');
const from = (start: string) => ({ to: (end: string) => ({ start: at(start), end: at(end) }) });
const judge = (draft: { start: number; end: number }, content = contentOf(), row = aRow(), ignoring?: string) =>
  judgeDraft({ row, content, draft, now, ignoring });

describe('judging a draft', () => {
  it('lets free time be booked and says when somebody must agree', () => {
    expect(judge(from('14:00').to('15:00'))).toEqual({ kind: 'free' });
    expect(judge(from('14:00').to('15:00'), contentOf(), aRow({ rules: { needsApproval: true } }))).toEqual({ kind: 'needs-approval' });
  });

  it('names who has the time', () => {
    const budget = aBar('13:30', '14:30', { title: 'Budget' });

    expect(judge(from('14:00').to('15:00'), contentOf({ bars: [budget] }))).toEqual({ kind: 'taken', by: budget });
    expect(judge(from('14:30').to('15:00'), contentOf({ bars: [budget] }))).toEqual({ kind: 'free' });
  });

  it('counts the buffers of both', () => {
    const cleaned = aBar('13:00', '14:00', { heldEnd: at('14:15') });

    expect(judge(from('14:00').to('15:00'), contentOf({ bars: [cleaned] })).kind).toBe('taken');
    expect(judge(from('12:00').to('13:00'), contentOf({ bars: [cleaned] }), aRow({ rules: { bufferAfter: 15 } })).kind).toBe('taken');
  });

  it('refuses by the rules of the resource', () => {
    expect(judge(from('14:00').to('19:00'), contentOf(), aRow({ rules: { maxDuration: 240 } }))).toMatchObject({
      kind: 'refused',
      rule: 'max-duration',
      limit: 'PT4H',
    });
    expect(judge(from('07:00').to('08:00'))).toMatchObject({ kind: 'refused', rule: 'in-the-past' });
    expect(judge(from('09:00').to('10:00'), contentOf(), aRow({ rules: { minNotice: 120 } }))).toMatchObject({
      kind: 'refused',
      rule: 'min-notice',
    });
  });

  it('refuses closed time, unless the resource may leave its hours', () => {
    const content = contentOf({ closed: [{ start: at('20:00'), end: at('23:59') }] });

    expect(judge(from('19:30').to('20:30'), content)).toMatchObject({ kind: 'refused', rule: 'opening-hours' });
    expect(judge(from('19:30').to('20:30'), content, aRow({ rules: { mayLeaveOpenHours: true } }))).toEqual({ kind: 'free' });
  });

  it('refuses a blackout with its reason', () => {
    const content = contentOf({ blackouts: [{ start: at('10:00'), end: at('12:00'), reason: 'Calibration' }] });

    expect(judge(from('11:30').to('12:30'), content)).toMatchObject({ kind: 'refused', rule: 'blackout', reason: 'Calibration' });
  });

  it('does not let a bar stand in its own way, nor my own hold in mine', () => {
    const mine = aBar('10:00', '11:00', { mine: true });
    const hold = aBar('14:00', '15:00', { mine: true, status: 'held' });

    expect(judge(from('10:30').to('11:30'), contentOf({ bars: [mine] }), aRow(), mine.id)).toEqual({ kind: 'free' });
    expect(judge(from('14:00').to('15:00'), contentOf({ bars: [hold] }))).toEqual({ kind: 'free' });
  });

  it('of a pool refuses only where every unit is out', () => {
    const pool = aRow({ units: 2 });
    const one = aBar('09:00', '11:00');
    const two = aBar('10:00', '12:00');

    expect(judge(from('11:00').to('12:00'), contentOf({ bars: [one, two] }), pool).kind).toBe('free');
    expect(judge(from('09:30').to('10:30'), contentOf({ bars: [one, two] }), pool).kind).toBe('taken');
    expect(judge(from('09:00').to('10:00'), contentOf({ bars: [one, two] }), pool).kind).toBe('free');
  });

  it('of several rows says what is in the way on the first of them, else who has to agree', () => {
    const budget = aBar('13:30', '14:30');
    const free = { row: aRow({ id: 'free' }), content: contentOf() };
    const asks = { row: aRow({ id: 'asks', rules: { needsApproval: true } }), content: contentOf() };
    const taken = { row: aRow({ id: 'taken' }), content: contentOf({ bars: [budget] }) };
    const together = (...rows: (typeof free)[]) => judgeTogether(rows, { draft: from('14:00').to('15:00'), now });

    expect(together(free, asks, taken)).toEqual({ verdict: { kind: 'taken', by: budget }, at: taken });
    expect(together(free, asks)).toEqual({ verdict: { kind: 'needs-approval' }, at: asks });
    expect(together(free)).toEqual({ verdict: { kind: 'free' }, at: free });
    expect(together()).toBeUndefined();
  });
});
