import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { bookingTexts } from '@berth/web/booking/testing';
import { TranslateService } from '@ngx-translate/core';
import { anAdmin, answer, provideAdmin, settled } from '../testing';
import { QuotasPage } from './quotas-page';
import type { QuotaRule } from './quotas-api';

const rule: QuotaRule = {
  ...{ id: 'q-1', name: 'Lab hours', measure: 'time', window: 'week', limit: 600, version: 2 },
  ...{ who: { kind: 'role', id: 'user' }, whoName: 'user', what: { kind: 'type', id: 't-1' }, whatName: 'Laser' },
  ...{ most: { displayName: 'Bo Berg', used: 600 }, using: 3, atLimit: 1 },
};
const page = (data: readonly unknown[]) => ({ data, page: { nextCursor: null } });

async function shown(url: string) {
  Object.assign(globalThis, {
    matchMedia: () => ({ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }),
  });
  TestBed.configureTestingModule({ providers: [...provideAdmin(), provideRouter([{ path: 'admin/quotas', component: QuotasPage }])] });
  const server = anAdmin();
  TestBed.inject(TranslateService).setTranslation('en', bookingTexts, true);
  const harness = await RouterTestingHarness.create();
  await harness.navigateByUrl(url, QuotasPage);
  await answer(server, 'GET', '/quotas/rules', { data: [rule] });
  const element = harness.routeNativeElement!;
  const within = (root: ParentNode, name: string): HTMLButtonElement =>
    [...root.querySelectorAll('button')].find((it) => it.textContent!.includes(name))!;
  return { server, element, within, text: () => element.textContent!.replaceAll(/\s+/g, ' ') };
}

describe('Quotas', () => {
  it('say whose, of what and how much, and who is at the end of it', async () => {
    const { element, text } = await shown('/admin/quotas');

    expect(text()).toContain('Lab hoursMemberLaser10 h a week');
    expect(text()).toContain('Bo Berg: 10 h of 10 h');
    expect(text()).toContain('3 people use it, 1 has used it up');
    expect(element.querySelector('[role=meter]')!.getAttribute('aria-valuenow')).toBe('600');
  });

  it('show who uses one, and end an exception', async () => {
    const { server, element, text, within } = await shown('/admin/quotas?id=q-1');
    const exceptions = [{ accountId: 'p-2', displayName: 'Ana Kaya', limit: null, until: '2026-12-05T00:00:00Z' }];
    const people = [{ accountId: 'p-1', displayName: 'Bo Berg', used: 600, limit: 600 }];
    await answer(server, 'GET', '/quotas/rules/q-1/usage', { ruleVersion: 2, people, exceptions });
    await settled();

    expect(text()).toContain('Ana Kaya Without limit · until');
    within(element, 'End').click();
    const late = { code: 'precondition-failed', title: 'Changed meanwhile', status: 412 };
    await answer(server, 'DELETE', '/quotas/rules/q-1/exceptions/p-2', late, 412);
    await answer(server, 'GET', '/quotas/rules/q-1/usage', { ruleVersion: 3, people, exceptions });
    await settled();
    expect(text()).toContain('Changed meanwhile');

    within(element, 'End').click();
    const ended = await answer(server, 'DELETE', '/quotas/rules/q-1/exceptions/p-2', null, 204);
    await answer(server, 'GET', '/quotas/rules/q-1/usage', { ruleVersion: 4, people, exceptions: [] });
    await settled();
    expect(ended.request.headers.get('If-Match')).toBe('"3"');
    expect(text()).toContain('Nobody is excepted.');
  });

  it('are tried out on last month before they are saved', async () => {
    const { server, element, within } = await shown('/admin/quotas');
    within(element, 'New quota').click();
    await settled();
    await answer(server, 'GET', '/groups', page([]));
    await answer(server, 'GET', '/roles', { data: [] });
    const dialog = document.querySelector<HTMLElement>('.cdk-dialog-container')!;
    const name = dialog.querySelector<HTMLInputElement>('input[name=quota-name]')!;
    name.value = 'Fair share';
    name.dispatchEvent(new Event('input'));
    await settled();
    within(dialog, 'What would it have refused?').click();
    const simulation = { days: 30, looked: 812, refused: 14, people: 3, examples: [] };
    const asked = await answer(server, 'POST', '/quotas/rules/simulate', simulation);
    await settled();

    const everyone = { who: { kind: 'everyone', id: null }, what: { kind: 'everything', id: null } };
    expect(asked.request.body).toEqual({ name: 'Fair share', ...everyone, measure: 'time', window: 'week', limit: 600 });
    expect(dialog.textContent).toContain('Of the bookings made in the last 30 days (812) it would have refused 14; people concerned: 3.');
  });
});
