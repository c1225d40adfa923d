import { toProblem, type Problem } from './problem';

/** What became of an act on many things. */
export interface Outcome<T, R> {
  readonly done: readonly { readonly item: T; readonly result: R }[];
  readonly failed: readonly { readonly item: T; readonly problem: Problem }[];
}

const AT_ONCE = 4;

/** Does the same with each, a few at a time; a failure stops nothing. */
export async function eachOf<T, R>(
  items: readonly T[],
  act: (item: T) => Promise<R>,
  onStep: (finished: number) => void = () => undefined,
): Promise<Outcome<T, R>> {
  const done: { item: T; result: R }[] = [];
  const failed: { item: T; problem: Problem }[] = [];
  const waiting = [...items];
  const work = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      try {
        done.push({ item, result: await act(item) });
      } catch (error) {
        failed.push({ item, problem: toProblem(error) });
      }
      onStep(done.length + failed.length);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, work));
  return { done, failed };
}
