import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting, type TestRequest } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { LiveUpdates, Session, apiInterceptor, type LiveEvent, type Notification } from '@berth/web/data';
import { Toasts } from '@berth/web/ui';
import { provideTranslateLoader, provideTranslateService } from '@ngx-translate/core';
import { of } from 'rxjs';
import english from '../../i18n/en.json';
import { aNotification } from '../testing';
import { NotificationsPage } from './notifications-page';

const inView: ((entries: readonly Partial<IntersectionObserverEntry>[]) => void)[] = [];
const watchers = new Set<(event: LiveEvent) => void>();
const changed: Notification = aNotification({ id: 'n-2', kind: 'booking-changed', needsAction: false, verbs: ['open'] });

const server = (): HttpTestingController => TestBed.inject(HttpTestingController);
const requested = (method: string, path: string): TestRequest =>
  server().expectOne((it) => it.method === method && it.url === `/api/v1${path}`);
const text = (page: HTMLElement): string => (page.textContent ?? '').replace(/\s+/g, ' ');
const button = (page: HTMLElement, name: string): HTMLButtonElement =>
  [...page.querySelectorAll('button')].find((it) => (it.getAttribute('aria-label') ?? it.textContent ?? '').trim().startsWith(name))!;

async function settled(): Promise<void> {
  for (let i = 0; i < 4; i++) {
    await new Promise((resolve) => setTimeout(resolve));
    TestBed.tick();
  }
}

const answer = (data: readonly Notification[]): void =>
  requested('GET', '/notifications').flush({
    data,
    page: { nextCursor: null, hasMore: false },
    unread: data.filter((it) => it.readAt === null).length,
    needsAction: data.filter((it) => it.needsAction).length,
  });

/** What the screens the verbs belong to read, where the list has such a verb. */
function answerVerbs(waiting: readonly object[] = []): void {
  const empty = { data: [], page: { nextCursor: null, hasMore: false } };
  for (const it of server().match((request) => request.url.endsWith('/approvals/pending')))
    it.flush({ ...empty, data: waiting, total: waiting.length });
  for (const it of server().match((request) => /\/(waitlist|reservations\/my)$/.test(request.url))) it.flush(empty);
}

async function shown(data: readonly Notification[], waiting: readonly object[] = []): Promise<HTMLElement> {
  const harness = await RouterTestingHarness.create('/notifications');
  answer(data);
  await settled();
  answerVerbs(waiting);
  await settled();
  return harness.routeNativeElement!;
}

async function hear(type: string): Promise<void> {
  for (const watcher of watchers) watcher({ topic: 'me', type, seq: 1, at: '2026-11-24T09:00:00Z', data: {} });
  await new Promise((resolve) => setTimeout(resolve, 600));
}

const approval = {
  id: 'a-1',
  version: 3,
  mayRespond: true,
  reservation: { resources: [{ name: 'Turing' }], organizer: { displayName: 'Ana Kaya' } },
};

describe('The notification centre', () => {
  beforeEach(() => {
    inView.length = 0;
    watchers.clear();
    Object.assign(globalThis, {
      IntersectionObserver: class {
        constructor(seen: (typeof inView)[number]) {
          inView.push(seen);
        }
        observe = (): void => undefined;
        disconnect = (): void => undefined;
      },
    });
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(withInterceptors([apiInterceptor])),
        provideHttpClientTesting(),
        provideRouter([{ path: '**', component: NotificationsPage }]),
        provideTranslateService({
          lang: 'en',
          loader: provideTranslateLoader(() => ({
            getTranslation: () => of(english),
          })),
        }),
        { provide: Session, useValue: { may: () => true, user: () => null } },
        {
          provide: LiveUpdates,
          useValue: {
            watch: (topic: string, heard: (event: LiveEvent) => void) => {
              if (topic === 'me') watchers.add(heard);
              return () => watchers.delete(heard);
            },
          },
        },
      ],
    });
  });
  afterEach(() => Reflect.deleteProperty(globalThis, 'IntersectionObserver'));

  it('says that all is done where nothing waits, and leads to the rest', async () => {
    const page = await shown([]);
    expect(text(page)).toContain('All caught up');

    button(page, 'Show everything').click();
    await settled();

    const asked = requested('GET', '/notifications');
    expect(asked.request.params.get('tab')).toBe('all');
    asked.flush({ data: [changed], page: { nextCursor: null, hasMore: false }, unread: 1, needsAction: 0 });
    await settled();
    expect(text(page)).toContain('Ana Kaya changed Project sync');
  });

  it('puts together what is about one thing and keeps before the eyes what waits', async () => {
    const older = aNotification({ id: 'n-3', kind: 'booking-confirmed', needsAction: false });
    const page = await shown([changed, aNotification(), older], [approval]);

    expect(text(page)).toContain('3 updates to Project sync');
    expect(page.querySelectorAll('berth-notification-row')).toHaveLength(2);

    button(page, '1 earlier').click();
    await settled();
    expect(text(page)).toContain('Ana Kaya booked Project sync for you');
  });

  it('approves in place, with the call of the screen of approvals, once it can be taken back no more', async () => {
    const page = await shown([aNotification()], [approval]);

    button(page, 'Approve').click();
    await settled();

    expect(text(page)).toContain('Decided');
    server().expectNone((it) => it.url.endsWith('/respond'));

    TestBed.inject(Toasts).dismiss(TestBed.inject(Toasts).shown()[0]!.id);
    await settled();
    const sent = requested('POST', '/approvals/a-1/respond');
    expect(sent.request.body).toEqual({ decision: 'approve' });
    expect(sent.request.headers.get('If-Match')).toBe('"3"');
  });

  it('offers no verb for what somebody else has decided', async () => {
    const page = await shown([aNotification()], []);

    expect(button(page, 'Approve')).toBeUndefined();
    expect(text(page)).toContain('Decided');
  });

  it('takes as read what was looked at for a second, and keeps unread what somebody wants to find again', async () => {
    const page = await shown([changed]);
    const row = page.querySelector('berth-notification-row')!;

    inView.at(-1)?.([{ target: row, isIntersecting: true }]);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    requested('POST', '/notifications/n-2/read').flush(changed);
    await settled();
    expect(row.classList.contains('unread')).toBe(false);

    row.querySelector('a')!.dispatchEvent(new KeyboardEvent('keydown', { key: 'U', shiftKey: true, bubbles: true }));
    requested('POST', '/notifications/n-2/unread').flush(changed);
    await settled();
    expect(row.classList.contains('unread')).toBe(true);

    inView.at(-1)?.([{ target: row, isIntersecting: true }]);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    server().expectNone((it) => it.url.endsWith('/read'));
  });

  it('moves nothing under somebody who reads, and says how much is new', async () => {
    const page = await shown([changed]);
    page.querySelector('berth-notification-list')!.dispatchEvent(new Event('pointerenter'));

    await hear('notification.created');
    answer([aNotification({ id: 'n-9', groupKey: 'other' }), changed]);
    await settled();

    expect(page.querySelectorAll('berth-notification-row')).toHaveLength(1);
    expect(text(page)).toContain('1 new – update list');
  });

  it('goes through the list with J and K', async () => {
    const page = await shown([changed, aNotification({ id: 'n-5', kind: 'booking-cancelled', groupKey: 'x', needsAction: false })]);
    const [first, second] = page.querySelectorAll<HTMLElement>('.say');
    document.body.append(page);

    first!.focus();
    first!.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }));
    expect(document.activeElement).toBe(second);
    second!.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', bubbles: true }));
    expect(document.activeElement).toBe(first);
  });
});
