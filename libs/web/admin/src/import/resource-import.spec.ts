import { DialogRef } from '@angular/cdk/dialog';
import type { TestRequest } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { anAdmin, answer, provideAdmin, settled } from '../testing';
import type { ImportResponse } from '@berth/api-client';
import { ResourceImportSheet } from './resource-import-sheet';

const csv = ['name,type,capacity,Colour', 'Turing,Room,12,red', 'Curie,Boat,8,', 'Hopper,Room,many,', 'Noether,Room,many,blue'].join('\n');

const rows: ImportResponse['rows'] = [
  {
    row: 2,
    name: 'Turing',
    action: 'update',
    cells: { name: 'Turing', type: 'Room', capacity: '12' },
    changes: { capacity: { from: '10', to: '12' } },
  },
  { row: 3, name: 'Curie', action: 'error', cells: { name: 'Curie', type: 'Boat', capacity: '8' } },
  { row: 4, name: 'Hopper', action: 'error', cells: { name: 'Hopper', type: 'Room', capacity: 'many' } },
  { row: 5, name: 'Noether', action: 'error', cells: { name: 'Noether', type: 'Room', capacity: 'many' } },
];
const failed: ImportResponse['failed'] = [
  { row: 3, column: 'type', code: 'unknown-type', detail: 'There is no type “Boat”.' },
  { row: 4, column: 'capacity', code: 'not-a-number', detail: '“many” is not a whole number.' },
  { row: 5, column: 'capacity', code: 'not-a-number', detail: '“many” is not a whole number.' },
];
const report = (parts: Partial<ImportResponse> = {}): ImportResponse => ({
  created: 0,
  updated: 1,
  unchanged: 0,
  failed,
  rows,
  columns: ['name', 'type', 'capacity'],
  ignoredColumns: ['Colour'],
  delimiter: ',',
  encoding: 'utf-8',
  places: { sites: [], floors: ['HQ/Floor 7'], rooms: [] },
  ...parts,
});

async function opened() {
  const closed = jest.fn();
  const ref = { id: 'd1', close: closed, overlayRef: { overlayElement: document.createElement('div') } };
  TestBed.configureTestingModule({ providers: [...provideAdmin(), provideRouter([]), { provide: DialogRef, useValue: ref }] });
  const server = anAdmin();
  const fixture = TestBed.createComponent(ResourceImportSheet);
  fixture.autoDetectChanges();
  await settled();
  const element = fixture.nativeElement as HTMLElement;
  return { server, element, closed, text: () => element.textContent!.replaceAll(/\s+/g, ' ') };
}

/** Chooses the file and has it checked. */
async function checked(answered: ImportResponse = report()) {
  const sheet = await opened();
  choose(sheet.element, new File([csv], 'rooms.csv', { type: 'text/csv' }));
  const call = await answer(sheet.server, 'POST', '/resources/upload', answered);
  await settled();
  return { ...sheet, call };
}

function choose(element: HTMLElement, file: File): void {
  const input = element.querySelector<HTMLInputElement>('input[type=file]')!;
  Object.defineProperty(input, 'files', { value: [file], configurable: true });
  input.dispatchEvent(new Event('change'));
}

const sent = async (call: TestRequest): Promise<string> => textOf((call.request.body as FormData).get('file') as File);
const textOf = async (file: Blob): Promise<string> => new TextDecoder().decode(await file.arrayBuffer());

beforeAll(() => {
  // jsdom reads files in the old way only.
  Blob.prototype.arrayBuffer ??= function (this: Blob) {
    return new Promise((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result as ArrayBuffer);
      reader.readAsArrayBuffer(this);
    });
  };
});

const button = (element: Element, name: string) => [...element.querySelectorAll('button')].find((it) => it.textContent!.includes(name))!;
const fixOf = (element: Element, words: string) =>
  [...element.querySelectorAll('berth-fix-row')].find((it) => it.textContent!.includes(words))!;

async function fix(element: Element, words: string, text: string): Promise<void> {
  const row = fixOf(element, words);
  const field = row.querySelector('input')!;
  field.value = text;
  field.dispatchEvent(new Event('input'));
  await settled();
  row.querySelector<HTMLButtonElement>('.accent')!.click();
}

describe('importing a file', () => {
  it('checks it before anything is written and shows what each row would do', async () => {
    const { call, text, element } = await checked();

    expect(call.request.params.get('dryRun')).toBe('true');
    expect(text()).toContain('rooms.csv · comma, UTF-8');
    expect(text()).toMatch(/All 4 .*Create 0 .*Update 1 .*Unchanged 0 .*Errors 3/);
    expect(element.querySelector('td.new')!.textContent!.replaceAll(/\s+/g, ' ').trim()).toBe('10 12');
    expect(text()).toContain('There is no type “Boat”.');
    expect(text()).toContain('Column not used: Colour');
    expect(text()).toContain('Will be added: 1 floor');
  });

  it('shows the rows of one kind', async () => {
    const { element } = await checked();

    button(element, 'Update').click();
    await settled();

    expect([...element.querySelectorAll('tbody[data-index] .line')].map((it) => it.textContent)).toEqual(['2']);
  });

  it('writes a fix into its own copy of the file and checks again', async () => {
    const { server, element } = await checked();

    await fix(element, 'Boat', 'Room');
    const call = await answer(server, 'POST', '/resources/upload', report({ failed: failed.slice(1) }));

    expect(call.request.params.get('dryRun')).toBe('true');
    expect((await sent(call)).split('\n')[2]).toBe('"Curie","Room","8",""');
    expect(element.textContent).not.toContain('Boat”');
  });

  it('puts the same mistake right in all its rows at once', async () => {
    const { server, element } = await checked();
    expect(fixOf(element, 'many').textContent).toContain('Apply to 2 rows');

    await fix(element, 'many', '6');
    const call = await answer(server, 'POST', '/resources/upload', report());

    expect((await sent(call)).split('\n').slice(3, 5)).toEqual(['"Hopper","Room","6",""', '"Noether","Room","6","blue"']);
  });

  it('leaves a row out and puts it back', async () => {
    const { server, element, text } = await checked();

    button(fixOf(element, 'Boat'), 'Leave out').click();
    const without = await answer(
      server,
      'POST',
      '/resources/upload',
      report({ rows: rows.filter((it) => it.row !== 3), failed: failed.slice(1) }),
    );
    expect(await sent(without)).not.toContain('Curie');
    expect(text()).toContain('1 row left out');

    button(element, 'Put back').click();
    expect(await sent(await answer(server, 'POST', '/resources/upload', report()))).toContain('Curie');
  });

  it('imports the rows that are right and says what it did', async () => {
    const { server, element, closed, text } = await checked();

    button(element, 'Import 1 valid row').click();
    const call = await answer(server, 'POST', '/resources/upload', report());

    expect(call.request.params.get('onError')).toBe('skip');
    expect(call.request.params.has('dryRun')).toBe(false);
    expect(call.request.headers.get('Idempotency-Key')).toBeTruthy();
    expect(await sent(call)).toBe(csv);
    expect(text()).toContain('1 row imported');
    expect(text()).toContain('3 rows had errors and were not imported.');

    element.querySelector<HTMLButtonElement>('[aria-label="kit.close"]')!.click();
    expect(closed).toHaveBeenCalledWith('changed');
  });

  it('offers all or nothing only when every row is right', async () => {
    const { server, element } = await checked();
    const all = () => button(element, 'All or nothing');
    expect(all().getAttribute('aria-disabled')).toBe('true');
    all().click();
    server.expectNone((it) => it.method === 'POST');

    await fix(element, 'Boat', 'Room');
    await answer(
      server,
      'POST',
      '/resources/upload',
      report({ rows: rows.map((it) => ({ ...it, action: 'create' as const })), failed: [] }),
    );
    all().click();
    const call = await answer(server, 'POST', '/resources/upload', report({ failed: [] }));

    expect(call.request.params.get('onError')).toBe('fail');
  });

  it('gives the failed rows as a file', async () => {
    const { server, element } = await checked();
    URL.createObjectURL = jest.fn(() => 'blob:1');
    URL.revokeObjectURL = jest.fn();
    const clicked = jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);

    button(element, 'Only failed rows').click();
    const call = await answer(server, 'POST', '/resources/upload/failed-rows', new Blob(['name,error\r\n']));

    expect(await sent(call)).toBe(csv);
    expect((clicked.mock.instances[0] as unknown as HTMLAnchorElement).download).toBe('rooms-errors.csv');
    clicked.mockRestore();
  });

  it('says in words why a file cannot be read', async () => {
    const { server, element, text } = await opened();

    choose(element, new File(['tags\nx'], 'wrong.csv'));
    const errors = [{ pointer: '/file', code: 'missing-column', detail: 'No column is called “name”.', params: { column: 'name' } }];
    await answer(server, 'POST', '/resources/upload', { code: 'validation-failed', errors }, 400);

    expect(text()).toContain('wrong.csv cannot be read');
    expect(text()).toContain('No column is called “name”. The first line has to name the columns.');
  });

  it('asks before corrections are lost', async () => {
    const { server, element, closed, text } = await checked();
    await fix(element, 'Boat', 'Room');
    await answer(server, 'POST', '/resources/upload', report());

    element.querySelector<HTMLButtonElement>('[aria-label="kit.close"]')!.click();
    await settled();
    expect(closed).not.toHaveBeenCalled();
    expect(text()).toContain('1 correction is lost');

    element.querySelector<HTMLButtonElement>('.btn.danger')!.click();
    expect(closed).toHaveBeenCalled();
  });
});
