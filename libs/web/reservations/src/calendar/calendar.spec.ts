import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { LiveUpdates } from '@berth/web/data';
import { Keys, Toasts } from '@berth/web/ui';
import axe from 'axe-core';
import { aReservation, pageOf, provideAgendaSpec, requested, settled } from '../testing';

// A loaded machine takes its time to draw a whole screen in jsdom.
jest.setTimeout(120_000);

// jsdom draws nothing; what needs pixels is measured in a browser.
const withoutLayout = {
  'color-contrast': { enabled: false },
  'label-content-name-mismatch': { enabled: false },
  region: { enabled: false },
};

const sync = aReservation();
const budget = aReservation({ id: 'r-2', title: 'Budget', start: '2026-11-25T09:00:00Z', end: '2026-11-25T10:00:00Z' });
const running = aReservation({ id: 'r-0', title: 'Stand-up', start: '2026-11-24T07:30:00Z', end: '2026-11-24T09:00:00Z' });

describe('my bookings in a calendar', () => {
  let harness: RouterTestingHarness;

  const screen = (): HTMLElement => harness.routeNativeElement!;
  const bar = (id: string): HTMLButtonElement => screen().querySelector<HTMLButtonElement>(`button[data-booking="${id}"]`)!;
  const press = (key: string, on: HTMLElement = document.body): void => {
    on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    TestBed.tick();
  };

  async function opened(view: string, list = [sync, budget]) {
    harness = await RouterTestingHarness.create(`/me/bookings?view=${view}`);
    await settled();
    const request = requested('GET', '/reservations');
    request.flush(pageOf(list));
    await settled();
    return request.request.params;
  }

  beforeEach(() => {
    localStorage.clear();
    jest.useFakeTimers({
      now: Date.parse('2026-11-24T08:00:00Z'),
      doNotFake: ['setTimeout', 'setInterval', 'queueMicrotask', 'performance'],
    });
    TestBed.configureTestingModule({ providers: provideAgendaSpec() });
    jest.spyOn(TestBed.inject(LiveUpdates), 'watch').mockReturnValue(() => undefined);
    TestBed.inject(Keys);
  });

  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
    Reflect.deleteProperty(window, 'ResizeObserver');
  });

  it('asks for its own of the week and shows each on its day', async () => {
    const params = await opened('week');

    expect(params.get('organizer')).toBe('me');
    expect([params.get('from'), params.get('to')]).toEqual(['2026-11-23T00:00:00Z', '2026-11-30T00:00:00Z']);
    expect(bar('r-2').closest('ul')!.getAttribute('aria-label')).toBe('Wed 25 Nov');
    expect(bar('r-1').textContent).toMatch(/Project sync.*Turing, Tue 24 Nov, 14:00–15:00/s);
  });

  it('moves a booking by the keyboard, marked as sent until the server agrees', async () => {
    await opened('week');

    press('m', bar('r-2'));
    press('ArrowDown', bar('r-2'));
    press('ArrowDown', bar('r-2'));
    press('ArrowRight', bar('r-2'));
    press('Enter', bar('r-2'));
    await settled();

    expect(bar('r-2').classList).toContain('sent');
    const request = requested('POST', '/reservations/r-2/move');
    expect(request.request.body).toEqual({ start: '2026-11-26T09:30:00Z', end: '2026-11-26T10:30:00Z' });
    request.flush({ ...budget, start: '2026-11-26T09:30:00Z', end: '2026-11-26T10:30:00Z', version: 2 });
    await settled();
    expect(bar('r-2').classList).not.toContain('sent');
    expect(bar('r-2').closest('ul')!.getAttribute('aria-label')).toBe('Thu 26 Nov');
  });

  it('returns what the server refuses and tells the reason', async () => {
    await opened('week');

    press('r', bar('r-2'));
    press('ArrowDown', bar('r-2'));
    press('Enter', bar('r-2'));
    await settled();
    const busy = { start: '2026-11-25T10:00:00Z', end: '2026-11-25T11:00:00Z' };
    requested('POST', '/reservations/r-2/move').flush(
      { code: 'reservation-conflict', conflicts: [{ resourceId: 'turing', reason: 'busy', title: 'Audit', busy, alternatives: [] }] },
      { status: 409, statusText: 'Conflict' },
    );
    await settled();

    expect(bar('r-2').textContent).toContain('09:00–10:00');
    expect(TestBed.inject(Toasts).shown().length).toBe(1);
  });

  describe('a date of a series', () => {
    const weekly = { ...budget, seriesId: 's-1', recurrenceId: budget.start };
    const occurrences = [0, 7, 14].map((days) => {
      const [start, end] = [budget.start, budget.end].map((at) => new Date(Date.parse(at) + days * 86_400_000).toISOString());
      return { id: `o-${days}`, recurrenceId: start, start, end, status: 'confirmed', resourceIds: ['turing'], waitlistEntryId: null };
    });
    const radios = (): HTMLInputElement[] => [...document.querySelectorAll<HTMLInputElement>('berth-scope-dialog input')];

    async function carriedAnHour(): Promise<void> {
      await opened('week', [weekly]);
      press('m', bar('r-2'));
      for (let i = 0; i < 4; i++) press('ArrowDown', bar('r-2'));
      press('Enter', bar('r-2'));
      await settled();
      requested('GET', '/series/s-1').flush({ occurrences });
      await settled();
    }

    it('asks which dates go with it and how many they are, and moves those', async () => {
      await carriedAnHour();
      expect(document.querySelector('berth-scope-dialog')!.textContent).toMatch(/those after it\s*3 dates/);
      radios()[1]!.click();
      document.querySelector<HTMLButtonElement>('berth-scope-dialog .primary')!.click();
      await settled();

      const request = requested('PATCH', '/series/s-1');
      expect([request.request.params.get('scope'), request.request.params.get('recurrenceId')]).toEqual(['following', budget.start]);
      expect(request.request.body).toEqual({ start: '2026-11-25T10:00:00Z', end: '2026-11-25T11:00:00Z' });
      request.flush({ series: { id: 's-2' }, occurrences: [] });
      await settled();
      const moved = {
        ...weekly,
        seriesId: 's-2',
        recurrenceId: '2026-11-25T10:00:00Z',
        start: '2026-11-25T10:00:00Z',
        end: '2026-11-25T11:00:00Z',
        version: 2,
      };
      requested('GET', '/reservations/r-2').flush(moved);
      await settled();
      requested('GET', '/reservations').flush(pageOf([moved]));
      await settled();
      TestBed.inject(Toasts).undoLatest();
      await settled();

      const back = requested('PATCH', '/series/s-2');
      expect([back.request.params.get('scope'), back.request.params.get('recurrenceId')]).toEqual(['all', '2026-11-25T10:00:00Z']);
      expect(back.request.body).toEqual({ start: budget.start, end: budget.end });
    });

    it('goes back where nobody says which, and tells the date that is in the way', async () => {
      await carriedAnHour();
      document.querySelector<HTMLButtonElement>('berth-scope-dialog .btn:not(.primary)')!.click();
      await settled();
      expect(bar('r-2').textContent).toContain('09:00–10:00');

      press('m', bar('r-2'));
      press('ArrowDown', bar('r-2'));
      press('Enter', bar('r-2'));
      await settled();
      radios()[2]!.click();
      document.querySelector<HTMLButtonElement>('berth-scope-dialog .primary')!.click();
      await settled();
      const busy = { start: '2026-12-02T09:00:00Z', end: '2026-12-02T10:00:00Z' };
      const conflict = {
        recurrenceId: '2026-12-02T09:00:00Z',
        resourceId: 'turing',
        reason: 'busy',
        title: 'Audit',
        busy,
        alternatives: [],
      };
      requested('PATCH', '/series/s-1').flush(
        { code: 'reservation-conflict', conflicts: [conflict] },
        { status: 409, statusText: 'Conflict' },
      );
      await settled();

      expect(TestBed.inject(Toasts).shown()[0]!.text).toContain('Wed 2 Dec');
      expect(bar('r-2').textContent).toContain('09:00–10:00');
    });
  });

  it('books a date the series skipped once it is free, and says which are not', async () => {
    const weekly = { ...budget, seriesId: 's-1', recurrenceId: budget.start };
    const skipped = (id: string, date: string) => ({
      id,
      recurrenceId: `${date}T09:00:00Z`,
      start: `${date}T09:00:00Z`,
      end: `${date}T10:00:00Z`,
      status: 'skipped',
      resourceIds: ['turing'],
      waitlistEntryId: null,
    });
    await opened('week', [weekly]);
    bar('r-2').click();
    await settled();
    requested('GET', '/series/s-1').flush({ occurrences: [skipped('o-1', '2026-12-02'), skipped('o-2', '2026-12-09')] });
    await settled();
    for (const it of TestBed.inject(HttpTestingController).match((it) => it.url.endsWith('/availability/check')))
      it.flush({ bookable: it.request.body.start.startsWith('2026-12-02'), occurrences: [] });
    await settled();
    const section = document.querySelector('berth-skipped-dates')!;

    expect(section.textContent).toMatch(/Wed 2 Dec.*free now.*Wed 9 Dec.*still taken/s);
    section.querySelector('button')!.click();
    await settled();

    expect(requested('POST', '/series/s-1/fill').request.body).toEqual({ recurrenceId: '2026-12-02T09:00:00Z' });
  });

  it('leaves a booking where it was on Escape', async () => {
    await opened('week');

    press('m', bar('r-2'));
    press('ArrowDown', bar('r-2'));
    expect(bar('r-2').textContent).toContain('09:15–10:15');
    press('Escape', bar('r-2'));
    await settled();

    expect(bar('r-2').textContent).toContain('09:00–10:00');
    TestBed.inject(HttpTestingController).expectNone((it) => it.method === 'POST');
  });

  it('lets only the end of what is running be changed', async () => {
    await opened('day', [running]);

    press('m', bar('r-0'));
    press('ArrowDown', bar('r-0'));
    expect(bar('r-0').textContent).toContain('07:30–09:00');
    press('r', bar('r-0'));
    press('ArrowDown', bar('r-0'));
    expect(bar('r-0').textContent).toContain('07:30–09:15');
  });

  it('changes view and period by 1 to 4, brackets and T', async () => {
    await opened('week');
    const at = (): string => TestBed.inject(Router).url;
    const answer = async (): Promise<void> => {
      await settled();
      for (const it of TestBed.inject(HttpTestingController).match(() => true)) it.flush(pageOf([]));
      await settled();
    };

    press(']');
    await answer();
    expect(at()).toContain('date=2026-12-01');
    press('3');
    await answer();
    expect(at()).toContain('view=month');
    press('t');
    await answer();
    expect(at()).not.toContain('date=');
    press('4');
    await answer();
    expect(at()).not.toContain('view=');
  });

  it('counts what a narrow column has no room for, and opens one of those from a list', async () => {
    // jsdom draws nothing: seven columns of 100 pixels, in which one bar can be read.
    jest.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(700);
    window.ResizeObserver = class {
      observe = (): void => undefined;
      unobserve = this.observe;
      disconnect = this.observe;
    };
    const desk = aReservation({ id: 'r-9', title: 'Desk 3.04', start: '2026-11-25T08:00:00Z', end: '2026-11-25T17:00:00Z' });
    await opened('week', [sync, budget, desk]);
    const more = screen().querySelector<HTMLButtonElement>('.more button')!;

    expect(bar('r-9')).toBeNull();
    expect(bar('r-2')).not.toBeNull();
    expect(more.textContent).toMatch(/\+1 more, Wed 25 Nov, 08:00–17:00/);
    more.click();
    await settled();
    const row = document.querySelector<HTMLButtonElement>('berth-more-bookings button.row')!;
    expect(row.textContent).toMatch(/Desk 3\.04.*08:00–17:00 · Turing/s);
    row.click();
    await settled();

    expect(TestBed.inject(Router).url).toContain('booking=r-9');
  });

  it('keeps the focus on what keys carry into another column', async () => {
    await opened('week');
    bar('r-2').focus();

    press('m', bar('r-2'));
    press('ArrowRight', bar('r-2'));

    expect(bar('r-2').closest('ul')!.getAttribute('aria-label')).toBe('Thu 26 Nov');
    expect(document.activeElement).toBe(bar('r-2'));
  });

  describe('a booking of days', () => {
    const offsite = aReservation({ id: 'r-7', title: 'Offsite', start: '2026-11-24T10:00:00Z', end: '2026-11-26T16:00:00Z' });

    it('stands above the hours, over its days, and goes from day to day by keys', async () => {
      await opened('week', [sync, offsite]);
      const stretch = (): string => bar('r-7').closest<HTMLElement>('.across li')!.style.gridColumn;
      expect(screen().querySelectorAll('.column [data-booking]').length).toBe(1);
      expect(stretch()).toBe('3 / 6');

      press('m', bar('r-7'));
      press('ArrowRight', bar('r-7'));
      expect(stretch()).toBe('4 / 7');
      press('Escape', bar('r-7'));
      press('r', bar('r-7'));
      press('ArrowLeft', bar('r-7'));
      expect(stretch()).toBe('3 / 5');
      press('Enter', bar('r-7'));
      await settled();

      expect(requested('POST', '/reservations/r-7/move').request.body).toEqual({
        start: '2026-11-24T10:00:00Z',
        end: '2026-11-25T16:00:00Z',
      });
    });

    it('keeps its line in a month, and counts for what has no room', async () => {
      const meetings = [1, 2, 3].map((n) =>
        aReservation({ id: `m-${n}`, title: `Meeting ${n}`, start: '2026-11-25T09:00:00Z', end: '2026-11-25T10:00:00Z' }),
      );
      await opened('month', [offsite, ...meetings]);
      const cell = (date: string): HTMLElement => screen().querySelector<HTMLElement>(`[data-date="${date}"]`)!;

      expect(['24', '25', '26', '27'].map((it) => cell(`2026-11-${it}`).querySelectorAll('[data-booking=r-7]').length)).toEqual([
        1, 1, 1, 0,
      ]);
      expect([...cell('2026-11-25').querySelectorAll<HTMLElement>('[data-booking]')].map((it) => it.dataset['booking'])).toEqual([
        'r-7',
        'm-1',
      ]);
      expect(cell('2026-11-25').textContent).toContain('2 more');
    });
  });

  it('shows a month with one tab stop, three a day at most, and arrows that walk the days', async () => {
    const many = Array.from({ length: 5 }, (_, i) => aReservation({ id: `m-${i}`, title: `Meeting ${i}` }));
    await opened('month', many);
    const cells = (): HTMLElement[] => [...screen().querySelectorAll<HTMLElement>('[role=gridcell][tabindex="0"]')];

    expect(cells().map((it) => it.dataset['date'])).toEqual(['2026-11-24']);
    expect(cells()[0]!.querySelectorAll('button[data-booking]').length).toBe(2);
    expect(cells()[0]!.textContent).toContain('3 more');
    press(' ', cells()[0]!);
    await settled();
    expect(document.querySelectorAll('berth-more-bookings button.row').length).toBe(5);
    document.querySelector<HTMLButtonElement>('berth-dialog-frame .frame-head button')!.click();
    press('ArrowDown', cells()[0]!);
    expect(cells().map((it) => it.dataset['date'])).toEqual(['2026-12-01']);
  });

  it.each(['day', 'week', 'month'])('has nothing axe objects to (%s)', async (view) => {
    await opened(view);

    expect((await axe.run(screen(), { rules: withoutLayout })).violations.map((it) => it.id)).toEqual([]);
  });
});
