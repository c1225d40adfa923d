import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { Session } from '@berth/web/data';
import { anAdmin, answer, provideAdmin, settled } from '../testing';
import { SecurityPage } from './security-page';

async function shown(permissions: readonly string[]) {
  Object.assign(globalThis, {
    matchMedia: () => ({ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }),
  });
  TestBed.configureTestingModule({ providers: [...provideAdmin(), provideRouter([])] });
  const server = anAdmin();
  const loading = TestBed.inject(Session).load();
  const user = { id: 'ana', permissions, everywhere: permissions, places: [], organization: null, preferences: { language: 'en' } };
  await answer(server, 'GET', '/users/me', user);
  await loading;
  const element = TestBed.createComponent(SecurityPage).nativeElement as HTMLElement;
  await settled();
  await answered(server, 4);
  return { server, erasing: () => element.querySelector('form[aria-labelledby="erasing"]') };
}

/** What the page reads. */
async function answered(server: ReturnType<typeof anAdmin>, version: number): Promise<void> {
  await answer(server, 'GET', '/auth/mfa/standing', { people: 3, without: 0, roles: [] });
  await answer(server, 'GET', '/auth/mfa/policy', { roles: [], version });
  await answer(server, 'GET', '/password-rules', { preset: 'standard', version });
  await answer(server, 'GET', '/roles', { data: [] });
  await answer(server, 'GET', '/privacy-rules', { mayEraseOneself: false, version });
}

describe('What is asked of those who sign in', () => {
  it('is whether they may erase themselves as well, said once it is saved', async () => {
    const { server, erasing } = await shown(['organization:manage', 'user:manage']);
    const form = erasing()!;
    const box = form.querySelector<HTMLInputElement>('input[type=checkbox]')!;
    const save = form.querySelector('button')!;
    expect([box.checked, save.disabled]).toEqual([false, true]);

    box.click();
    await settled();
    save.click();
    const sent = await answer(server, 'PUT', '/privacy-rules', { mayEraseOneself: true });

    expect(sent.request.body).toEqual({ mayEraseOneself: true });
    expect(sent.request.headers.get('If-Match')).toBe('"4"');
    expect(form.querySelector('[role=status]')!.textContent).toContain('Saved');
  });

  it('shows what somebody else saved meanwhile, and that it did not save', async () => {
    const { server, erasing } = await shown(['organization:manage', 'user:manage']);
    const form = erasing()!;
    form.querySelector<HTMLInputElement>('input[type=checkbox]')!.click();
    await settled();
    form.querySelector('button')!.click();
    await answer(server, 'PUT', '/privacy-rules', { code: 'precondition-failed', title: 'Changed meanwhile', status: 412 }, 412);
    await answered(server, 5);

    expect(erasing()!.querySelector('[role=status]')!.textContent).toContain('Changed meanwhile');
    expect(erasing()!.querySelector<HTMLInputElement>('input[type=checkbox]')!.checked).toBe(false);
  });

  it('says nothing of erasing to who does not look after people', async () => {
    expect((await shown(['organization:manage'])).erasing()).toBeNull();
  });
});
