import { CsvCopy } from './csv-copy';

const file = [
  'name,Colour,capacity',
  '# a comment, with a "quote',
  'Turing,red,"10"',
  '',
  '"Great, Hall" , blue,',
  '"two',
  'lines",green,x,more',
  'Hopper,,6',
].join('\n');

describe('the copy of a file', () => {
  it('keeps every record on its line', () => {
    expect(CsvCopy.of(file, ',').toText().split('\n')).toEqual([
      '"name","Colour","capacity"',
      '',
      '"Turing","red","10"',
      '',
      '"Great, Hall","blue",""',
      '"two',
      'lines","green","x","more"',
      '"Hopper","","6"',
      '',
    ]);
  });

  it('reads what it has written as the same', () => {
    const text = CsvCopy.of(file, ',').toText();

    expect(CsvCopy.of(text, ',').toText()).toBe(text);
  });

  it('changes cells by line and header and nothing else', () => {
    const copy = CsvCopy.of(file, ',').withCells([
      { line: 6, column: 'capacity', text: '12' },
      { line: 8, column: 'name', text: 'Hopper "A"' },
    ]);

    const lines = copy.toText().split('\n');
    expect(lines[6]).toBe('lines","green","12","more"');
    expect(lines[7]).toBe('"Hopper ""A""","","6"');
  });

  it('gives a short record the cells it lacks', () => {
    const copy = CsvCopy.of('name;tags;capacity\r\nTuring', ';').withCells([{ line: 2, column: 'capacity', text: '4' }]);

    expect(copy.toText()).toBe('"name";"tags";"capacity"\n"Turing";"";"4"\n');
  });

  it('leaves lines out and takes them back', () => {
    const copy = CsvCopy.of(file, ',').without(3);

    expect(copy.toText()).not.toContain('Turing');
    expect(copy.toText().split('\n')[4]).toContain('Great, Hall');
    expect(copy.leftOutLines).toEqual([3]);
    expect(copy.withAll().toText()).toContain('Turing');
  });

  it('cuts what has no column', () => {
    expect(CsvCopy.of(file, ',').cutToWidth([6]).toText()).toContain('lines","green","x"\n');
  });

  it('reads what spreadsheets write', () => {
    const bytes = Uint8Array.from(
      [...'name;Bezeichnung\r\nB', 0xfc, ...'ro;"x"\r\n'].map((it) => (typeof it === 'number' ? it : it.charCodeAt(0))),
    );

    expect(CsvCopy.read(bytes.buffer, ';', 'windows-1252').toText()).toBe('"name";"Bezeichnung"\n"Büro";"x"\n');
  });
});
