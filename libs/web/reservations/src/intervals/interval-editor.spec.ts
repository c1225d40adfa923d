import { TestBed } from '@angular/core/testing';
import { RouterTestingHarness } from '@angular/router/testing';
import { LiveUpdates } from '@berth/web/data';
import { Toasts } from '@berth/web/ui';
import axe from 'axe-core';
import { aReservation, pageOf, provideAgendaSpec, requested, settled } from '../testing';

// A loaded machine takes its time to draw a whole screen in jsdom.
jest.setTimeout(60_000);

const day = aReservation({ id: 'r-1', title: 'My day', start: '2026-11-24T09:00:00Z', end: '2026-11-24T17:00:00Z' });
const lab = aReservation({ id: 'r-2', title: 'Lab', start: '2026-11-24T17:00:00Z', end: '2026-11-24T18:00:00Z' });
const elsewhere = aReservation({
  id: 'r-3',
  title: 'Elsewhere',
  start: '2026-11-24T18:00:00Z',
  end: '2026-11-24T19:00:00Z',
  resources: [{ ...day.resources[0]!, resourceId: 'noether', name: 'Noether' }],
});

describe('editing the hours of a booking', () => {
  const editor = (): HTMLElement => document.querySelector<HTMLElement>('berth-interval-editor')!;
  const button = (text: string): HTMLButtonElement =>
    [...document.querySelectorAll<HTMLButtonElement>('button')].find((it) => it.textContent.trim().startsWith(text))!;
  const type = (name: string, text: string): void => {
    const input = editor().querySelector<HTMLInputElement>(`input[name=${name}]`)!;
    input.value = text;
    input.dispatchEvent(new Event('change'));
  };
  const planned = (): string[] =>
    [...editor().querySelectorAll('.plan li')].map((it) => [...it.children].map((part) => part.textContent.trim()).join(' '));
  /** The trial run, once typing has paused. */
  const tried = async (answer: object, refusal?: { status: number; statusText: string }) => {
    await new Promise((resolve) => setTimeout(resolve, 320));
    await settled();
    const request = requested('POST', '/reservations/r-1/edit-intervals');
    expect(request.request.params.get('dryRun')).toBe('true');
    request.flush(answer, refusal);
    await settled();
    return request.request.body as { intervals: unknown };
  };

  // The dialog is loaded when it is first opened; here that includes compiling it.
  beforeAll(() => import('./interval-editor'));

  beforeEach(async () => {
    localStorage.clear();
    jest.useFakeTimers({
      now: Date.parse('2026-11-24T06:00:00Z'),
      doNotFake: ['setTimeout', 'setInterval', 'queueMicrotask', 'performance'],
    });
    TestBed.configureTestingModule({ providers: provideAgendaSpec() });
    jest.spyOn(TestBed.inject(LiveUpdates), 'watch').mockReturnValue(() => undefined);
    await RouterTestingHarness.create('/me/bookings?booking=r-1');
    await settled();
    requested('GET', '/reservations/my').flush(pageOf([day, lab]));
    await settled();
    requested('GET', '/reservations/r-1').flush(day);
    requested('GET', '/reservations/r-1/history').flush({ data: [] });
    await settled();
    button('Split or join').click();
    await settled();
    requested('GET', '/reservations').flush(pageOf([day, lab, elsewhere]));
    await settled();
  });

  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
    document.querySelectorAll('.cdk-overlay-container').forEach((it) => it.replaceChildren());
  });

  it('releases a part, shows what becomes of it before it is done, and takes it back with Undo', async () => {
    type('gap-from', '13:00');
    type('gap-to', '15:00');
    await settled();
    button('Release').click();
    const { intervals } = await tried({ updated: ['r-1'], created: ['r-9'], deleted: [] });
    const parts = [
      { start: '2026-11-24T09:00:00Z', end: '2026-11-24T12:00:00Z' },
      { start: '2026-11-24T14:00:00Z', end: '2026-11-24T17:00:00Z' },
    ];
    expect(intervals).toEqual(parts);
    expect(planned()).toEqual(['My day 10:00–18:00 becomes 10:00–13:00', 'My day new: 15:00–18:00']);
    expect((await axe.run(editor(), { rules: { 'color-contrast': { enabled: false } } })).violations.map((it) => it.id)).toEqual([]);

    button('Change the hours').click();
    await settled();
    const sent = requested('POST', '/reservations/r-1/edit-intervals');
    expect(sent.request.headers.get('If-Match')).toBe('"1"');
    expect(sent.request.body).toEqual({ intervals: parts });
    sent.flush({ updated: ['r-1'], created: ['r-9'], deleted: [] });
    await settled();
    requested('GET', '/reservations/my').flush(pageOf([]));
    await settled();

    TestBed.inject(Toasts).undoLatest();
    await settled();
    expect(requested('POST', '/reservations/r-1/edit-intervals').request.body).toEqual({ intervals: [{ start: day.start, end: day.end }] });
  });

  it('offers to join only what one has beside it at the same place, and names what goes into it', async () => {
    expect([...editor().querySelectorAll('.chips button')].map((it) => it.textContent.trim())).toEqual(['Lab, Tue 24 Nov, 18:00–19:00']);

    editor().querySelector<HTMLButtonElement>('.chips button')!.click();
    const { intervals } = await tried({ updated: ['r-1'], created: [], deleted: ['r-2'] });

    expect(intervals).toEqual([{ start: day.start, end: lab.end }]);
    expect(planned()).toEqual(['My day 10:00–18:00 becomes 10:00–19:00', 'Lab yours beside it goes into it']);
  });

  it('says why the server would refuse, and sends nothing', async () => {
    type('to-0', '20:00');
    const busy = { start: '2026-11-24T18:00:00Z', end: '2026-11-24T19:00:00Z' };
    const conflicts = [{ resourceId: 'turing', reason: 'overlap', title: 'Audit', busy, alternatives: [] }];
    await tried({ code: 'reservation-conflict', conflicts }, { status: 409, statusText: 'Conflict' });
    expect(editor().querySelector('.note.error')!.textContent).toContain('Audit');

    button('Change the hours').click();
    await settled();

    expect(button('Change the hours').getAttribute('aria-disabled')).toBe('true');
    expect(editor()).not.toBeNull();
  });

  it('asks nothing while a part ends before it starts', async () => {
    type('to-0', '09:00');
    await settled();

    expect(editor().querySelector('.note.error')!.textContent).toContain('has to end after it starts');
  });
});
