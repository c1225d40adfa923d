import { TestBed } from '@angular/core/testing';
import { startAnew } from '@berth/web/data';
import { Dialogs } from '@berth/web/ui';
import { anAdmin, answer, provideAdmin, settled } from '../testing';
import { StandInDialog } from './stand-in-dialog';

describe('Acting as a person', () => {
  it('begins anew as them, with a reason of ten characters', async () => {
    Object.assign(globalThis, {
      matchMedia: () => ({ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }),
    });
    let restarts = 0;
    TestBed.configureTestingModule({ providers: [...provideAdmin(), { provide: startAnew, useValue: () => restarts++ }] });
    const server = anAdmin();
    TestBed.inject(Dialogs).open(StandInDialog, { data: { id: 'p-1', displayName: 'Bo Berg' } });
    await settled();
    const pane = document.querySelector('.cdk-dialog-container')!;
    const begin = [...pane.querySelectorAll('button')].find((it) => it.textContent!.trim() === 'Begin')!;
    const reason = pane.querySelector<HTMLInputElement>('input[name=reason]')!;
    const write = async (text: string): Promise<void> => {
      reason.value = text;
      reason.dispatchEvent(new Event('input'));
      await settled();
    };
    expect(pane.textContent).toContain('Bo Berg');

    await write('   short   ');
    expect(begin.disabled).toBe(true);
    await write(' Her bookings are gone ');
    begin.click();

    const { request } = await answer(server, 'POST', '/users/p-1/stand-in', { accountId: 'p-1', until: '2026-11-22T13:00:00Z' });
    expect(request.body).toEqual({ reason: 'Her bookings are gone' });
    await settled();
    expect(restarts).toBe(1);
  });
});
