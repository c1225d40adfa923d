import { TestBed } from '@angular/core/testing';
import { Dialogs } from '@berth/web/ui';
import { anAdmin, answer, provideAdmin, settled } from '../testing';
import { EraseDialog } from './erase-dialog';
import { ExportDialog } from './export-dialog';

const person = { id: 'p-1', username: 'bo', displayName: 'Bo Berg', email: 'bo@acme.example' };
const progress = { done: 0, failed: 0, total: 1 };
const job = {
  id: 'j-1',
  kind: 'personal-data',
  state: 'queued',
  createdAt: '2026-11-22T06:00:00Z',
  endedAt: null,
  problem: null,
  progress,
};

function opened(dialog: typeof EraseDialog | typeof ExportDialog) {
  Object.assign(globalThis, {
    matchMedia: () => ({ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }),
  });
  TestBed.configureTestingModule({ providers: provideAdmin() });
  const server = anAdmin();
  const ref = TestBed.inject(Dialogs).open<unknown, unknown, EraseDialog | ExportDialog>(dialog, { data: person });
  const pane = (): HTMLElement => document.querySelector('.cdk-dialog-container')!;
  const button = (text: string) => [...pane().querySelectorAll('button')].find((it) => it.textContent!.trim() === text)!;
  return { server, ref, pane, button, text: () => pane().textContent!.replaceAll(/\s+/g, ' ') };
}

describe('What is known about a person', () => {
  it('is erased by who typed the name, having read what goes and what stays', async () => {
    const { server, ref, pane, button, text } = opened(EraseDialog);
    const leaving = { total: 2, reservations: [] };
    const erasure = { anonymous: 7, leaving, found: { reservations: 7, sessions: 3, tokens: 1 } };
    await settled();
    const preview = await answer(server, 'POST', '/users/p-1/erase?dryRun=true', erasure);

    expect(preview.request.body).toEqual({ reservations: 'cancel' });
    expect(text()).toContain('2 reservations ahead are cancelled');
    expect(text()).toContain('7 reservations stay as nobody’s');
    expect(text()).toContain('4 records about them go');
    expect(button('Erase for good').disabled).toBe(true);
    const typed = pane().querySelector<HTMLInputElement>('input[name=typed-name]')!;
    typed.value = 'Bo Berg';
    typed.dispatchEvent(new Event('input'));
    await settled();
    const closed = new Promise((resolve) => ref.closed.subscribe(resolve));
    button('Erase for good').click();
    await answer(server, 'POST', '/users/p-1/erase', erasure);

    expect(await closed).toEqual(erasure);
  });

  it('is gathered by a job and offered as a file once that is over', async () => {
    const { server, ref, button, text } = opened(ExportDialog);
    await settled();
    button('Gather').click();
    await answer(server, 'POST', '/users/p-1/export', { ...job, state: 'done', endedAt: '2026-11-22T06:00:01Z' });
    await answer(server, 'GET', '/users/me/exports/j-1/file', { account: { username: 'bo' } });
    await settled();

    expect(text()).toContain('The file is ready.');
    expect(button('Save the file')).toBeDefined();
    ref.close();
  });
});
