import { TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { aResource, anAdmin, answer, provideAdmin, settled } from '../testing';
import type { Resource } from '../data/resource';
import { ResourceList } from './resource-list';

async function shown(address: string, resources: readonly Resource[], more: { nextCursor?: string; total?: number } = {}) {
  TestBed.configureTestingModule({ providers: [...provideAdmin(), provideRouter([{ path: 'admin/resources', component: ResourceList }])] });
  const server = anAdmin();
  const harness = await RouterTestingHarness.create();
  const page = await harness.navigateByUrl(address, ResourceList);
  const first = await answer(server, 'GET', '/resources', pageOf(resources, more));
  await settled();
  const element = harness.routeNativeElement!;
  return { server, first, page, element, router: TestBed.inject(Router), text: () => element.textContent!.replaceAll(/\s+/g, ' ') };
}

const pageOf = (data: readonly Resource[], { nextCursor, total }: { nextCursor?: string; total?: number } = {}) => ({
  data,
  page: { nextCursor: nextCursor ?? null, hasMore: nextCursor !== undefined },
  total: total ?? data.length,
});
const params = (call: { request: { params: { toString(): string }; urlWithParams: string } }) =>
  new URL(call.request.urlWithParams, 'http://berth').searchParams;
const button = (element: Element, name: string) => [...element.querySelectorAll('button')].find((it) => it.textContent!.includes(name))!;
const names = (element: Element) => [...element.querySelectorAll('.name a')].map((it) => it.textContent!.trim());

describe('the list of resources', () => {
  it('asks for what the address says', async () => {
    const { first, text } = await shown(
      '/admin/resources?q=lab&status=maintenance&site=s1&floor=f1&tag=video&tag=large&seats=8&sort=-capacity',
      [aResource({ name: 'Turing' })],
    );

    expect(Object.fromEntries(params(first))).toMatchObject({
      q: 'lab',
      status: 'maintenance',
      siteId: 's1',
      floorId: 'f1',
      capacity: '8',
      sort: '-capacity',
      count: 'exact',
    });
    expect(params(first).getAll('tag')).toEqual(['video', 'large']);
    expect(text()).toContain('Turing');
  });

  it('writes the order into the address and asks again', async () => {
    const { server, element, router } = await shown('/admin/resources?q=lab', [aResource()]);

    button(element.querySelector('thead')!, 'Seats').click();
    const call = await answer(server, 'GET', '/resources', pageOf([aResource({ name: 'Hopper' })]));

    expect(router.url).toBe('/admin/resources?q=lab&sort=capacity');
    expect(params(call).get('sort')).toBe('capacity');
    expect(names(element)).toEqual(['Hopper']);
    expect(element.querySelector('th.seats')!.getAttribute('aria-sort')).toBe('ascending');
  });

  it('puts typed words into the address once the typing pauses', async () => {
    const { server, element, router } = await shown('/admin/resources', [aResource()]);

    const search = element.querySelector<HTMLInputElement>('input[type=search]')!;
    search.value = 'turing';
    search.dispatchEvent(new Event('input'));
    const call = await answer(server, 'GET', '/resources', pageOf([aResource({ name: 'Turing' })]));

    expect(router.url).toBe('/admin/resources?q=turing');
    expect(params(call).get('q')).toBe('turing');
  });

  it('goes on where the page before ended', async () => {
    const { server, element } = await shown('/admin/resources', [aResource({ name: 'A' })], { nextCursor: 'c2', total: 2 });

    const call = await answer(server, 'GET', '/resources', pageOf([aResource({ name: 'B' })]));

    expect(params(call).get('cursor')).toBe('c2');
    expect(params(call).has('count')).toBe(false);
    expect(names(element)).toEqual(['A', 'B']);
  });

  it('offers to take filters away when nothing matches', async () => {
    const { element, router, text } = await shown('/admin/resources?q=zzz&type=t1', []);
    expect(text()).toContain('Nothing matches');

    button(element.querySelector('berth-empty-state')!, 'Clear filters').click();
    await settled();

    expect(router.url).toBe('/admin/resources');
  });

  it('shows why the list could not be had and asks again on retry', async () => {
    const { server, element, text } = await shown('/admin/resources', [aResource()]);
    button(element.querySelector('thead')!, 'Seats').click();
    await answer(server, 'GET', '/resources', { code: 'unavailable', title: 'no', requestId: 'req-7' }, 503);
    expect(text()).toContain('req-7');

    element.querySelector<HTMLButtonElement>('berth-error-panel > .btn')!.click();
    await answer(server, 'GET', '/resources', pageOf([aResource({ name: 'Back' })]));

    expect(names(element)).toEqual(['Back']);
  });

  it('moves through the rows by keys and ticks them', async () => {
    const { element } = await shown('/admin/resources', [aResource({ name: 'A' }), aResource({ name: 'B' })]);
    document.body.append(element);

    for (const key of ['j', 'j', 'x']) {
      (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      await settled();
    }

    expect(document.activeElement!.textContent!.trim()).toBe('B');
    expect(element.querySelector('berth-bulk-bar')!.textContent).toContain('1 selected');
  });
});

describe('a resource beside the list', () => {
  beforeEach(() => {
    globalThis.matchMedia = (query: string) =>
      ({ matches: query.includes('min-width'), addEventListener: () => undefined, removeEventListener: () => undefined }) as never;
  });
  afterEach(() => {
    Reflect.deleteProperty(globalThis, 'matchMedia');
  });

  async function opened(resource: Resource) {
    const list = await shown(`/admin/resources?selected=${resource.id}`, [resource]);
    await answer(list.server, 'GET', `/resources/${resource.id}`, resource);
    return { ...list, panel: list.element.querySelector('berth-resource-panel')! };
  }

  const type = async (panel: Element, selector: string, text: string) => {
    const field = panel.querySelector<HTMLInputElement>(selector)!;
    field.value = text;
    field.dispatchEvent(new Event('input'));
    await settled();
  };

  it('sends what has changed with the version it was changed on', async () => {
    const turing = aResource({ name: 'Turing', version: 7 });
    const { server, panel, element } = await opened(turing);

    await type(panel, 'input[name=name]', 'Turing 2');
    expect(panel.querySelector('berth-save-bar')!.textContent).toContain('Name');
    button(panel, 'Save').click();
    const call = await answer(server, 'PATCH', `/resources/${turing.id}`, { ...turing, name: 'Turing 2', version: 8 });

    expect(call.request.headers.get('If-Match')).toBe('"7"');
    expect(call.request.body).toEqual({ name: 'Turing 2' });
    expect(panel.querySelector('berth-save-bar')).toBeNull();
    expect(names(element)).toEqual(['Turing 2']);
  });

  it('joins its changes with those of somebody who was faster', async () => {
    const turing = aResource({ name: 'Turing', capacity: 8, version: 7 });
    const { server, panel } = await opened(turing);
    await type(panel, 'input[name=name]', 'Turing 2');

    button(panel, 'Save').click();
    await answer(
      server,
      'PATCH',
      `/resources/${turing.id}`,
      { code: 'precondition-failed', current: { ...turing, capacity: 12, version: 8 } },
      412,
    );
    await waitFor(() => document.querySelector('berth-merge-dialog') !== null);
    button(document.querySelector('berth-merge-dialog')!, 'Save the result').click();
    const second = await answer(server, 'PATCH', `/resources/${turing.id}`, { ...turing, name: 'Turing 2', capacity: 12, version: 9 });

    expect(second.request.headers.get('If-Match')).toBe('"8"');
    expect(second.request.body).toEqual({ name: 'Turing 2' });
  });

  it('shows the field the server refuses and keeps what was typed', async () => {
    const { server, panel } = await opened(aResource({ id: 'r-x' }));
    await type(panel, 'input[name=name]', 'Taken');

    button(panel, 'Save').click();
    await answer(
      server,
      'PATCH',
      '/resources/r-x',
      { code: 'validation-failed', errors: [{ pointer: '/name', code: 'own-code', detail: 'This name is taken.' }] },
      400,
    );

    expect(panel.querySelector('berth-field .error')!.textContent).toContain('This name is taken.');
    expect(panel.querySelector<HTMLInputElement>('input[name=name]')!.value).toBe('Taken');
  });

  it('sets a rule here and gives another one up', async () => {
    const resource = aResource({
      policy: { maxDuration: 'PT4H' },
      rules: {
        minDuration: { value: 'PT15M', source: { level: 'default' } },
        maxDuration: { value: 'PT4H', source: { level: 'resource' } },
        slotStep: { value: 'PT15M', source: { level: 'type', name: 'Room' } },
      },
    });
    const { server, panel } = await opened(resource);
    panel.querySelector<HTMLButtonElement>('#resource-tab-rules')!.click();
    await settled();
    const rows = () => [...panel.querySelectorAll('berth-rules-tab li')];
    expect(rows()[2]!.textContent).toContain('Set on Room');

    button(rows()[0]!, 'Set here').click();
    button(rows()[1]!, 'Use inherited').click();
    await settled();
    button(panel, 'Save').click();
    const call = await answer(server, 'PATCH', `/resources/${resource.id}`, resource);

    expect(call.request.body).toEqual({ policy: { minDuration: 'PT15M', maxDuration: null } });
  });

  it('shows the bookings in the way and what a choice would do to them before it archives', async () => {
    const { server, panel } = await opened(aResource({ id: 'r-y', name: 'Turing' }));
    panel.querySelector<HTMLButtonElement>('#resource-tab-status')!.click();
    await settled();

    button(panel, 'Archive').click();
    const body = {
      code: 'resource-has-reservations',
      reservations: [{ id: 'v1', start: '2026-11-25T09:00:00Z', end: '2026-11-25T10:00:00Z' }],
      total: 3,
    };
    await answer(server, 'POST', '/resources/r-y/status', body, 409);
    expect(panel.querySelector('.way')!.textContent).toContain('3 bookings are in the way');
    expect(panel.querySelector('.way')!.textContent).toContain('10:00–11:00');

    const affected = (outcome: string, movedTo: object | null = null) => ({
      ...aResource({ id: 'r-y' }),
      affected: {
        total: 3,
        reservations: [{ ...body.reservations[0], title: null, organizer: { id: 'u', displayName: 'Grace' }, outcome, movedTo }],
      },
    });
    await answer(server, 'POST', '/resources/r-y/status', affected('kept'));
    expect(panel.querySelector('.way')!.textContent).toContain('Grace');
    panel.querySelector<HTMLInputElement>('input[value=move]')!.click();
    await answer(server, 'POST', '/resources/r-y/status', affected('moved', { id: 'x', name: 'Noether' }));
    expect(panel.querySelector('.way')!.textContent).toContain('to Noether');

    button(panel, 'Do it').click();
    const call = await answer(server, 'POST', '/resources/r-y/status', aResource({ id: 'r-y', status: 'archived' }));

    expect(call.request.body).toMatchObject({ status: 'archived', reservations: 'move' });
    expect(panel.textContent).toContain('Archived');
  });

  const hours = {
    days: [{ weekday: 1, intervals: [{ opens: '08:00', closes: '18:00' }] }],
    exceptions: [],
    timeZone: 'Europe/Berlin',
    source: { level: 'site', id: 's', name: 'Berlin HQ' },
    settingsVersion: 1,
  };
  const late = { code: 'precondition-failed', title: 'Changed meanwhile', status: 412 };

  async function typed() {
    const resource = aResource();
    const { server, panel } = await opened(resource);
    const path = `/resources/${resource.id}/business-hours`;
    panel.querySelector<HTMLButtonElement>('#resource-tab-hours')!.click();
    await answer(server, 'GET', path, hours);
    expect(panel.textContent).toContain('Set on Berlin HQ');

    button(panel, 'Override').click();
    await settled();
    const line = panel.querySelector<HTMLInputElement>('.line')!;
    line.value = 'Mon–Fri 7–19';
    line.dispatchEvent(new Event('change'));
    await settled();
    button(panel, 'Save').click();
    return { server, panel, path };
  }

  it('puts hours on what was read where only something else of the resource was changed meanwhile', async () => {
    const { server, path } = await typed();
    await answer(server, 'PUT', path, late, 412);
    await answer(server, 'GET', path, { ...hours, settingsVersion: 6 });

    const call = await answer(server, 'PUT', path, { ...hours, source: { level: 'resource' }, settingsVersion: 7 });
    expect(call.request.headers.get('If-Match')).toBe('"6"');
  });

  it('says so where somebody else set hours meanwhile, and puts them when they are saved again', async () => {
    const { server, panel, path } = await typed();
    await answer(server, 'PUT', path, late, 412);
    const theirs = { ...hours, source: { level: 'resource' as const }, settingsVersion: 2 };
    await answer(server, 'GET', path, theirs);
    await settled();
    expect(panel.textContent).toContain('Changed meanwhile');
    expect(panel.querySelector<HTMLInputElement>('.line')!.value).toContain('7');

    button(panel, 'Save').click();
    const call = await answer(server, 'PUT', path, { ...theirs, settingsVersion: 3 });
    expect(call.request.headers.get('If-Match')).toBe('"2"');
  });

  it('reads hours as they are typed and puts them', async () => {
    const { server, path } = await typed();
    const call = await answer(server, 'PUT', path, { ...hours, source: { level: 'resource' }, settingsVersion: 2 });

    expect(call.request.headers.get('If-Match')).toBe('"1"');
    expect(call.request.body).toEqual({
      days: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, intervals: [{ opens: '07:00', closes: '19:00' }] })),
      exceptions: [],
    });
  });
});

async function waitFor(holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 100 && !holds(); turn++) await settled();
  expect(holds()).toBe(true);
}
