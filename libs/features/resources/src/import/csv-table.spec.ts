import { readCsv } from './csv-table';

const read = (text: string | Uint8Array) => readCsv(typeof text === 'string' ? new TextEncoder().encode(text) : text);
const refusal = (text: string | Uint8Array): unknown => {
  try {
    read(text);
    return undefined;
  } catch (error) {
    return (error as { extensions: { errors: { code: string }[] } }).extensions.errors[0]?.code;
  }
};

describe('readCsv', () => {
  it('leaves out comments and empty lines, and knows the line of each record', () => {
    const { header, records } = read('# rooms\r\nname,tags\r\n\r\n# floor 1\r\nAlpha,"a,b"\r\n,\r\n"Two\nlines",c\r\nLast # one,\r\n');

    expect(header).toEqual(['name', 'tags']);
    expect(records).toEqual([
      { line: 5, cells: ['Alpha', 'a,b'] },
      { line: 7, cells: ['Two\nlines', 'c'] },
      { line: 9, cells: ['Last # one', ''] },
    ]);
  });

  it.each([
    [',', 'name,tags\nA,"x;y"'],
    [';', 'name;tags\nA;"x;y"'],
    ['\t', 'name\ttags\nA\t"x;y"'],
    [';', '# a, b, c\n"name, full";tags\nA;"x;y"'],
  ])('finds the delimiter %j', (delimiter, text) => {
    const table = read(text);

    expect(table.delimiter).toBe(delimiter);
    expect(table.records[0]?.cells).toEqual(['A', 'x;y']);
  });

  it('keeps empty cells between tabs, and takes a quote after a space', () => {
    expect(read('name\ta\tb\nA\t\tx').records[0]?.cells).toEqual(['A', '', 'x']);
    expect(read('name, a\nA, "x, y"').records[0]?.cells).toEqual(['A', 'x, y']);
  });

  it.each([
    ['utf-8', new TextEncoder().encode('name\nÉtude €')],
    ['utf-8', Uint8Array.of(0xef, 0xbb, 0xbf, ...new TextEncoder().encode('name\nÉtude €'))],
    ['utf-16le', Uint8Array.of(0xff, 0xfe, ...Buffer.from('name\nÉtude €', 'utf16le'))],
    ['utf-16be', Uint8Array.of(0xfe, 0xff, ...Buffer.from('name\nÉtude €', 'utf16le').swap16())],
    ['windows-1252', Uint8Array.of(...Buffer.from('name\n', 'latin1'), 0xc9, ...Buffer.from('tude '), 0x80)],
  ])('reads %s', (encoding, bytes) => {
    const table = read(bytes);

    expect([table.encoding, table.header, table.records[0]?.cells]).toEqual([encoding, ['name'], ['Étude €']]);
  });

  it('takes line ends of every kind in one file', () => {
    expect(read('name\r\nA\nB\rC\r\n').records.map((it) => it.line)).toEqual([2, 3, 4]);
  });

  it.each([
    ['empty-file', ''],
    ['empty-file', '# nothing\n\n   \n'],
    ['nul-character', 'name\nA\u0000B'],
    ['nul-character', Uint8Array.of(...Buffer.from('name\nA', 'utf16le'))],
    ['lone-quote', 'name,tags\nA,"x\nB,y'],
    ['lone-quote', 'name,tags\nA 6" pipe,x'],
    ['lone-quote', 'name,tags\n"A" b,x'],
    ['line-too-long', `name\n${'x'.repeat(200_000)}`],
    ['too-many-columns', Array.from({ length: 65 }, (_, i) => `c${i}`).join(',')],
    ['too-many-rows', `name\n${'A\n'.repeat(10_001)}`],
  ])('says clearly that a file has %s', (code, text) => {
    expect(refusal(text)).toBe(code);
  });

  it('takes as many rows as it says', () => {
    expect(read(`name\n${'A\n'.repeat(10_000)}`).records).toHaveLength(10_000);
  });

  it('never fails otherwise, whatever the bytes', () => {
    let state = 7;
    const byte = (): number => (state = (state * 48_271) % 2_147_483_647) % 256;
    for (let i = 0; i < 300; i++) {
      const bytes = Uint8Array.from({ length: i }, byte);
      const noise = Uint8Array.from({ length: i }, () => [0x22, 0x2c, 0x0a, 0x0d, 0x3b, 0x23, 0x61][byte() % 7]!);
      for (const it of [bytes, noise]) {
        try {
          readCsv(it);
        } catch (error) {
          expect(error).toMatchObject({ code: 'validation-failed' });
        }
      }
    }
  });
});
