import { RowBoard, freeSpanAt, isFreeAt, type BarChange } from './row-board';
import { aBar, aTile, at, contentOf } from '../testing';

const from = '2026-11-23T00:00:00Z';
const to = '2026-11-30T00:00:00Z';
const change = (bar: BarChange['bar'], resourceIds: string[], seq = 5): BarChange => ({ bar, resourceIds, seq });

describe('row board', () => {
  it('takes in a tile and tells each row its own', () => {
    const board = new RowBoard();
    board.put(aTile(from, to, { turing: [aBar('09:00', '10:00')], noether: [] }));

    expect(board.content('turing')().bars).toHaveLength(1);
    expect(board.content('turing')().bars[0]).toMatchObject({ start: at('09:00'), end: at('10:00') });
    expect(board.content('noether')().bars).toEqual([]);
  });

  it('replaces what a tile covers and keeps what lies beside it', () => {
    const board = new RowBoard();
    const earlier = aBar('2026-11-17T09:00:00Z', '2026-11-17T10:00:00Z');
    board.put(aTile('2026-11-16T00:00:00Z', from, { turing: [earlier] }));
    board.put(aTile(from, to, { turing: [aBar('09:00', '10:00'), aBar('11:00', '12:00')] }));

    board.put(aTile(from, to, { turing: [aBar('14:00', '15:00')] }));

    expect(
      board
        .content('turing')()
        .bars.map((it) => it.start),
    ).toEqual([earlier.start, at('14:00')]);
    expect(board.content('turing')().loaded).toHaveLength(1);
  });

  it('moves a bar from row to row when the stream says so', () => {
    const board = new RowBoard();
    const bar = aBar('09:00', '10:00');
    board.put(aTile(from, to, { turing: [bar], noether: [] }));

    board.apply(change({ ...bar, start: at('11:00'), end: at('12:00'), version: 2, organizer: null }, ['noether']), true);

    expect(board.content('turing')().bars).toEqual([]);
    expect(board.content('noether')().bars[0]).toMatchObject({ start: at('11:00'), organizer: 'Jo Meyer' });
    expect(board.content('noether')().flashing.has(bar.id)).toBe(true);
  });

  it('drops a bar that was cancelled and ignores old news', () => {
    const board = new RowBoard();
    const bar = aBar('09:00', '10:00', { version: 3 });
    board.put(aTile(from, to, { turing: [bar] }));

    board.apply(change({ ...bar, start: at('08:00'), version: 2 }, ['turing']), true);
    expect(board.content('turing')().bars[0]!.start).toBe(at('09:00'));
    board.apply(change({ ...bar, status: 'cancelled', version: 4 }, ['turing']), true);

    expect(board.content('turing')().bars).toEqual([]);
  });

  it('keeps a change that happened after a tile was read', () => {
    const board = new RowBoard();
    board.put(aTile(from, to, { turing: [] }, 3));
    const booked = aBar('09:00', '10:00');
    board.apply(change(booked, ['turing'], 9), false);

    board.put(aTile(from, to, { turing: [] }, 8));
    expect(board.content('turing')().bars).toHaveLength(1);
    board.put(aTile(from, to, { turing: [] }, 9));

    expect(board.content('turing')().bars).toHaveLength(0);
  });

  it('shows what a tile tells of the hall in its half, and moves it along with the booking', () => {
    const board = new RowBoard();
    const bar = aBar('09:00', '10:00');
    const through = { resourceId: 'hall', name: 'Hall' };
    board.put(aTile(from, to, { hall: [bar], half: [{ ...bar, through, quantity: 3 }], other: [] }));

    expect(board.content('half')().bars[0]).toMatchObject({ through, quantity: 3 });
    expect(board.find(bar.id)?.resourceId).toBe('hall');
    board.apply(change({ ...bar, start: at('12:00'), end: at('13:00'), version: 2 }, ['hall']), false);
    expect(board.content('half')().bars[0]).toMatchObject({ through, quantity: 3, start: at('12:00') });
    board.apply(change({ ...bar, version: 3 }, ['other']), false);
    expect(board.content('half')().bars).toEqual([]);
  });

  it('keeps what was cancelled until it can no longer be taken back', () => {
    const board = new RowBoard();
    const [kept, gone] = [aBar('09:00', '10:00'), aBar('11:00', '12:00')];
    board.put(aTile(from, to, { turing: [kept, gone] }));
    expect(board.nextRelease()).toBeNull();

    for (const bar of [kept, gone])
      board.apply(change({ ...bar, status: 'cancelled', version: 2, expiresAt: at('08:00') }, ['turing']), false);
    expect(board.nextRelease()).toBe(at('08:00'));
    board.apply(change({ ...kept, status: 'confirmed', version: 3 }, ['turing']), false);
    board.release(at('08:00'));

    expect(board.content('turing')().bars).toMatchObject([{ id: kept.id, status: 'confirmed' }]);
    expect(board.nextRelease()).toBeNull();
  });

  it('takes a sent move back as if nothing had been', () => {
    const board = new RowBoard();
    const bar = aBar('09:00', '10:00', { mine: true });
    board.put(aTile(from, to, { turing: [bar], noether: [] }));

    const back = board.preview({ ...bar, start: at('13:00'), end: at('14:00') }, 'noether');
    expect(board.content('turing')().bars).toEqual([]);
    expect(board.content('noether')().sent.has(bar.id)).toBe(true);
    back();

    expect(board.content('turing')().bars).toEqual([bar]);
    expect(board.content('noether')().bars).toEqual([]);
  });

  it('lets a booking take the place of the hold it grew from', () => {
    const board = new RowBoard();
    board.put(aTile(from, to, { turing: [aBar('09:00', '10:00', { status: 'held', mine: true })] }));

    board.apply(change(aBar('09:00', '10:00', { mine: true }), ['turing']), false);

    expect(
      board
        .content('turing')()
        .bars.map((it) => it.status),
    ).toEqual(['confirmed']);
  });

  it('touches only the rows a change is about', () => {
    const board = new RowBoard();
    board.put(aTile(from, to, Object.fromEntries(Array.from({ length: 50 }, (_, row) => [`r${row}`, [aBar('09:00', '10:00')]]))));
    const before = Array.from({ length: 50 }, (_, row) => board.content(`r${row}`)());

    board.apply(change(aBar('14:00', '15:00'), ['r7']), true);

    expect(before.filter((it, row) => board.content(`r${row}`)() !== it)).toHaveLength(1);
  });
});

describe('free time of a row', () => {
  const day = { start: at('00:00'), end: at('23:59') };
  const row = contentOf({
    bars: [aBar('09:00', '10:00'), aBar('14:00', '15:00', { heldStart: at('13:45') })],
    closed: [
      { start: at('00:00'), end: at('08:00') },
      { start: at('20:00'), end: at('23:59') },
    ],
  });

  it('reaches from one bar to the buffer of the next', () => {
    expect(freeSpanAt(row, at('10:30'), day)).toEqual({ start: at('10:00'), end: at('13:45') });
    expect(freeSpanAt(row, at('09:30'), day)).toBeUndefined();
    expect(freeSpanAt(row, at('07:00'), day)).toBeUndefined();
  });

  it('counts units', () => {
    expect(isFreeAt(row, 1, at('09:30'))).toBe(false);
    expect(isFreeAt(row, 2, at('09:30'))).toBe(true);
    expect(isFreeAt(row, 2, at('07:30'))).toBe(false);
  });

  it('shows what stands in several rows in all of them while it is sent to another time', () => {
    const board = new RowBoard();
    const both = aBar('09:00', '10:00', { id: 'both', mine: true });
    board.put(aTile('2026-11-24T00:00:00Z', '2026-11-25T00:00:00Z', { turing: [both], noether: [both] }));
    const starts = () =>
      ['turing', 'noether'].map((it) =>
        board
          .content(it)()
          .bars.map((bar) => bar.start),
      );

    const back = board.preview({ ...both, start: at('10:00'), end: at('11:00') }, 'turing');
    expect(starts()).toEqual([[at('10:00')], [at('10:00')]]);

    back();
    expect(starts()).toEqual([[at('09:00')], [at('09:00')]]);
  });
});
