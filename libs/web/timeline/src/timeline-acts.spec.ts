import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting, type TestRequest } from '@angular/common/http/testing';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { bookingTexts } from '@berth/web/booking/testing';
import { apiInterceptor } from '@berth/web/data';
import { Toasts } from '@berth/web/ui';
import { provideTranslateLoader, provideTranslateService, type TranslationObject } from '@ngx-translate/core';
import { of } from 'rxjs';
import timeline from '../i18n/en.json';
import { RowBoard, type BarChange } from './rows/row-board';
import { aBar, aRow, aTile, at } from './testing';
import { TimelineActs } from './timeline-acts';
import { TimelineState } from './timeline-state';

// A loaded machine takes its time to draw a dialog in jsdom.
jest.setTimeout(30_000);

const stand = aBar('09:00', '10:00', { id: 'r-1', mine: true });
const anHourLater = { resourceId: 'turing', start: at('10:00'), end: at('11:00') };
const instant = (time: string): string => new Date(at(time)).toISOString().replace('.000', '');

/** What the server says of the bar. */
const told = (from: string, to: string, more: object = {}) => ({
  id: 'r-1',
  status: 'confirmed',
  title: 'Stand-up',
  start: instant(from),
  end: instant(to),
  timeZone: 'Europe/Berlin',
  mine: true,
  resources: [{ resourceId: 'turing', name: 'Turing', quantity: 1, siteName: null, floorName: null, timeZone: 'Europe/Berlin' }],
  undoUntil: null,
  provisioning: null,
  version: 2,
  ...more,
});
const weekly = { seriesId: 's-1', recurrenceId: instant('09:00') };

describe('moving a bar', () => {
  let board: RowBoard;
  let acts: TimelineActs;
  const refreshed: string[] = [];

  const asked = (method: string, path: string): TestRequest =>
    TestBed.inject(HttpTestingController).expectOne((it) => it.method === method && it.url === `/api/v1${path}`);
  const settled = async (): Promise<void> => {
    for (let i = 0; i < 4; i++) {
      await new Promise((resolve) => setTimeout(resolve));
      TestBed.tick();
    }
  };
  const startOf = (id: string): number | undefined => board.find(id)?.bar.start;
  const dialog = (): HTMLElement | null => document.querySelector('berth-scope-dialog');
  const answer = async (choice: number): Promise<void> => {
    dialog()!.querySelectorAll<HTMLInputElement>('input')[choice]!.click();
    dialog()!.querySelector<HTMLButtonElement>('.primary')!.click();
    await settled();
  };

  beforeEach(() => {
    board = new RowBoard();
    board.put(aTile('2026-11-23T00:00:00Z', '2026-11-30T00:00:00Z', { turing: [stand] }));
    refreshed.length = 0;
    const state = {
      board,
      zone: signal('Europe/Berlin'),
      query: signal({ selected: null }),
      row: () => aRow(),
      apply: (change: BarChange) => board.apply(change, false),
      refresh: (id: string) => Promise.resolve(void refreshed.push(id)),
    };
    TestBed.configureTestingModule({
      providers: [
        TimelineActs,
        { provide: TimelineState, useValue: state },
        provideHttpClient(withInterceptors([apiInterceptor])),
        provideHttpClientTesting(),
        provideRouter([]),
        provideTranslateService({
          lang: 'en',
          loader: provideTranslateLoader(() => ({ getTranslation: () => of({ ...bookingTexts, ...timeline } as TranslationObject) })),
        }),
      ],
    });
    acts = TestBed.inject(TimelineActs);
  });

  afterEach(() => document.querySelectorAll('.cdk-overlay-container').forEach((it) => it.replaceChildren()));

  it('asks nothing of what does not recur, and takes it back with Undo', async () => {
    void acts.move(stand, 'turing', anHourLater);
    expect(startOf('r-1')).toBe(at('10:00'));
    asked('GET', '/reservations/r-1').flush(told('09:00', '10:00'));
    await settled();
    const move = asked('POST', '/reservations/r-1/move');
    expect(move.request.body).toEqual({ start: instant('10:00'), end: instant('11:00') });
    move.flush(told('10:00', '11:00'));
    await settled();

    TestBed.inject(Toasts).undoLatest();
    const back = asked('POST', '/reservations/r-1/move');
    expect(back.request.body).toEqual({ start: instant('09:00'), end: instant('10:00') });
    back.flush(told('09:00', '10:00', { version: 3 }));
    await settled();
    expect(startOf('r-1')).toBe(at('09:00'));
  });

  it('asks which dates of a series go along and how many they are, and moves those', async () => {
    void acts.move(stand, 'turing', anHourLater);
    asked('GET', '/reservations/r-1').flush(told('09:00', '10:00', weekly));
    await settled();
    const occurrences = ['2036-11-24T08:00:00Z', '2036-12-01T08:00:00Z'].map((start) => ({
      start,
      recurrenceId: start,
      status: 'confirmed',
    }));
    asked('GET', '/series/s-1').flush({ occurrences });
    await settled();
    expect(dialog()!.textContent).toMatch(/All dates to come\s*2 dates/);
    await answer(1);
    const change = asked('PATCH', '/series/s-1');
    expect(change.request.params.get('scope')).toBe('following');
    expect(change.request.body).toEqual({ start: instant('10:00'), end: instant('11:00') });
    change.flush({ series: { id: 's-2' }, occurrences: [] });
    await settled();
    asked('GET', '/reservations/r-1').flush(told('10:00', '11:00', { ...weekly, seriesId: 's-2' }));
    await settled();

    expect(startOf('r-1')).toBe(at('10:00'));
    expect(refreshed).toEqual(['turing']);
    expect(TestBed.inject(Toasts).shown()).toHaveLength(1);
  });

  it('puts the bar back where nobody says which dates are meant', async () => {
    void acts.move(stand, 'turing', anHourLater);
    asked('GET', '/reservations/r-1').flush(told('09:00', '10:00', weekly));
    await settled();
    asked('GET', '/series/s-1').flush({ occurrences: [] });
    await settled();
    dialog()!.querySelector<HTMLButtonElement>('.btn:not(.primary)')!.click();
    await settled();

    expect(startOf('r-1')).toBe(at('09:00'));
    TestBed.inject(HttpTestingController).verify();
  });

  it('puts the bar back and names the date of the series that is in the way', async () => {
    void acts.move(stand, 'turing', anHourLater);
    asked('GET', '/reservations/r-1').flush(told('09:00', '10:00', weekly));
    await settled();
    asked('GET', '/series/s-1').flush({ occurrences: [] });
    await settled();
    await answer(2);
    const busy = { start: '2026-12-01T09:00:00Z', end: '2026-12-01T10:00:00Z' };
    const conflict = {
      recurrenceId: '2026-12-01T08:00:00Z',
      resourceId: 'turing',
      reason: 'overlap',
      title: 'Audit',
      busy,
      alternatives: [],
    };
    asked('PATCH', '/series/s-1').flush({ code: 'reservation-conflict', conflicts: [conflict] }, { status: 409, statusText: 'Conflict' });
    await settled();

    expect(startOf('r-1')).toBe(at('09:00'));
    expect(TestBed.inject(Toasts).shown()[0]!.text).toContain('Tue 1 Dec');
  });

  it('asks which dates are cancelled, too', async () => {
    void acts.cancel(stand, 'turing');
    asked('GET', '/reservations/r-1').flush(told('09:00', '10:00', weekly));
    await settled();
    asked('GET', '/series/s-1').flush({ occurrences: [] });
    await settled();
    await answer(2);

    const cancel = asked('POST', '/series/s-1/cancel');
    expect(cancel.request.params.get('scope')).toBe('all');
    cancel.flush({ series: { id: 's-1' }, occurrences: [] });
    await settled();
    expect(refreshed).toEqual(['turing']);
  });
});
