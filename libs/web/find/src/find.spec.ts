import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { FindDays } from './find-days';
import { aHit, aResource, anAnswer, daysOf, openFind } from './testing';

const when = '/book?date=2026-11-24&start=14:00&site=berlin';

async function found(url: string, answer = anAnswer({ data: [aHit('turing'), aHit('noether')] }), taken?: Parameters<typeof daysOf>[1]) {
  const screen = await openFind(url);
  const [search] = screen.asked('/availability/search');
  search!.flush(answer);
  await screen.settle();
  for (const it of screen.asked('/availability')) it.flush(daysOf(it, taken));
  await screen.settle();
  return { ...screen, search: search!.request.body as Record<string, unknown> };
}

const rowOf = (page: HTMLElement, index: number): HTMLElement => page.querySelectorAll<HTMLElement>('berth-result-row')[index]!;

describe('find and book', () => {
  it('asks for what the address says', async () => {
    const { search } = await found(`${when}&for=90&people=6&type=room&tags=display,camera&q=noether`);

    expect(search).toMatchObject({
      from: '2026-11-24T13:00:00Z',
      to: '2026-11-24T14:30:00Z',
      capacity: 6,
      type: 'room',
      tags: ['display', 'camera'],
      q: 'noether',
      limit: 25,
    });
    expect(search).not.toHaveProperty('durationMinutes');
  });

  it('asks for a length within the day where any time of it will do', async () => {
    const { search } = await found(`${when}&flex=day`);

    expect(search).toMatchObject({ from: '2026-11-23T23:00:00Z', to: '2026-11-24T23:00:00Z', durationMinutes: 60 });
  });

  it('says of each what it is, why it stands there, and until when it is free', async () => {
    const { page } = await found(when, undefined, { id: 'turing', from: 15, to: 17 });
    const text = rowOf(page, 0).textContent.replace(/\s+/g, ' ');

    expect(text).toContain('Best fit: 6 of 8 seats');
    expect(text).toContain('free 08:00–16:00');
    expect(rowOf(page, 1).textContent).not.toContain('Best fit');
  });

  it('books in one act', async () => {
    const { page, asked, settle } = await found(when);

    rowOf(page, 1).querySelector<HTMLElement>('.book')!.click();
    await settle();

    const [sent] = asked('/reservations');
    expect(sent!.request.body).toMatchObject({ resourceId: 'noether', start: '2026-11-24T13:00:00Z', end: '2026-11-24T14:00:00Z' });
    expect(sent!.request.headers.get('Idempotency-Key')).toBeTruthy();
  });

  it('offers the next time where somebody was faster', async () => {
    const { page, asked, settle } = await found(when);

    rowOf(page, 0).querySelector<HTMLElement>('.book')!.click();
    await settle();
    asked('/reservations')[0]!.flush(
      {
        code: 'reservation-conflict',
        conflicts: [
          {
            resourceId: 'turing',
            reason: 'taken',
            busy: { start: '2026-11-24T13:00:00Z', end: '2026-11-24T13:30:00Z' },
            title: null,
            alternatives: [],
          },
        ],
      },
      { status: 409, statusText: 'Conflict' },
    );
    await settle();
    asked('/next-available')[0]!.flush({ slot: { start: '2026-11-24T13:30:00Z', end: '2026-11-24T14:30:00Z' } });
    await settle();

    expect(rowOf(page, 0).textContent).toContain('Just taken — next 14:30');
  });

  it('recolours a slot that others take while one looks, and asks for the next', async () => {
    const { page, asked, settle } = await found(when);
    expect(rowOf(page, 0).querySelector('.book')).not.toBeNull();

    refreshOf(page, 'turing');
    await new Promise((resolve) => setTimeout(resolve, 350));
    for (const it of asked('/availability')) it.flush(daysOf(it, { id: 'turing', from: 13, to: 14 }));
    await settle();
    asked('/next-available')[0]!.flush({ slot: null });
    await settle();

    expect(rowOf(page, 0).querySelector('.book')).toBeNull();
    expect(rowOf(page, 0).textContent).toContain('Just taken');
    expect(rowOf(page, 1).querySelector('.book')).not.toBeNull();
  });

  it('reads a place of the strip and makes it the start with Enter', async () => {
    const { page, settle } = await found(when, undefined, { id: 'turing', from: 15, to: 17 });
    const slider = rowOf(page, 0).querySelector<HTMLElement>('[role=slider]')!;
    expect(slider.getAttribute('aria-valuetext')).toBe('14:00 free until 16:00');

    slider.dispatchEvent(new Event('focus'));
    slider.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight' }));
    await settle();
    expect(slider.getAttribute('aria-valuetext')).toBe('14:15 free until 16:00');
    slider.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    await settle();

    expect(TestBed.inject(Router).url).toContain('start=14:15');
  });

  it('shows nearest times and, when asked, what the rules refuse and why', async () => {
    const { page, settle } = await found(
      when,
      anAnswer({
        otherTimes: [{ resource: aResource('noether'), slots: [{ start: '2026-11-24T14:00:00Z', end: '2026-11-24T15:00:00Z' }] }],
        refused: [{ resource: aResource('hopper'), violations: [{ rule: 'x', limit: '1', given: '2', detail: 'Only by day' }] }],
      }),
    );

    expect(page.querySelector('berth-other-row .acts')!.textContent.trim()).toBe('15:00');
    const hidden = page.querySelector('berth-refused-list')!;
    expect(hidden.textContent).toContain('1 hidden: Only by day');
    expect(hidden.querySelector('li')).toBeNull();
    hidden.querySelector('button')!.click();
    await settle();
    expect(hidden.querySelector('li')!.textContent).toContain('Hopper');
  });

  it('shows in chips what a phrase means while it is typed, and searches with Enter', async () => {
    const { page, asked, settle } = await found(when);
    const box = page.querySelector<HTMLInputElement>('berth-phrase-field input')!;

    box.value = 'desk for 6 with camera, quiet';
    box.dispatchEvent(new Event('input'));
    await settle();

    expect(page.querySelector('berth-query-chips')!.textContent).toContain('6 people');
    expect(page.querySelector('berth-query-chips .new')).not.toBeNull();
    expect(page.querySelector('berth-phrase-field')!.textContent).toContain('“quiet”');
    expect(asked('/availability/search')).toEqual([]);

    box.form!.dispatchEvent(new Event('submit', { cancelable: true }));
    await settle();

    expect(asked('/availability/search')[0]!.request.body).toMatchObject({ type: 'desk', capacity: 6, tags: ['camera'], q: 'quiet' });
    expect(box.value).toBe('quiet');
  });

  it('offers names for words that are no chip, and takes one with the arrows and Enter', async () => {
    const { page, asked, settle } = await found(when);
    const box = page.querySelector<HTMLInputElement>('berth-phrase-field input')!;
    const press = (key: string) => box.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));

    box.value = 'for 6 noet';
    box.dispatchEvent(new Event('input'));
    await new Promise((resolve) => setTimeout(resolve, 200));
    const [suggest] = asked('/search/suggestions');
    expect(suggest!.request.params.get('q')).toBe('noet');
    suggest!.flush({ data: [{ kind: 'resource', value: 'noether', label: 'Noether', place: 'Berlin HQ' }] });
    await settle();
    press('ArrowDown');
    await settle();
    const active = page.querySelector(`#${box.getAttribute('aria-activedescendant')}`);
    expect(active!.textContent).toContain('Noether');
    press('Enter');
    await settle();

    expect(asked('/availability/search')[0]!.request.body).toMatchObject({ capacity: 6, q: 'Noether' });
  });

  it('runs a kept search on the day that is looked at', async () => {
    const { page, asked, settle } = await found(when);
    asked('/search/saved')[0]!.flush({
      data: [{ id: 's', name: 'Workshop', query: { capacity: 12, start: '09:00', tags: ['display'] }, version: 1 }],
    });
    await settle();

    page.querySelector<HTMLElement>('berth-saved-list .run')!.click();
    await settle();

    expect(asked('/availability/search')[0]!.request.body).toMatchObject({ capacity: 12, tags: ['display'], from: '2026-11-24T08:00:00Z' });
  });

  it('lets one wait for a time that somebody else has', async () => {
    const { page, asked, settle } = await found(when, anAnswer({ otherTimes: [{ resource: aResource('noether'), slots: [] }] }), {
      id: 'noether',
      from: 13,
      to: 14,
    });
    const join = [...page.querySelectorAll<HTMLButtonElement>('berth-other-row button')].find((it) =>
      it.textContent.includes('Join waitlist'),
    )!;

    join.click();
    await settle();
    const [sent] = asked('/waitlist');
    expect(sent!.request.body).toEqual({ resourceId: 'noether', start: '2026-11-24T13:00:00Z', end: '2026-11-24T14:00:00Z' });
    sent!.flush({ id: 'w', position: 1 });
    await settle();

    expect(join.textContent).toContain('Waiting');
  });

  it('loosens one constraint at a time where nothing is free, and offers those that help', async () => {
    const { page, asked, settle } = await found(`${when}&people=6&tags=display`, anAnswer());

    for (const it of asked('/availability/search')) {
      const { capacity, tags } = it.request.body as { capacity?: number; tags?: string[] };
      expect([capacity === undefined, tags === undefined].filter(Boolean).length).toBeLessThanOrEqual(1);
      it.flush(anAnswer(tags === undefined ? { data: [aHit('turing'), aHit('noether')] } : {}));
    }
    await settle();

    const offered = [...page.querySelectorAll('berth-nothing-free button')].map((it) => it.textContent.trim());
    expect(offered).toEqual(['2 without display', 'Clear filters']);
  });
});

function refreshOf(page: HTMLElement, id: string): void {
  const { ng } = globalThis as unknown as { ng: { getInjector: (element: Element) => { get: (token: unknown) => FindDays } } };
  ng.getInjector(page).get(FindDays).refresh([id]);
}
