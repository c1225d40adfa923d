import { DialogRef } from '@angular/cdk/dialog';
import type { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import type { ReservationImportResponse } from '@berth/api-client';
import { LiveUpdates } from '@berth/web/data';
import { provideAgendaSpec, requested, settled } from '../testing';
import { BookingImportSheet } from './booking-import-sheet';

// A loaded machine takes its time to draw a whole screen in jsdom.
jest.setTimeout(30_000);

const csv = ['Room,start,end', 'Turing,2026-12-07T09:00:00Z,2026-12-07T10:00:00Z', 'Curie,2026-12-07T09:00:00Z,2026-12-07T10:00:00Z'].join(
  '\n',
);
const alternative = { resourceId: 'r-9', name: 'Hopper', start: '2026-12-07T10:00:00Z', end: '2026-12-07T11:00:00Z', score: 0.9 };
const made = { id: null, seriesId: null, status: 'confirmed' };
const cells = { Room: 'Curie', start: '2026-12-07T09:00:00Z', end: '2026-12-07T10:00:00Z' };
const answer = (parts: Partial<ReservationImportResponse> = {}): ReservationImportResponse => ({
  format: 'csv',
  delimiter: ',',
  encoding: 'utf-8',
  created: 1,
  updated: 0,
  unchanged: 0,
  failed: [{ row: 3, column: null, code: 'reservation-conflict', detail: 'That time is taken', alternatives: [alternative] }],
  skipped: [],
  rows: [
    { row: 2, name: 'Turing', action: 'create', cells: { ...cells, Room: 'Turing' }, ...made },
    { row: 3, name: 'Curie', action: 'error', cells, ...made, status: null },
  ],
  columns: ['Room', 'start', 'end'],
  ignoredColumns: [],
  headers: { resource: 'Room', start: 'start', end: 'end' },
  ...parts,
});

describe('importing bookings', () => {
  const close = jest.fn();
  let element: HTMLElement;

  const text = (): string => element.textContent.replaceAll(/\s+/g, ' ');
  const button = (name: string): HTMLButtonElement => [...element.querySelectorAll('button')].find((it) => it.textContent.includes(name))!;
  const sent = async (body: unknown): Promise<string> =>
    new TextDecoder().decode(await ((body as FormData).get('file') as File).arrayBuffer());

  async function answered(given: ReservationImportResponse): Promise<ReturnType<HttpTestingController['expectOne']>> {
    const call = requested('POST', '/bulk/reservations/import');
    call.flush(given);
    await settled();
    await settled();
    return call;
  }

  async function checked(given = answer(), name = 'week.csv', content = csv): ReturnType<typeof answered> {
    const input = element.querySelector<HTMLInputElement>('input[type=file]')!;
    Object.defineProperty(input, 'files', { value: [new File([content], name)], configurable: true });
    input.dispatchEvent(new Event('change'));
    await settled();
    return answered(given);
  }

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

  beforeEach(async () => {
    close.mockReset();
    const ref = { id: 'd1', close, overlayRef: { overlayElement: document.createElement('div') } };
    TestBed.configureTestingModule({ providers: [...provideAgendaSpec(), { provide: DialogRef, useValue: ref }] });
    const fixture = TestBed.createComponent(BookingImportSheet);
    fixture.autoDetectChanges();
    await settled();
    element = fixture.nativeElement as HTMLElement;
  });

  it('are tried before anything is booked, and a taken time is changed for one that works', async () => {
    const tried = await checked();
    expect(tried.request.params.get('dryRun')).toBe('true');
    expect(text()).toContain('That time is taken.');

    button('Hopper, ').click();
    await settled();
    const again = await answered(answer({ failed: [] }));

    expect((await sent(again.request.body)).split('\n')[2]).toBe('"Hopper","2026-12-07T10:00:00Z","2026-12-07T11:00:00Z"');
  });

  it('are booked once, and those that were not are left to be put right', async () => {
    await checked();
    element.querySelector<HTMLButtonElement>('.btn.primary')!.click();
    await settled();
    const done = await answered(answer());

    expect(done.request.params.get('onError')).toBe('skip');
    expect(done.request.headers.get('Idempotency-Key')).toBeTruthy();
    expect(element.querySelector('berth-import-result')).not.toBeNull();
    element.querySelector<HTMLButtonElement>('[aria-label="kit.close"]')!.click();
    expect(close).toHaveBeenCalledWith('changed');
  });

  it('show how far they are where they take their time, and what came of them in the end', async () => {
    const job = {
      id: 'job-1',
      kind: 'import',
      state: 'running',
      progress: { done: 40, total: 200 },
      resultUrl: null,
      problem: null,
      endedAt: null,
    };
    let tell: () => void = () => undefined;
    jest.spyOn(TestBed.inject(LiveUpdates), 'watch').mockImplementation((topic, onEvent) => {
      tell = () => onEvent({ topic, type: 'job.ended', seq: 1, at: '2026-11-24T11:12:00Z', data: {} });
      return () => undefined;
    });
    await checked();
    element.querySelector<HTMLButtonElement>('.btn.primary')!.click();
    await settled();
    requested('POST', '/bulk/reservations/import').flush(job, { status: 202, statusText: 'Accepted' });
    await settled();
    expect(element.querySelector('progress')!.value).toBe(40);

    button('import.stop').click();
    await settled();
    requested('DELETE', '/jobs/job-1').flush(null);
    tell();
    await settled();
    requested('GET', '/jobs/job-1').flush({ ...job, state: 'cancelled', endedAt: '2026-11-24T11:12:00Z' });
    await settled();
    requested('GET', '/jobs/job-1/result').flush(answer());
    await settled();

    expect(element.querySelector('progress')).toBeNull();
    expect(element.querySelector('berth-import-result')).not.toBeNull();
  });

  it('come from a calendar too, where nothing is edited and what is skipped says why', async () => {
    const skipped = [{ row: 2, column: 'STATUS', code: 'cancelled', detail: 'The event is cancelled.' }];
    const rows = [
      { row: 2, name: 'Old', action: 'skip' as const, cells: {}, ...made, status: null },
      { row: 5, name: 'New', action: 'error' as const, cells: {}, ...made, status: null },
    ];
    const failed = [{ row: 5, column: 'LOCATION', code: 'unknown-resource', detail: 'There is no resource “Zoom”.' }];
    const ics = 'BEGIN:VCALENDAR\nBEGIN:VEVENT\nSTATUS:CANCELLED\nEND:VEVENT\nBEGIN:VEVENT\nLOCATION:Zoom\nEND:VEVENT\nEND:VCALENDAR';
    const headers = { resource: null, start: null, end: null };
    await checked(answer({ format: 'ics', delimiter: null, failed, skipped, rows, columns: [], headers }), 'week.ics', ics);

    expect(text()).toContain('The event is cancelled.');
    expect(text()).toContain('There is no resource');
    expect(element.querySelector('berth-fix-row input')).toBeNull();
    expect(element.querySelector('berth-fix-row button')).toBeNull();
  });
});
