import { eachOf } from './each-of';

describe('an act on many things', () => {
  it('goes on after a failure and tells both', async () => {
    const steps: number[] = [];

    const outcome = await eachOf(
      [1, 2, 3, 4, 5, 6],
      (it) => (it % 3 === 0 ? Promise.reject(new Error('no')) : Promise.resolve(it * 10)),
      (finished) => steps.push(finished),
    );

    expect(outcome.done.map((it) => it.result).sort((a, b) => a - b)).toEqual([10, 20, 40, 50]);
    expect(outcome.failed.map((it) => it.item)).toEqual([3, 6]);
    expect(steps).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('keeps few calls open at once', async () => {
    let open = 0;
    let most = 0;

    await eachOf(
      Array.from({ length: 20 }, (_, it) => it),
      async () => {
        most = Math.max(most, ++open);
        await new Promise((resolve) => setTimeout(resolve, 1));
        open--;
      },
    );

    expect(most).toBe(4);
  });
});
