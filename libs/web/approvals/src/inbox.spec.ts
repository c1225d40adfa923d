import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import type { Reservation } from '@berth/web/booking';
import { apiInterceptor } from '@berth/web/data';
import { Toasts } from '@berth/web/ui';
import { provideTranslateLoader, provideTranslateService, type TranslationObject } from '@ngx-translate/core';
import { of } from 'rxjs';
import english from '../i18n/en.json';
import type { Approval } from './approvals-api';
import { Inbox } from './inbox';

const reservation = { organizer: { id: 'u', displayName: 'Ana Kaya' }, resources: [{ name: 'Turing' }] } as unknown as Reservation;
const request = (id: string): Approval => ({ id, version: 3, mayRespond: true, reservation }) as Approval;

describe('The inbox', () => {
  let server: HttpTestingController;
  let inbox: Inbox;
  let toasts: Toasts;

  const flushed = async (): Promise<void> => {
    for (let i = 0; i < 6; i++) await Promise.resolve();
  };
  const answerList = async (...ids: string[]): Promise<void> => {
    for (const it of server.match((r) => r.url === '/api/v1/approvals/pending' && r.method === 'GET'))
      it.flush({ data: ids.map(request), page: { nextCursor: null, hasMore: false }, total: ids.length });
    await flushed();
  };
  const messageGone = (): void => {
    for (const { id } of toasts.shown()) toasts.dismiss(id);
    TestBed.tick();
  };
  const responses = () => server.match((it) => it.url.endsWith('/respond'));

  beforeEach(async () => {
    TestBed.configureTestingModule({
      providers: [
        Inbox,
        provideHttpClient(withInterceptors([apiInterceptor])),
        provideHttpClientTesting(),
        provideTranslateService({
          lang: 'en',
          loader: provideTranslateLoader(() => ({ getTranslation: () => of(english as TranslationObject) })),
        }),
      ],
    });
    server = TestBed.inject(HttpTestingController);
    toasts = TestBed.inject(Toasts);
    inbox = TestBed.inject(Inbox);
    await answerList('a', 'b', 'c');
  });

  it('takes a decision off the list at once and sends it when it can no longer be taken back, for the version that was seen', () => {
    inbox.decide([inbox.waiting()[0]!], { decision: 'approve' });

    expect(inbox.waiting().map((it) => it.id)).toEqual(['b', 'c']);
    TestBed.tick();
    expect(responses()).toEqual([]);
    messageGone();
    const [sent, ...more] = responses();
    expect(more).toEqual([]);
    expect([sent?.request.url, sent?.request.body, sent?.request.headers.get('If-Match')]).toEqual([
      '/api/v1/approvals/a/respond',
      { decision: 'approve' },
      '"3"',
    ]);
  });

  it('sends nothing of what is taken back', () => {
    inbox.decide(inbox.waiting().slice(0, 2), { decision: 'reject', message: 'No' });
    toasts.undoLatest();
    messageGone();

    expect(responses()).toEqual([]);
    expect(inbox.waiting().map((it) => it.id)).toEqual(['a', 'b', 'c']);
  });

  it('offers no Undo for what is sent', () => {
    inbox.decide([inbox.waiting()[0]!], { decision: 'approve' });
    TestBed.resetTestingModule();

    expect(toasts.shown()).toEqual([]);
  });

  it('sends what is decided when the tab closes', () => {
    const fetched = jest.fn(() => Promise.resolve({}));
    Object.assign(globalThis, { fetch: fetched });
    inbox.decide([inbox.waiting()[1]!], { decision: 'approve' });
    window.dispatchEvent(new Event('pagehide'));

    expect(fetched).toHaveBeenCalledWith(
      '/api/v1/approvals/b/respond',
      expect.objectContaining({ keepalive: true, body: '{"decision":"approve"}' }),
    );
  });
});
