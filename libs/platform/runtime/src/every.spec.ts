import { every } from './every';

const until = async (isTrue: () => boolean): Promise<void> => {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 1));
};
const silence = (): void => undefined;

describe('every', () => {
  it('does the work again and again, never twice at once', async () => {
    let [begun, atOnce, most] = [0, 0, 0];
    const stop = every(
      1,
      async () => {
        begun++;
        most = Math.max(most, ++atOnce);
        await new Promise((resolve) => setTimeout(resolve, 5));
        atOnce--;
      },
      silence,
    );

    await until(() => begun === 3);
    await stop();

    expect(most).toBe(1);
  });

  it('goes on after the work has failed, and says so', async () => {
    const told: unknown[] = [];
    const stop = every(
      1,
      () => Promise.reject(new Error(`attempt ${told.length + 1}`)),
      (error) => told.push(error),
    );

    await until(() => told.length >= 2);
    await stop();

    expect(told.slice(0, 2)).toEqual([new Error('attempt 1'), new Error('attempt 2')]);
  });

  it('waits for the work that goes on when it is ended, and begins no other', async () => {
    let [begun, done] = [0, 0];
    let end = silence;
    const stop = every(1, () => (begun++, new Promise<void>((resolve) => (end = resolve)).then(() => void done++)), silence);
    await until(() => begun === 1);

    const stopped = stop();
    end();
    await stopped;
    await new Promise((resolve) => setTimeout(resolve, 10));

    expect([begun, done]).toEqual([1, 1]);
  });
});
