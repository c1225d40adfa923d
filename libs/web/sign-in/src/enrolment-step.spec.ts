import { TestBed } from '@angular/core/testing';
import { Passkeys, Problem } from '@berth/web/data';
import { EnrolmentStep } from './enrolment-step';
import type { Method } from './second-step';
import { answered, provideSignIn, settled, theServer } from './testing';

const user = { id: 'ana', permissions: [], everywhere: [], places: [], preferences: { language: 'en' } };
const made = { id: 'AAAA', rawId: 'AAAA', type: 'public-key', clientExtensionResults: {}, response: {} } as never;

async function shown(methods: readonly Method[]) {
  const fixture = TestBed.createComponent(EnrolmentStep);
  fixture.componentRef.setInput('mfaToken', 'token');
  fixture.componentRef.setInput('methods', methods);
  const done = jest.fn();
  fixture.componentInstance.done.subscribe(done);
  await settled();
  const element = fixture.nativeElement as HTMLElement;
  const press = async (text: string): Promise<void> => {
    const button = [...element.querySelectorAll('button')].find((it) => it.textContent?.trim() === text);
    if (!button) throw new Error(`Nothing is called «${text}».`);
    button.click();
    await settled();
  };
  return { element, done, press };
}

describe('Setting up a second factor between password and console', () => {
  beforeEach(() => {
    Object.assign(globalThis, { PublicKeyCredential: class {}, isSecureContext: true });
    TestBed.configureTestingModule({ providers: provideSignIn() });
  });
  afterEach(() => {
    theServer().verify();
    Reflect.deleteProperty(globalThis, 'PublicKeyCredential');
  });

  it('prefers a passkey: one press makes it and signs in, and the recovery codes have to be kept', async () => {
    const make = jest.spyOn(TestBed.inject(Passkeys), 'make').mockResolvedValue(made);
    const { element, done, press } = await shown(['passkey', 'totp']);
    expect(document.activeElement?.textContent?.trim()).toBe('Set up a passkey');

    await press('Set up a passkey');
    const asked = await answered('POST', '/auth/mfa/enrolment/passkey/options', { challenge: 'c' });
    const sent = await answered('POST', '/auth/mfa/enrolment/passkey', { recoveryCodes: ['7ZQK3'] }, 201);
    await answered('GET', '/users/me', user);

    expect(asked.request.body).toEqual({ mfaToken: 'token' });
    expect(make).toHaveBeenCalledWith({ challenge: 'c' });
    expect(sent.request.body).toEqual({ mfaToken: 'token', name: expect.stringMatching(/./), credential: made });
    expect(element.textContent).toContain('7ZQK3');
    expect(document.activeElement?.tagName).toBe('P');
    expect(done).not.toHaveBeenCalled();
    await press('I have kept them');
    expect(done).toHaveBeenCalled();
  });

  it('stays where it is when the person does not go through with it, and lets them take the app', async () => {
    const cancelled = new Problem({ code: 'passkey-cancelled', detail: '' }, -1);
    jest.spyOn(TestBed.inject(Passkeys), 'make').mockRejectedValue(cancelled);
    const { element, press } = await shown(['passkey', 'totp']);

    await press('Set up a passkey');
    await answered('POST', '/auth/mfa/enrolment/passkey/options', { challenge: 'c' });
    expect(element.querySelector('[role=alert]')?.textContent).toContain('passkey-cancelled');

    await press('Set up an authenticator app');
    await answered('POST', '/auth/mfa/enrolment', { secret: 'ABCD', uri: 'otpauth://totp/Berth:ana?secret=ABCD' });
    expect(element.querySelector('[role=alert]')?.textContent?.trim()).toBe('');
    expect(element.textContent).toContain('Scan this');
    await press('Set up a passkey');
    expect(element.textContent).not.toContain('Scan this');
  });

  it.each([
    ['the server makes none', ['totp'], true],
    ['this browser has none', ['passkey', 'totp'], false],
  ] as const)('asks for the app alone where %s', async (_why, methods, supported) => {
    if (!supported) Reflect.deleteProperty(globalThis, 'PublicKeyCredential');
    const { element } = await shown(methods);

    await answered('POST', '/auth/mfa/enrolment', { secret: 'ABCD', uri: 'otpauth://totp/Berth:ana?secret=ABCD' });

    expect(element.textContent).not.toContain('passkey');
  });
});
