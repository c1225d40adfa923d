import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { SignIn } from './sign-in';
import { answered, provideSignIn, settled, theServer } from './testing';

const providers = [
  { key: 'google', name: 'Google' },
  { key: 'keycloak', name: 'Keycloak – ACME' },
];

async function shown() {
  TestBed.configureTestingModule({ providers: [...provideSignIn(), provideRouter([])] });
  const fixture = TestBed.createComponent(SignIn);
  fixture.componentRef.setInput('returnUrl', '/me');
  const element = fixture.nativeElement as HTMLElement;
  await settled();
  await answered('GET', '/setup/status', { state: 'done', registrationOpen: false });
  await answered('GET', '/auth/oidc/providers', { data: providers, home: null });
  const type = async (login: string): Promise<void> => {
    const field = element.querySelector<HTMLInputElement>('[name=username]')!;
    field.value = login;
    field.dispatchEvent(new Event('input'));
    await new Promise((resolve) => setTimeout(resolve, 350));
    await settled();
  };
  const links = (): (string | undefined)[] => [...element.querySelectorAll('a.btn')].map((it) => it.textContent?.trim());
  return { element, type, links };
}

describe('Signing in by e-mail address', () => {
  afterEach(() => theServer().verify());

  it('offers the provider of its domain first, asking for nothing but that, and leaves the password', async () => {
    const { element, type, links } = await shown();
    expect(links()).toEqual(['Continue with Google', 'Continue with Keycloak – ACME']);

    await type('ana@acme.example');
    const asked = await answered('GET', '/auth/oidc/providers', { data: providers, home: 'keycloak' });

    expect([...asked.request.params.keys()].map((it) => [it, asked.request.params.get(it)])).toEqual([['domain', 'acme.example']]);
    expect(links()).toEqual(['Continue with Keycloak – ACME', 'Continue with Google']);
    const first = element.querySelector('form a.btn.primary')!;
    expect(first.getAttribute('href')).toBe('/api/v1/auth/oidc/keycloak/start?returnUrl=%2Fme');
    expect(element.querySelector('[name=password]')).not.toBeNull();
    expect(element.querySelector<HTMLButtonElement>('button[type=submit]')!.disabled).toBe(false);
  });

  it('offers none for a domain nobody answers for, for a user name, or when that cannot be asked', async () => {
    const { type, links } = await shown();
    const usual = links();

    await type('ana');
    await type('ana@acme');
    await type('ana@acme.example');
    await answered('GET', '/auth/oidc/providers', { data: providers, home: null });
    expect(links()).toEqual(usual);

    await type('ana@b.example');
    await answered('GET', '/auth/oidc/providers', { code: 'too-many-requests' }, 429);
    expect(links()).toEqual(usual);
  });
});
