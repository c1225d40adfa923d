import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import { apiInterceptor } from './api-interceptor';
import { LiveUpdates, type LiveEvent } from './live-updates';
import { NotificationNews } from './notification-news';
import { Quiet } from './quiet';

let hear: (event: LiveEvent) => void;
const told: unknown[] = [];

const event = (type: string): LiveEvent => ({ topic: 'me', type, seq: 1, at: '2026-11-24T09:00:00Z', data: {} });
const asked = () => TestBed.inject(HttpTestingController).match((it) => it.url === '/api/v1/notifications');

function following(): NotificationNews {
  Object.assign(globalThis, {
    matchMedia: () => ({ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }),
  });
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(withInterceptors([apiInterceptor])),
      provideHttpClientTesting(),
      provideTranslateService({ lang: 'en' }),
      { provide: LiveUpdates, useValue: { watch: (_: string, heard: typeof hear) => ((hear = heard), () => undefined) } },
      { provide: Quiet, useValue: { afterTheScreen: () => () => undefined, asking: () => () => undefined } },
    ],
  });
  told.length = 0;
  const news = TestBed.inject(NotificationNews);
  news.follow((newest) => told.push(newest.id));
  return news;
}

async function answered(readAt: string | null = null): Promise<number> {
  await jest.advanceTimersByTimeAsync(1_000);
  const requests = asked();
  for (const it of requests)
    it.flush({ data: [{ id: 'n-1', readAt }], page: { nextCursor: null, hasMore: false }, unread: 5, needsAction: 2 });
  await jest.advanceTimersByTimeAsync(0);
  return requests.length;
}

describe('News of notifications', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('are counted once, however many events there are, and told once', async () => {
    const news = following();

    hear(event('notification.created'));
    hear(event('notification.created'));
    hear(event('notification.updated'));

    expect(await answered()).toBe(1);
    expect(news.counts()).toEqual({ unread: 5, needsAction: 2 });
    expect(told).toEqual(['n-1']);
  });

  it('are not told where something was only read, or read elsewhere meanwhile', async () => {
    following();

    hear(event('notification.updated'));
    await answered();
    hear(event('notification.created'));
    await answered('2026-11-24T09:00:00Z');

    expect(told).toEqual([]);
  });

  it('have nothing to do with other events of the person', async () => {
    following();

    hear(event('reservation.created'));

    expect(await answered()).toBe(0);
  });
});
