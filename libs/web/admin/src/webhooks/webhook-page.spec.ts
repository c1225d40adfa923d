import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { LiveUpdates, Session } from '@berth/web/data';
import { Keys } from '@berth/web/ui';
import { anAdmin, answer, provideAdmin, settled } from '../testing';
import { NewWebhookPage } from './new-webhook-page';
import { WebhookPage } from './webhook-page';
import { aDelivery, aWebhook } from './webhooks-testing';
import { WebhooksPage } from './webhooks-page';

const events = [
  { type: 'reservation.created', group: 'reservation', description: 'Somebody booked', sample: { type: 'reservation.created' } },
  { type: 'reservation.moved', group: 'reservation', description: 'Moved', sample: {} },
];
const attempt = {
  at: '2026-11-22T06:00:01Z',
  durationMs: 87,
  status: 500,
  failure: { reason: 'answered', detail: 'The receiver answered 500.' },
  requestHeaders: { 'webhook-id': 'e-1', 'webhook-signature': 'v1,abc' },
  requestBody: '{"type":"reservation.created"}',
  answer: 'database is locked',
};
const page = (data: readonly unknown[]) => ({ data, page: { nextCursor: null } });

async function visited(url: string) {
  Object.assign(globalThis, {
    matchMedia: () => ({ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }),
  });
  const routes = [
    { path: 'admin/webhooks', component: WebhooksPage },
    { path: 'admin/webhooks/new', component: NewWebhookPage },
    { path: 'admin/webhooks/:id', component: WebhookPage },
  ];
  const hearers = new Map<string, Set<() => void>>();
  const live = {
    watch: (topic: string, _: unknown, missed: () => void) => {
      hearers.set(topic, (hearers.get(topic) ?? new Set()).add(missed));
      return () => hearers.get(topic)?.delete(missed);
    },
  };
  TestBed.configureTestingModule({ providers: [...provideAdmin(), provideRouter(routes), { provide: LiveUpdates, useValue: live }] });
  const server = anAdmin();
  const permissions = ['webhook:manage'];
  const loading = TestBed.inject(Session).load();
  const user = { id: 'ana', permissions, everywhere: permissions, places: [], organization: { id: 'o' }, preferences: { language: 'en' } };
  await answer(server, 'GET', '/users/me', user);
  await loading;
  const harness = await RouterTestingHarness.create();
  await harness.navigateByUrl(url);
  await settled();
  const element = harness.routeNativeElement!;
  const text = (): string => element.textContent!.replaceAll(/\s+/g, ' ');
  const press = async (combo: string): Promise<void> => {
    TestBed.inject(Keys)
      .shortcuts()
      .find((it) => it.combo === combo)!
      .run();
    await settled();
  };
  return {
    server,
    element,
    text,
    press,
    somethingHappensTo: (id: string): void => hearers.get(`webhook:${id}`)?.forEach((it) => it()),
    button: (name: string) => [...element.querySelectorAll('button')].find((it) => it.textContent!.includes(name))!,
  };
}

describe('Webhooks', () => {
  it('stand in a list with what does not work first, opened on what did not arrive', async () => {
    const { server, element, text } = await visited('/admin/webhooks');
    const bad = { delivered: 1, failed: 9, successRate: 0.1, p95Ms: 15_000 };
    const failing = aWebhook({ id: 'w-2', name: 'Zeppelin', health: { day: bad, week: bad }, lastDelivery: null });
    await answer(server, 'GET', '/webhooks', page([aWebhook(), failing]));
    await settled();

    const links = [...element.querySelectorAll<HTMLAnchorElement>('th a')];
    expect(links.map((it) => [it.textContent, it.getAttribute('href')])).toEqual([
      ['Zeppelin', '/admin/webhooks/w-2?show=problems'],
      ['Door controller', '/admin/webhooks/w-1'],
    ]);
    expect(text()).toContain('FailingBookingsEverywhere');
    expect(text()).toContain('10% · 10%');
    expect(text()).toContain('15 sec');
  });

  it('that failed are found, understood and sent again with keys alone', async () => {
    const { server, text, press } = await visited('/admin/webhooks/w-1?show=problems');
    await answer(server, 'GET', '/webhooks/w-1', aWebhook());
    await answer(server, 'GET', '/webhooks/events', { data: events });
    const listed = await answer(server, 'GET', '/webhooks/w-1/deliveries', page([aDelivery(), aDelivery({ id: 'd-2' })]));
    await settled();
    expect(listed.request.params.get('state')).toBe('failed,exhausted');

    await press('j');
    await answer(server, 'GET', '/webhooks/w-1/deliveries/d-1', { ...aDelivery(), attemptLog: [attempt, attempt] });
    await settled();
    expect(document.activeElement?.id).toBe('delivery-heading');
    expect(text()).toContain('It answered 500');
    expect(text()).toContain('database is locked');
    expect(text()).toContain('webhook-signature: v1,abc');

    await press('r');
    await answer(server, 'POST', '/webhooks/w-1/deliveries/d-1/replay', { id: 'd-3' }, 202);
    await settled();
    expect(TestBed.inject(Router).url).toContain('delivery=d-3');
    const replay = aDelivery({ id: 'd-3', state: 'delivered', isReplay: true, deliveredAt: '2026-11-22T06:40:00Z' });
    const arrived = { ...attempt, status: 204, failure: null, answer: null };
    await answer(server, 'GET', '/webhooks/w-1/deliveries/d-3', { ...replay, attemptLog: [arrived] });
    await settled();
    expect(text()).toContain('Arrived: 204');
  });

  it('show what is sent while somebody looks on, in the list and in the delivery that is open', async () => {
    const { server, element, text, somethingHappensTo } = await visited('/admin/webhooks/w-1?delivery=d-1');
    await answer(server, 'GET', '/webhooks/w-1', aWebhook());
    await answer(server, 'GET', '/webhooks/events', { data: events });
    const older = aDelivery({ id: 'd-0', state: 'delivered' });
    await answer(server, 'GET', '/webhooks/w-1/deliveries', page([aDelivery({ state: 'pending', attempts: 0 }), older]));
    await answer(server, 'GET', '/webhooks/w-1/deliveries/d-1', { ...aDelivery({ state: 'pending', attempts: 0 }), attemptLog: [] });
    await settled();
    const rows = () => [...element.querySelectorAll('[data-delivery]')].map((it) => it.getAttribute('data-delivery'));
    const focused = element.querySelector<HTMLElement>('[data-delivery=d-1]')!;
    focused.focus();

    somethingHappensTo('w-1');
    await answer(server, 'GET', '/webhooks/w-1/deliveries', page([aDelivery({ id: 'd-2' }), aDelivery(), older]));
    await answer(server, 'GET', '/webhooks/w-1/deliveries/d-1', { ...aDelivery(), attemptLog: [attempt] });
    await settled();

    expect(rows()).toEqual(['d-2', 'd-1', 'd-0']);
    expect(document.activeElement).toBe(focused);
    expect(text()).toContain('It answered 500');
  });

  it('say why they are disabled, and show the test that did not arrive', async () => {
    const { server, text, button } = await visited('/admin/webhooks/w-1?tab=keys');
    await answer(server, 'GET', '/webhooks/w-1', aWebhook({ state: 'disabled', disabledReason: 'gone' }));
    await settled();
    expect(text()).toContain('The receiver answered 410: it wants no more.');

    button('Test and enable').click();
    const request = { url: 'https://doors.example/berth', headers: {}, body: '{}' };
    const test = {
      request,
      outcome: 'failed',
      status: null,
      durationMs: 20,
      answer: null,
      failure: { reason: 'unreachable', detail: 'ECONNREFUSED' },
    };
    await answer(server, 'POST', '/webhooks/w-1/enable', { code: 'webhook-test-failed', status: 409, test }, 409);
    await settled();

    const dialog = document.querySelector('.cdk-overlay-container')!.textContent!;
    expect(dialog).toContain('The server cannot be reached');
    expect(dialog).toContain('ECONNREFUSED');
  });

  it('show beside the address why the server refuses it, and the secret once it takes it', async () => {
    const { server, element, text, button } = await visited('/admin/webhooks/new');
    await answer(server, 'GET', '/webhooks/events', { data: events });
    await settled();
    const type = (name: string, value: string): void => {
      const field = element.querySelector<HTMLInputElement>(`input[name=${name}]`)!;
      field.value = value;
      field.dispatchEvent(new Event('input'));
    };
    type('webhook-name', 'Doors');
    type('webhook-url', 'https://127.0.0.1/');
    element.querySelector<HTMLInputElement>('.all input')!.click();
    await settled();
    button('Create').click();
    const errors = [{ pointer: '/url', code: 'address-refused', detail: '127.0.0.1 is not in the public internet' }];
    const refused = await answer(server, 'POST', '/webhooks', { code: 'validation-failed', status: 422, errors }, 422);
    await settled();

    expect(refused.request.body).toMatchObject({
      name: 'Doors',
      events: ['*'],
      scope: { kind: 'all', ids: [], descendants: false },
      payload: 'thin',
    });
    expect(element.querySelector('[aria-invalid=true]')!.getAttribute('name')).toBe('webhook-url');
    expect(text()).toContain('Nothing is sent to this address (127.0.0.1 is not in the public internet)');

    type('webhook-url', 'https://doors.example/berth');
    await settled();
    button('Create').click();
    await answer(server, 'POST', '/webhooks', { ...aWebhook(), secret: 'whsec_c2VjcmV0' }, 201);
    await settled();
    expect(document.querySelector('.cdk-overlay-container')!.textContent).toContain('whsec_c2VjcmV0');
  });
});
