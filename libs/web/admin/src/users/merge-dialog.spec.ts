import { TestBed } from '@angular/core/testing';
import { Dialogs } from '@berth/web/ui';
import { anAdmin, answer, provideAdmin, settled } from '../testing';
import { MergeDialog } from './merge-dialog';

const person = { id: 'p-1', username: 'bo2', displayName: 'Bo Berg', email: 'bo2@acme.example' };
const stays = { id: 'p-2', displayName: 'Bo Berg', email: 'bo@acme.example' };
const merge = {
  into: { id: 'p-2', displayName: 'Bo Berg' },
  role: { before: 'user', after: 'admin' },
  wasSuspended: false,
  moves: { reservations: 12, groups: 2, approvalSteps: 1, policies: 1, notifications: 40, series: 0 },
  same: { favourites: 3 },
  ends: { sessions: 2, trustedDevices: 1, recoveryCodes: 10 },
};

async function opened(preview = merge) {
  Object.assign(globalThis, {
    matchMedia: () => ({ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }),
  });
  TestBed.configureTestingModule({ providers: provideAdmin() });
  const server = anAdmin();
  const ref = TestBed.inject(Dialogs).open<unknown, unknown, MergeDialog>(MergeDialog, { data: person });
  const pane = (): HTMLElement => document.querySelector('.cdk-dialog-container')!;
  const button = (text: string) => [...pane().querySelectorAll('button')].find((it) => it.textContent!.trim() === text)!;
  await settled();
  await answer(server, 'GET', '/users', { data: [stays, person], page: { nextCursor: null } });
  const box = pane().querySelector<HTMLInputElement>('input[role=combobox]')!;
  box.focus();
  box.dispatchEvent(new Event('input'));
  await settled();
  return { server, ref, pane, button, box, preview, text: () => pane().textContent!.replaceAll(/\s+/g, ' ') };
}

describe('Merging two accounts of one person', () => {
  it('says what goes over and what ends, and is done by who typed the user name', async () => {
    const { server, ref, pane, button, text } = await opened();
    (pane().querySelector('[role=option]') ?? document.querySelector('[role=option]'))!.dispatchEvent(
      new MouseEvent('click', { bubbles: true }),
    );
    await settled();
    const preview = await answer(server, 'POST', '/users/p-1/merge?dryRun=true', merge);

    expect(preview.request.body).toEqual({ into: 'p-2' });
    const lines = [...pane().querySelectorAll('dl div')].map((it) => [...it.children].map((part) => part.textContent!.trim()).join(' '));
    expect(lines).toEqual([
      ...['Reservations, over and ahead 12', 'Approvals and resources to approve 2', 'Groups 2', 'Other records 40'],
      ...['Sessions and known browsers 3', 'Other records 10'],
    ]);
    expect(text()).toContain('3 things both accounts have are there once');
    expect(text()).toContain('The role of Bo Berg becomes: Administrator');
    expect(button('Merge for good').disabled).toBe(true);
    const typed = pane().querySelector<HTMLInputElement>('input[name=typed-name]')!;
    typed.value = 'bo2';
    typed.dispatchEvent(new Event('input'));
    await settled();
    const closed = new Promise((resolve) => ref.closed.subscribe(resolve));
    button('Merge for good').click();
    const sent = await answer(server, 'POST', '/users/p-1/merge', merge);

    expect(sent.request.body).toEqual({ into: 'p-2' });
    expect(await closed).toEqual(merge);
  });

  it('asks for a tick where the account that goes is suspended', async () => {
    const { server, ref, pane, button } = await opened();
    document.querySelector('[role=option]')!.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    await settled();
    await answer(server, 'POST', '/users/p-1/merge?dryRun=true', { ...merge, wasSuspended: true });
    const typed = pane().querySelector<HTMLInputElement>('input[name=typed-name]')!;
    typed.value = 'bo2';
    typed.dispatchEvent(new Event('input'));
    await settled();

    expect(button('Merge for good').disabled).toBe(true);
    pane().querySelector<HTMLInputElement>('input[name=even-suspended]')!.click();
    await settled();
    button('Merge for good').click();
    const sent = await answer(server, 'POST', '/users/p-1/merge', merge);

    expect(sent.request.body).toEqual({ into: 'p-2', evenSuspended: true });
    ref.close();
  });
});
