import { HotStatements } from './hot-statements';
import { sql } from './sql';

describe('Statements that are sent often', () => {
  const times = (count: number, send: () => unknown): unknown[] => Array.from({ length: count }, send);

  it('get a name from the twentieth time on, the same for every value', () => {
    const hot = new HotStatements();
    times(19, () => hot.query(sql`select ${1}`));

    expect(hot.query(sql`select ${2}`)).toEqual({ name: 'hot_0', text: 'select $1', values: [2] });
    expect(hot.query(sql`select ${3}`)).toEqual({ name: 'hot_0', text: 'select $1', values: [3] });
  });

  it('have none while they are rare', () => {
    const hot = new HotStatements();

    expect(times(19, () => hot.query(sql`select ${1}`))).toEqual(times(19, () => ({ text: 'select $1', values: [1] })));
  });

  it('have names of their own', () => {
    const hot = new HotStatements();
    times(20, () => hot.query(sql`select 1`));
    times(20, () => hot.query(sql`select 2`));

    expect([hot.query(sql`select 1`).name, hot.query(sql`select 2`).name]).toEqual(['hot_0', 'hot_1']);
  });

  it('are 256 at most, however many texts there are', () => {
    const hot = new HotStatements();
    const texts = Array.from({ length: 300 }, (_, i): TemplateStringsArray => Object.assign([`select ${i}`], { raw: [`select ${i}`] }));
    for (const text of texts) times(20, () => hot.query(sql(text)));

    expect(new Set(texts.map((it) => hot.query(sql(it)).name).filter(Boolean)).size).toBe(256);
  });
});
