import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting, type TestRequest } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { apiInterceptor, LiveUpdates, type LiveEvent } from '@berth/web/data';
import { provideTranslateLoader, provideTranslateService, type TranslationObject } from '@ngx-translate/core';
import { of } from 'rxjs';
import english from '../../i18n/en.json';
import type { LogEntry } from '../log-entry';
import { anEntry } from '../testing';
import { AuditPage } from './audit-page';

const renamed = anEntry({
  ...{ id: 'renamed', object: { kind: 'sites', id: 'berlin', name: 'Berlin' } },
  changes: [{ field: 'name', before: 'HQ' as never, after: 'Berlin' as never }],
});

const open = (method: string, path: string): TestRequest[] =>
  TestBed.inject(HttpTestingController).match((it) => it.method === method && it.url === `/api/v1${path}`);

async function settled(): Promise<void> {
  for (let i = 0; i < 5; i++) {
    await new Promise((resolve) => setTimeout(resolve));
    TestBed.tick();
  }
}

/** Answers what is asked, until nothing more is. @returns the query of the last page of rows that was asked for */
async function answered(rows: readonly LogEntry[], searchedTo: string | null = null): Promise<string> {
  let asked = '';
  for (let turn = 0; turn < 3; turn++) {
    for (const it of open('GET', '/audit/logs')) {
      asked = it.request.params.toString();
      it.flush({ data: rows, page: { hasMore: searchedTo !== null, nextCursor: searchedTo && 'next' }, searchedTo });
    }
    for (const it of open('GET', '/audit/filters'))
      it.flush({
        ...{ counted: 1, isComplete: true },
        facets: { actor: [{ value: 'a', name: 'Ana', count: 1 }], action: [], object: [], via: [], address: [], outcome: [] },
      });
    for (const it of open('GET', '/audit/views')) it.flush({ data: [{ id: 'v', name: 'Refused', filter: { outcome: 'refused' } }] });
    for (const it of open('GET', '/audit/verify')) it.flush({ intact: true, checked: 12, brokenAt: null, next: null });
    for (const it of open('GET', '/audit/retention')) it.flush({ keepDays: 365, oldest: null, version: 1 });
    for (const it of open('GET', '/audit/logs/renamed'))
      it.flush({ ...renamed, hash: 'ab', previousHash: 'cd', data: { secret: 'raw' }, isRedacted: true });
    await settled();
  }
  return asked;
}

describe('The audit log', () => {
  let tell: (event: LiveEvent) => void = () => undefined;
  beforeEach(() => {
    const live = { watch: (_topic: string, hear: typeof tell) => ((tell = hear), () => undefined) };
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(withInterceptors([apiInterceptor])),
        provideHttpClientTesting(),
        provideRouter([{ path: 'admin/audit', component: AuditPage }]),
        provideTranslateService({
          lang: 'en',
          loader: provideTranslateLoader(() => ({ getTranslation: () => of(english as TranslationObject) })),
        }),
        { provide: LiveUpdates, useValue: live },
      ],
    });
  });

  it('tells rows as sentences, says that the chain holds and how long rows are kept', async () => {
    const page = (await RouterTestingHarness.create('/admin/audit')).routeNativeElement!;
    await answered([renamed, anEntry({ id: 'no', action: 'access.denied', outcome: 'refused', about: { missing: 'site:manage' } })]);

    const text = page.textContent ?? '';
    for (const it of ['Ana changed the site Berlin', 'Ana was refused site:manage', 'Refused', 'Chain intact', 'Kept for 365 days'])
      expect(text).toContain(it);
  });

  it('asks for what the address says, and a kept view is such an address', async () => {
    const harness = await RouterTestingHarness.create('/admin/audit?object=sites&action=site.updated&q=ber');
    expect(await answered([])).toBe('limit=100&action=site.updated&object=sites&q=ber');

    await harness.navigateByUrl('/admin/audit?outcome=refused');
    expect(await answered([])).toBe('limit=100&outcome=refused');
    expect(harness.routeNativeElement!.textContent).toContain('Forget view');
  });

  it('opens a row with what was before and after, as JSON too, and says that texts were taken out', async () => {
    await RouterTestingHarness.create('/admin/audit?selected=renamed');
    await answered([renamed]);

    const panel = document.querySelector('berth-entry-panel')!;
    expect(panel.querySelector('tbody')?.textContent?.replace(/\s+/g, ' ').trim()).toBe('Name HQ Berlin');
    expect(panel.textContent).toContain('Some texts were taken out');
    [...panel.querySelectorAll('button')].find((it) => it.textContent?.trim() === 'As JSON')!.click();
    await settled();
    expect(panel.querySelector('pre')?.textContent).toContain('"secret": "raw"');
  });

  it('says how far back it searched where little fits, and goes on when asked', async () => {
    const page = (await RouterTestingHarness.create('/admin/audit?q=needle')).routeNativeElement!;
    await answered([], '2026-01-02T08:00:00Z');
    expect(page.textContent).toContain('Searched back to 2 Jan 2026');

    [...page.querySelectorAll('button')].find((it) => it.textContent?.includes('Search further back'))!.click();
    await settled();
    expect(await answered([renamed])).toContain('cursor=next');
    expect(page.textContent).toContain('Ana changed the site Berlin');
  });

  it('takes new rows by itself while it is live', async () => {
    const page = (await RouterTestingHarness.create('/admin/audit?live=1')).routeNativeElement!;
    await answered([renamed]);
    tell({ topic: 'audit', type: 'site.created', seq: 99, at: '', data: {} });
    await new Promise((resolve) => setTimeout(resolve, 700));
    await answered([anEntry({ action: 'site.created', sequence: 99 }), renamed]);

    expect(page.textContent).toContain('Ana created the site Berlin');
    expect(TestBed.inject(Router).url).toBe('/admin/audit?live=1');
  });
});
