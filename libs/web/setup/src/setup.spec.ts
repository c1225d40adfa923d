import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { apiInterceptor, openSocket } from '@berth/web/data';
import { provideTranslateLoader, provideTranslateService } from '@ngx-translate/core';
import { of } from 'rxjs';
import english from '../i18n/en.json';
import { setupRoutes } from './setup.routes';

const storageKey = 'berth.setup';
const answers = {
  setupToken: 'token',
  displayName: 'Ana Kaya',
  email: 'ana@acme.example',
  username: 'ana',
  organization: 'Acme',
  timeZone: 'Europe/Berlin',
};
const health = {
  checkedAt: '2026-11-21T20:00:00Z',
  runtime: { node: 'v24', platform: 'linux x64' },
  findings: [
    { part: 'live', state: 'ok', code: 'live-delivers', facts: {} },
    { part: 'mail', state: 'unused', code: 'mail-not-set-up', facts: {} },
  ],
};
let page: HTMLElement;
let server: HttpTestingController;

/** Waits until something is so; says what it waited for when it never is. */
async function until<T>(what: () => T | null | undefined | false): Promise<T> {
  for (;;) {
    TestBed.tick();
    const found = what();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** The wizard as a page that was just loaded finds it. */
async function load(kept: object = {}): Promise<void> {
  sessionStorage.setItem(storageKey, JSON.stringify(kept));
  const socket = { readyState: 0, send: () => undefined, close: () => undefined } as unknown as WebSocket;
  Object.assign(globalThis, {
    matchMedia: () => ({ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }),
  });
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(withInterceptors([apiInterceptor])),
      provideHttpClientTesting(),
      provideRouter([
        { path: 'setup', children: setupRoutes },
        { path: 'timeline', children: [] },
      ]),
      provideTranslateService({
        lang: 'en',
        loader: provideTranslateLoader(() => ({ getTranslation: () => of(english) })),
      }),
      {
        provide: openSocket,
        useValue: () => {
          setTimeout(() => socket.onmessage?.({ data: '{"type":"welcome","seq":1,"heartbeatSeconds":25}' } as MessageEvent<string>));
          return socket;
        },
      },
    ],
  });
  server = TestBed.inject(HttpTestingController);
  const harness = await RouterTestingHarness.create('/setup');
  page = harness.fixture.nativeElement as HTMLElement;
  document.body.append(page);
  await until(() => heading() !== '');
}
const heading = (): string => page.querySelector('h1')?.textContent?.trim() ?? '';
const place = (): string => page.querySelector('.question small')?.textContent?.trim() ?? '';
const submit = (): boolean => page.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }));
const altLeft = (): boolean =>
  document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', altKey: true, bubbles: true, cancelable: true }));
const kept = (): Record<string, unknown> | null =>
  JSON.parse(sessionStorage.getItem(storageKey) ?? 'null') as Record<string, unknown> | null;

describe('The set-up wizard', () => {
  afterEach(() => {
    page.remove();
    sessionStorage.clear();
    document.querySelector('.cdk-live-announcer-element')?.remove();
  });

  it('goes on after a reload where it was, with what was answered', async () => {
    await load({ ...answers, step: 'organization' });

    expect([place(), heading()]).toEqual(['Step 2 of 7', 'Your organisation']);
    expect(page.querySelector<HTMLInputElement>('input[name=organization]')!.value).toBe('Acme');
  });

  it('keeps each step as it is left, and never the password', async () => {
    await load({ ...answers, step: 'account' });
    const password = page.querySelector<HTMLInputElement>('input[autocomplete=new-password]')!;
    password.value = 'correct horse battery';
    password.dispatchEvent(new Event('input'));
    submit();
    (await until(() => server.match('/api/v1/setup/unlock')[0])).flush(null);

    await until(() => place() === 'Step 2 of 7' && kept()?.['step'] === 'organization');

    expect(kept()).toMatchObject({ username: 'ana', setupToken: 'token' });
    expect(sessionStorage.getItem(storageKey)).not.toContain('horse');
  });

  it('moves the focus to the heading of a new step and says where it stands', async () => {
    await load({ ...answers, step: 'organization' });

    submit();

    await until(() => heading() === 'What will you share?' && document.activeElement === page.querySelector('h1'));
    await until(() => document.querySelector('.cdk-live-announcer-element')?.textContent === 'Step 3 of 7');
  });

  it('goes back with Alt and the left arrow, but not past the first step', async () => {
    await load({ ...answers, step: 'share' });

    expect(altLeft()).toBe(false);
    await until(() => place() === 'Step 2 of 7' && document.activeElement === page.querySelector('h1'));
    altLeft();
    await until(() => place() === 'Step 1 of 7');

    // The browser keeps its own meaning of the keys here.
    expect(altLeft()).toBe(true);
    expect(place()).toBe('Step 1 of 7');
  });

  it('ends with a look at what Berth runs on, forgets what it was told, and opens the door', async () => {
    await load({ ...answers, step: 'review', startData: 'blank' });
    const password = page.querySelector<HTMLInputElement>('input[autocomplete=new-password]')!;
    password.value = 'correct horse battery';
    password.dispatchEvent(new Event('input'));
    TestBed.tick();
    submit();
    (await until(() => server.match('/api/v1/setup/initialize')[0])).flush({});
    (await until(() => server.match('/api/v1/auth/sessions')[0])).flush({});
    const me = { id: 'ana', permissions: ['system:read'], organization: { id: 'o' }, preferences: { language: 'en' } };
    (await until(() => server.match('/api/v1/users/me')[0])).flush(me);
    (await until(() => server.match('/api/v1/system/health')[0])).flush(health);

    await until(() => page.querySelector('berth-health-panel'));

    expect([place(), heading()]).toEqual(['Step 7 of 7', 'Does everything work?']);
    expect(page.querySelectorAll('berth-health-panel li')).toHaveLength(2);
    expect(kept()).toBeNull();
    altLeft();
    expect(place()).toBe('Step 7 of 7');
    submit();
    await until(() => page.querySelector('berth-setup') === null);
  });
});
