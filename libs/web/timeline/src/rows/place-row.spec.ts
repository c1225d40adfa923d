import { timeScale } from '../time/time-scale';
import { leastWidthFor, placeRow, type Placing } from './place-row';
import { aBar, at, contentOf } from '../testing';

const scale = timeScale({ view: 'day', date: '2026-11-24', zone: 'Europe/Berlin', weekStart: 1, pxPerHour: 60 });
const placing: Placing = { scale, span: { from: 0, to: scale.width }, rowHeight: 40, leastWidth: 0 };

describe('placing a row', () => {
  it('puts a bar where its time is, with its buffers as tails', () => {
    const bars = [aBar('10:00', '11:00', { heldStart: at('09:45'), heldEnd: at('11:30') })];
    const [bar] = placeRow(contentOf({ bars }), placing).bars;

    expect(bar).toMatchObject({ x: 600, width: 59, before: 15, after: 30, state: 'busy', hasText: true });
  });

  it('gives bars that share time a lane each and those alone the whole height', () => {
    const bars = [aBar('08:00', '09:00'), aBar('10:00', '12:00'), aBar('11:00', '13:00')];
    const placed = placeRow(contentOf({ bars }), placing).bars;

    expect(placed[0]!.height).toBe(29);
    expect(placed[1]!.height).toBe(placed[2]!.height);
    expect(placed[1]!.y).toBeLessThan(placed[2]!.y);
  });

  it('shows three lanes and counts the rest', () => {
    const bars = Array.from({ length: 5 }, () => aBar('10:00', '12:00'));
    const row = placeRow(contentOf({ bars }), placing);

    expect(row.bars).toHaveLength(3);
    expect(row.rests).toEqual([{ x: 600, count: 2 }]);
  });

  it('marks what goes on beyond the period', () => {
    const bars = [aBar('2026-11-20T08:00:00Z', '2026-11-30T08:00:00Z')];

    expect(placeRow(contentOf({ bars }), placing).bars[0]).toMatchObject({ x: 0, cutStart: true, cutEnd: true });
  });

  it('leaves out what is not rendered', () => {
    const bars = [aBar('08:00', '09:00'), aBar('20:00', '21:00')];

    expect(placeRow(contentOf({ bars }), { ...placing, span: { from: 400, to: 800 } }).bars).toHaveLength(1);
  });

  it('keeps the text of a long bar in view while it leaves on the left, and lets that of others go', () => {
    const bars = [aBar('01:00', '02:00'), aBar('03:00', '07:00'), aBar('16:00', '20:00')];
    const row = placeRow(contentOf({ bars }), { ...placing, span: { from: 0, to: scale.width } });

    expect(row.bars.map((it) => it.keepsText)).toEqual([false, true, false]);
  });

  it('draws thin bars of one state together', () => {
    const bars = Array.from({ length: 40 }, (_, index) =>
      aBar(`${String(8 + Math.floor(index / 4)).padStart(2, '0')}:${['00', '15', '30', '45'][index % 4]}`, '19:00'),
    ).map((it) => ({ ...it, end: it.start + 300_000, heldStart: it.start, heldEnd: it.start + 300_000 }));
    const row = placeRow(contentOf({ bars }), { ...placing, leastWidth: 14 });

    expect(row.bars).toHaveLength(0);
    expect(row.slivers).toHaveLength(1);
    expect(row.slivers[0]!.path.match(/M/g)).toHaveLength(40);
  });

  it('draws closed hours as one shape and time not loaded yet as another', () => {
    const row = placeRow(
      contentOf({
        closed: [
          { start: at('00:00'), end: at('08:00') },
          { start: at('20:00'), end: at('24:00') },
        ],
        loaded: [{ start: scale.start, end: at('12:00') }],
      }),
      placing,
    );

    expect(row.closed).toBe('M0 0h480v40h-480zM1200 0h240v40h-240z');
    expect(row.unknown).toBe('M720 0h720v40h-720z');
  });

  it('keeps within a budget of elements whatever the zoom', () => {
    const week = timeScale({ view: 'month', date: '2026-11-24', zone: 'Europe/Berlin', weekStart: 1, pxPerHour: 1.6 });
    const busy = contentOf({
      bars: Array.from({ length: 130 }, (_, index) => {
        const start = week.start + index * 5.5 * 3_600_000;
        return aBar('08:00', '09:00', { start, end: start + 3_600_000 * (1 + (index % 4)), heldStart: start, heldEnd: start + 3_600_000 });
      }),
    });
    const rows = Array.from({ length: 30 }, () => busy);
    const span = { from: 0, to: week.width };

    const leastWidth = leastWidthFor(rows, week, span, 900);
    const drawn = rows.flatMap((it) => placeRow(it, { scale: week, span, rowHeight: 30, leastWidth }).bars);
    expect(drawn.length).toBeLessThanOrEqual(900);
  });
});
