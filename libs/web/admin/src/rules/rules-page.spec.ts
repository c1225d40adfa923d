import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { anAdmin, answer, provideAdmin, settled } from '../testing';
import { RulesPage } from './rules-page';

const organization = { id: 'o', name: 'Acme', policy: { horizon: 'P30D' }, rules: {}, version: 7 };
const room = { id: 't-room', name: 'Room', policy: { maxDuration: 'PT4H' }, version: 2 };
const nothing = { data: [], page: { nextCursor: null, hasMore: false }, total: 0 };

async function shown(address: string, layers: readonly (readonly [string, object])[]) {
  TestBed.configureTestingModule({ providers: [...provideAdmin(), provideRouter([{ path: 'admin/rules', component: RulesPage }])] });
  const server = anAdmin();
  const harness = await RouterTestingHarness.create();
  await harness.navigateByUrl(address, RulesPage);
  for (const [path, layer] of layers) await answer(server, 'GET', path, layer);
  await answer(server, 'GET', '/resources', nothing);
  await settled();
  const element = harness.routeNativeElement!;
  const rule = (name: string) =>
    [...element.querySelectorAll('berth-rule-list > ul > li')].find((it) => it.querySelector('h3')!.textContent === name)!;
  return {
    server,
    element,
    rule,
    press: (within: Element, name: string) => [...within.querySelectorAll('button')].find((it) => it.textContent!.includes(name))!.click(),
  };
}

/** Takes the entry that begins so from the select within. */
async function chosen(within: Element, words: string): Promise<void> {
  within.querySelector<HTMLButtonElement>('berth-select button')!.click();
  await settled();
  [...document.querySelectorAll<HTMLElement>('[role=option]')].find((it) => it.textContent!.trim().startsWith(words))!.click();
  await settled();
}

// A loaded machine takes its time to draw a whole page in jsdom.
jest.setTimeout(60_000);

describe('the rules of a layer', () => {
  it('say what is inherited and what is set here', async () => {
    const { rule } = await shown('/admin/rules?of=type:t-room', [
      ['/policy', organization],
      ['/resource-types/t-room', room],
    ]);

    expect(rule('How far ahead').textContent).toContain('Set for Acme');
    expect(rule('Longest booking').textContent).toContain('Set here');
    expect(rule('Step').textContent).toContain('Set by default');
  });

  it('are saved as what has changed, on the version that was read', async () => {
    const { server, element, rule, press } = await shown('/admin/rules', [['/policy', organization]]);

    press(rule('Bookings at one time'), 'Set here');
    await settled();
    await chosen(rule('Bookings at one time'), 'At most');
    press(rule('How far ahead'), 'Use inherited');
    await settled();
    press(element, 'Save');

    const call = await answer(server, 'PATCH', '/policy', { ...organization, policy: { maxConcurrentPerPerson: 1 }, version: 8 });
    expect(call.request.headers.get('If-Match')).toBe('"7"');
    expect(call.request.body).toEqual({ policy: { maxConcurrentPerPerson: 1, horizon: null } });
    expect(rule('Bookings at one time').textContent).toContain('At most 1 a person');
  });

  it('show a refusal beside the rule it is about', async () => {
    const { server, element, rule, press } = await shown('/admin/rules', [['/policy', organization]]);
    press(rule('Approval'), 'Set here');
    await settled();
    await chosen(rule('Approval'), 'Some');

    press(element, 'Save');
    const errors = [{ pointer: '/policy/approval/requiredFor', code: 'inconsistent', detail: 'Say what asks for approval.' }];
    await answer(server, 'PATCH', '/policy', { code: 'validation-failed', title: 'Not valid', errors }, 400);

    expect(rule('Approval').querySelector('.error')!.textContent).toBe('Say what asks for approval.');
    expect(rule('Step').querySelector('.error')).toBeNull();
  });
});
