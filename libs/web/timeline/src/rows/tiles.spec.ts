import { REQUESTS_AT_ONCE, TileLoader, blocksOf, type TileRequest } from './tiles';

interface Asked {
  readonly request: TileRequest;
  readonly signal: AbortSignal;
  readonly answer: () => void;
  readonly fail: () => void;
}

function aLoader() {
  const asked: Asked[] = [];
  const loader = new TileLoader(
    (request, signal) =>
      new Promise((resolve, reject) => asked.push({ request, signal, answer: resolve, fail: () => reject(new Error('no')) })),
    () => undefined,
  );
  return { loader, asked };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));

describe('tiles', () => {
  it('ask for what is in view once', async () => {
    const { loader, asked } = aLoader();

    loader.want([0], ['2026-11-23']);
    loader.want([0], ['2026-11-23']);
    asked[0]!.answer();
    await settle();
    loader.want([0], ['2026-11-23']);

    expect(asked).toHaveLength(1);
    expect(loader.stateOf({ block: 0, week: '2026-11-23' })).toBe('ready');
  });

  it('ask for neighbouring weeks of a block together', () => {
    const { loader, asked } = aLoader();

    loader.want([2], ['2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23']);

    expect(asked.map((it) => it.request)).toEqual([{ block: 2, weeks: ['2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23'] }]);
  });

  it('are cancelled when scrolled away, and asked for again when back', () => {
    const { loader, asked } = aLoader();
    loader.want([0], ['2026-11-23']);

    loader.want([7], ['2026-11-23']);
    expect(asked[0]!.signal.aborted).toBe(true);
    loader.want([0], ['2026-11-23']);

    expect(asked).toHaveLength(3);
    expect(asked[2]!.signal.aborted).toBe(false);
  });

  it('never flood the server', async () => {
    const { loader, asked } = aLoader();

    loader.want([0, 1, 2, 3, 4], ['2026-11-23']);
    expect(asked).toHaveLength(REQUESTS_AT_ONCE);
    asked[0]!.answer();
    await settle();

    expect(asked).toHaveLength(REQUESTS_AT_ONCE + 1);
  });

  it('that failed wait for somebody to try again', async () => {
    const { loader, asked } = aLoader();
    loader.want([0], ['2026-11-23']);
    asked[0]!.fail();
    await settle();

    loader.want([0], ['2026-11-23']);
    expect(asked).toHaveLength(1);
    expect(loader.hasFailed).toBe(true);
    loader.forgetFailures();
    loader.want([0], ['2026-11-23']);

    expect(asked).toHaveLength(2);
  });

  it('of the rows in the middle of the view come first', () => {
    expect(blocksOf(40, 60)).toEqual([0, 1]);
    expect(blocksOf(45, 130)).toEqual([1, 2, 0]);
    expect(blocksOf(0, 20)).toEqual([0]);
    expect(blocksOf(0, 0)).toEqual([]);
  });
});
