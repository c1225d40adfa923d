import { Injectable, inject } from '@angular/core';
import type { RegistrationResponseJSON } from '@simplewebauthn/browser';
import { deviceName } from './device-name';
import { Problem } from './problem';
import { Session, type SignedInUser } from './session';

/** Challenges are good for five minutes; what waits longer asks for another before. */
const OFFER_MS = 4 * 60_000;

type Library = typeof import('@simplewebauthn/browser');

/** Passkeys in this browser (WebAuthn). Promises reject with a Problem; `passkey-cancelled` when the person did not go through with it. */
@Injectable({ providedIn: 'root' })
export class Passkeys {
  private readonly session = inject(Session);

  /** Whether this browser has passkeys on this page at all: they are made for names, over https or on this machine. */
  readonly supported = typeof PublicKeyCredential === 'function' && isSecureContext && !/^[\d.]+$|^\[/.test(location.hostname);

  /** Has the authenticator make a key. @param options as the server gave them */
  async make(options: object): Promise<RegistrationResponseJSON> {
    return orProblem(async ({ startRegistration }) => startRegistration({ optionsJSON: options as never }));
  }

  /** Asks the person for one of theirs and signs in with it. */
  async signIn(): Promise<SignedInUser> {
    const options = await this.session.passkeyOptions();
    const credential = await orProblem(({ startAuthentication }) => startAuthentication({ optionsJSON: options as never }));
    return this.session.signInWithPasskey(credential);
  }

  /** The same after the password. */
  async showAfterPassword(mfaToken: string, trustsBrowser: boolean): Promise<SignedInUser> {
    const options = await this.session.passkeyStepOptions(mfaToken);
    const credential = await orProblem(({ startAuthentication }) => startAuthentication({ optionsJSON: options as never }));
    return this.session.showPasskey({ mfaToken, credential, trustsBrowser });
  }

  /** Has one made that is the first second factor, after the password, and signs in. @returns recovery codes, shown once */
  async enrol(mfaToken: string): Promise<readonly string[]> {
    const credential = await this.make(await this.session.passkeyEnrolmentOptions(mfaToken));
    return this.session.enrolPasskey({ mfaToken, name: deviceName(navigator.userAgent) ?? 'Passkey', credential });
  }

  /**
   * Lets the browser offer passkeys among what it fills in, until one is chosen, something else asks for one, or `signal` ends it.
   * @returns who is signed in; null when nothing came of it
   */
  async offer(signal: AbortSignal): Promise<SignedInUser | null> {
    const { browserSupportsWebAuthnAutofill, startAuthentication, WebAuthnAbortService } = await library();
    if (!(await browserSupportsWebAuthnAutofill())) return null;
    signal.addEventListener('abort', () => WebAuthnAbortService.cancelCeremony(), { once: true });
    while (!signal.aborted) {
      const options = await this.session.passkeyOptions();
      if (signal.aborted) return null;
      let isRenewed = false;
      const renewal = setTimeout(() => {
        isRenewed = true;
        WebAuthnAbortService.cancelCeremony();
      }, OFFER_MS);
      try {
        const credential = await startAuthentication({ optionsJSON: options as never, useBrowserAutofill: true });
        return await this.session.signInWithPasskey(credential);
      } catch (error) {
        if (error instanceof Problem) throw error;
        if (!isRenewed) return null;
      } finally {
        clearTimeout(renewal);
      }
    }
    return null;
  }
}

/** Comes when somebody may need it: most people who open the console are signed in. */
const library = (): Promise<Library> => import('@simplewebauthn/browser');

async function orProblem<T>(ask: (webauthn: Library) => Promise<T>): Promise<T> {
  try {
    return await ask(await library());
  } catch (error) {
    throw new Problem({ code: codeOf(error as Error), detail: String(error) }, -1);
  }
}

/** What browsers say (WebAuthn Level 3 §5.1). They do not tell a cancelled question from one that ran out or found no key. */
function codeOf({ name }: Error): string {
  if (name === 'InvalidStateError') return 'passkey-known';
  return name === 'NotAllowedError' || name === 'AbortError' ? 'passkey-cancelled' : 'passkey-impossible';
}
