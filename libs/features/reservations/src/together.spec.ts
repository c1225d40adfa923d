import { Together } from './together';

/** Carries that end when they are told to, and who was in each. */
function carries() {
  const journal: number[][] = [];
  const ends: ((error?: Error) => void)[] = [];
  const together = new Together<number, string>(async (items) => {
    journal.push([...items]);
    await new Promise<void>((resolve, reject) => ends.push((error) => (error ? reject(error) : resolve())));
    return items.map((it) => `${it} done`);
  });
  return { together, journal, ends };
}

const turn = () => new Promise(setImmediate);

describe('Together', () => {
  it('lets one set out at once, and those that come meanwhile together', async () => {
    const { together, journal, ends } = carries();
    const answers = [1, 2, 3].map((it) => together.send(it));
    expect(journal).toEqual([[1]]);

    ends[0]!();
    await turn();
    expect(journal).toEqual([[1], [2, 3]]);
    ends[1]!();

    expect(await Promise.all(answers)).toEqual(['1 done', '2 done', '3 done']);
    expect(together.isIdle).toBe(true);
  });

  it('lets so many that there is room for no more set out whoever is on the way', async () => {
    const { together, journal, ends } = carries();
    const answers = Array.from({ length: 42 }, (_, it) => together.send(it));

    expect(journal.map((it) => it.length)).toEqual([1, 20, 20]);
    ends[0]!();
    ends[1]!();
    ends[2]!();
    await turn();
    expect(journal[3]).toEqual([41]);
    ends[3]!();
    expect(await Promise.all(answers)).toHaveLength(42);
  });

  it('keeps nobody waiting for one who does not come back', async () => {
    const { together, journal, ends } = carries();
    const stuck = together.send(1);
    const other = together.send(2);
    await new Promise((resolve) => setTimeout(resolve, 60));

    expect(journal).toEqual([[1], [2]]);
    ends[1]!();
    expect(await other).toBe('2 done');
    ends[0]!();
    expect(await stuck).toBe('1 done');
  });

  it('tells a failure to all who were in it, and goes on', async () => {
    const { together, ends } = carries();
    const first = together.send(1);
    const failing = [together.send(2), together.send(3)];
    ends[0]!();
    await first;
    await turn();
    ends[1]!(new Error('lost'));

    expect((await Promise.allSettled(failing)).map((it) => it.status)).toEqual(['rejected', 'rejected']);
    const next = together.send(4);
    ends[2]!();
    expect(await next).toBe('4 done');
  });
});
