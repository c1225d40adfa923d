import { ALWAYS, Turns } from './turns';

const at = (hour: number): Date => new Date(Date.UTC(2026, 11, 1, hour));
const span = (from: number, to: number) => ({ start: at(from), end: at(to) });

/** Work that ends when told to, and notes its beginning and end. */
function works(turns: Turns) {
  const journal: string[] = [];
  const ends = new Map<string, () => void>();
  const take = (name: string, time: { start: Date; end: Date }, key = 'room') =>
    turns.take(key, time, async (waited) => {
      journal.push(`${name} begins${waited ? ' late' : ''}`);
      await new Promise<void>((resolve) => ends.set(name, resolve));
      journal.push(`${name} ends`);
    });
  const end = async (name: string) => {
    ends.get(name)?.();
    await new Promise(setImmediate);
  };
  return { take, end, journal };
}

describe('Turns', () => {
  it('lets work for other times and other resources run side by side', async () => {
    const { take, end, journal } = works(new Turns());
    const all = [take('a', span(9, 10)), take('b', span(10, 11)), take('c', span(9, 10), 'desk')];
    await new Promise(setImmediate);
    expect(journal).toEqual(['a begins', 'b begins', 'c begins']);
    for (const name of ['a', 'b', 'c']) await end(name);
    await Promise.all(all);
  });

  it('lets work for overlapping times in one after another, in the order they came', async () => {
    const { take, end, journal } = works(new Turns());
    const all = [take('a', span(9, 12)), take('b', span(11, 14)), take('c', span(9, 10)), take('d', span(13, 14))];
    await new Promise(setImmediate);
    await end('a');
    expect(journal).toEqual(['a begins', 'a ends', 'b begins late', 'c begins late']);
    await end('c');
    await end('b');
    await end('d');
    await Promise.all(all);
    expect(journal.slice(-2)).toEqual(['d begins late', 'd ends']);
  });

  it('makes a turn for all time wait for every other', async () => {
    const { take, end, journal } = works(new Turns());
    const all = [take('a', span(9, 10)), take('b', span(15, 16)), take('all', ALWAYS), take('c', span(20, 21))];
    await new Promise(setImmediate);
    await end('b');
    expect(journal).toEqual(['a begins', 'b begins', 'b ends']);
    await end('a');
    await end('all');
    await end('c');
    await Promise.all(all);
    expect(journal.slice(3)).toEqual(['a ends', 'all begins late', 'all ends', 'c begins late', 'c ends']);
  });

  it('takes several in the order of their names, so that two who want the same ones never wait for each other', async () => {
    const turns = new Turns();
    const journal: string[] = [];
    const work = (name: string) => async (): Promise<void> => {
      journal.push(`${name} begins`);
      await new Promise(setImmediate);
      journal.push(`${name} ends`);
    };
    await Promise.all([
      turns.takeAll(['b', 'a'], work('one')),
      turns.takeAll(['a', 'b'], work('two')),
      turns.takeAll(['b'], work('three')),
    ]);
    expect(journal).toHaveLength(6);
    expect(journal.filter((_, i) => i % 2 === 0).every((it, i) => journal[i * 2 + 1] === it.replace('begins', 'ends'))).toBe(true);
  });

  it('goes on after work that failed', async () => {
    const turns = new Turns();
    const failed = turns.take('room', ALWAYS, () => Promise.reject(new Error('no')));
    const next = turns.take('room', ALWAYS, () => Promise.resolve('yes'));
    await expect(failed).rejects.toThrow('no');
    await expect(next).resolves.toBe('yes');
  });
});
