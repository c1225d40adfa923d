import { HttpClient, HttpContext, HttpContextToken } from '@angular/common/http';
import { DestroyRef, Injectable, computed, inject, signal } from '@angular/core';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/browser';
import { firstValueFrom, type Observable } from 'rxjs';
import { apiUrl } from './api-url';
import { PreferencesStore, type Preferences } from './preferences';
import { Problem, toProblem } from './problem';
import { startAnew } from './start-anew';

/** The signed-in person as `GET /users/me` gives it. */
export interface SignedInUser {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly email: string;
  readonly role: 'admin' | 'user' | 'guest';
  /** What they may do somewhere. */
  readonly permissions: readonly string[];
  /** What of it holds in the whole organization. */
  readonly everywhere: readonly string[];
  /** What holds at one site, or of one resource with its parts. */
  readonly places: readonly {
    readonly siteId: string | null;
    readonly resourceId: string | null;
    readonly permissions: readonly string[];
  }[];
  /** Whether they may say who else is in some group. */
  readonly decidesMembership: boolean;
  readonly organization: {
    readonly id: string;
    readonly name: string;
    readonly timeZone: string;
    readonly language: string;
    readonly weekStart: number;
    readonly registrationOpen: boolean;
    readonly demo: boolean;
    /** RFC 3339; demo data was removed and may come back until then. */
    readonly demoUndoUntil: string | null;
  };
  readonly preferences: Preferences;
  /** Who acts as them in this browser, until an instant (RFC 3339); null where they do themselves. */
  readonly standIn?: {
    readonly by: { readonly id: string; readonly name: string };
    readonly reason: string;
    readonly until: string;
  } | null;
}

/** What somebody shows after the password. */
export interface SecondFactor {
  readonly mfaToken: string;
  readonly method: 'totp' | 'recovery-code';
  readonly code: string;
  readonly trustsBrowser: boolean;
}

/** A passkey made after the password. */
export interface MadePasskey {
  readonly mfaToken: string;
  readonly name: string;
  readonly credential: RegistrationResponseJSON;
}

/** A passkey shown after the password. */
export interface ShownPasskey {
  readonly mfaToken: string;
  readonly credential: AuthenticationResponseJSON;
  readonly trustsBrowser: boolean;
}

/** Set on the session's own calls, which must not trigger a refresh themselves. */
export const withoutRefresh = new HttpContextToken<boolean>(() => false);

const quiet = { context: new HttpContext().set(withoutRefresh, true) };
const refreshedKey = 'berth.refreshed';
const standInKey = 'berth.stand-in';

/** Who is signed in. The credentials themselves are HTTP-only cookies the script never sees. */
@Injectable({ providedIn: 'root' })
export class Session {
  private readonly http = inject(HttpClient);
  private readonly preferences = inject(PreferencesStore);
  private readonly startAnew = inject(startAnew);
  private readonly current = signal<SignedInUser | null>(null);
  private readonly expired = signal(false);
  private refreshing: Promise<boolean> | null = null;
  private waiting: ((signedIn: boolean) => void)[] = [];

  readonly user = this.current.asReadonly();
  readonly isAdmin = computed(() => this.current()?.role === 'admin');
  /** True while a call waits for the person to sign in again; the shell then shows the inline dialog. */
  readonly needsSignIn = this.expired.asReadonly();

  constructor() {
    // All tabs share the cookie: none goes on showing the one person while it acts as the other.
    const hear = ({ key }: StorageEvent): void => {
      if (key === standInKey) this.startAnew();
    };
    addEventListener('storage', hear);
    inject(DestroyRef).onDestroy(() => removeEventListener('storage', hear));
  }

  /** Whether the signed-in person holds a permission such as `resource:manage`. */
  may(permission: string): boolean {
    return this.current()?.permissions.includes(permission) ?? false;
  }

  /** Whether they manage some places only, so that administration shows no others. */
  readonly isOfPlaces = computed(() => {
    const user = this.current();
    return user !== null && !['resource:manage', 'place:manage'].some((it) => user.everywhere.includes(it));
  });

  /** Whether there is something in administration for them. */
  readonly manages = computed(
    () =>
      [
        ...['resource:manage', 'group:manage', 'user:manage', 'role:read', 'client:manage', 'webhook:manage', 'quota:manage'],
        ...['organization:manage', 'audit:read'],
      ].some((it) => this.may(it)) ||
      (this.current()?.decidesMembership ?? false),
  );

  /** Whether it holds in the whole organization. */
  mayEverywhere(permission: string): boolean {
    return this.current()?.everywhere.includes(permission) ?? false;
  }

  /** Whether it holds at a site, or of a resource at it or the whole it is a part of. */
  mayAt(permission: string, siteId: string | null, resourceIds: readonly string[] = []): boolean {
    const isThere = (it: SignedInUser['places'][number]): boolean =>
      (it.siteId !== null && it.siteId === siteId) || (it.resourceId !== null && resourceIds.includes(it.resourceId));
    return (
      this.mayEverywhere(permission) || (this.current()?.places.some((it) => isThere(it) && it.permissions.includes(permission)) ?? false)
    );
  }

  /** Finds out who is signed in; resolves with null when nobody is. */
  async load(): Promise<SignedInUser | null> {
    try {
      await this.fetchUser();
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 401) throw error;
      if (error.code === 'stand-in-over') await this.leaveStandIn();
      if (await this.refresh()) await this.fetchUser();
    }
    return this.current();
  }

  /** @throws Problem `invalid-credentials` and friends; `second-factor-required` with the `mfaToken` of the second step and its `methods` */
  signIn(username: string, password: string): Promise<SignedInUser> {
    return this.enter('/auth/sessions', { username, password });
  }

  /** The second step of signing in. @throws Problem `second-factor-wrong` and friends */
  showSecondFactor(step: SecondFactor): Promise<SignedInUser> {
    return this.enter('/auth/mfa/verify', step);
  }

  /** What the browser needs to ask for a passkey. @throws Problem `passkeys-unavailable` */
  passkeyOptions(): Promise<object> {
    return settled(this.http.post<object>(apiUrl('/auth/passkeys/sign-in/options'), {}, quiet));
  }

  /** @throws Problem `passkey-refused`, `passkey-copied` */
  signInWithPasskey(credential: AuthenticationResponseJSON): Promise<SignedInUser> {
    return this.enter('/auth/passkeys/sign-in', { credential });
  }

  /** The same for the second step. @throws Problem `invalid-token`, `passkeys-unavailable` */
  passkeyStepOptions(mfaToken: string): Promise<object> {
    return settled(this.http.post<object>(apiUrl('/auth/mfa/passkey/options'), { mfaToken }, quiet));
  }

  /** @throws Problem `passkey-refused`, `passkey-copied` */
  showPasskey(step: ShownPasskey): Promise<SignedInUser> {
    return this.enter('/auth/mfa/passkey', step);
  }

  /** A secret for whose role must have a second factor and has none. */
  beginEnrolment(mfaToken: string): Promise<{ readonly secret: string; readonly uri: string }> {
    return settled(this.http.post<{ secret: string; uri: string }>(apiUrl('/auth/mfa/enrolment'), { mfaToken }, quiet));
  }

  /** Shows the first code, which signs in; gives recovery codes that are shown once. */
  confirmEnrolment(mfaToken: string, code: string): Promise<readonly string[]> {
    return this.enrol('/auth/mfa/enrolment/confirm', { mfaToken, code });
  }

  /** What the browser needs to make a passkey in place of the secret. @throws Problem `invalid-token`, `passkeys-unavailable` */
  passkeyEnrolmentOptions(mfaToken: string): Promise<object> {
    return settled(this.http.post<object>(apiUrl('/auth/mfa/enrolment/passkey/options'), { mfaToken }, quiet));
  }

  /** Signs in with the passkey that was made; gives recovery codes that are shown once. @throws Problem `passkey-refused` */
  enrolPasskey(made: MadePasskey): Promise<readonly string[]> {
    return this.enrol('/auth/mfa/enrolment/passkey', made);
  }

  /** Asks for an account where registration is open; signs in with it, or gives null where a letter has to be answered first. */
  async register(account: { username: string; email: string; password: string; displayName?: string }): Promise<SignedInUser | null> {
    const answer = await settled(this.http.post<{ state?: 'mailed' }>(apiUrl('/register'), account, quiet));
    return answer.state === 'mailed' ? null : this.signIn(account.username, account.password);
  }

  /** Signs in who has come back from a provider. @throws Problem `sign-in-expired`, `account-link-required` and friends, and those of the second step */
  signInFromProvider(): Promise<SignedInUser> {
    return this.enter('/auth/oidc/session', {});
  }

  /**
   * Ends the session on the server and here, also when the server cannot be reached.
   * @returns the page that signs out of the provider the session came from; null where there is none
   */
  async signOut(): Promise<string | null> {
    const there = settled(this.http.get<{ url: string | null }>(apiUrl('/auth/oidc/sign-out'), quiet));
    const { url } = await there.catch(() => ({ url: null }));
    await settled(this.http.post(apiUrl('/logout'), {}, quiet)).catch(() => undefined);
    this.forget();
    return url;
  }

  /**
   * Acts as somebody else from now on, in every tab, which all begin anew.
   * @throws Problem `permission-denied`, `not-found`
   */
  async standInFor(id: string, reason: string): Promise<void> {
    await settled(this.http.post(apiUrl(`/users/${id}/stand-in`), { reason }));
    this.beginAnew();
  }

  /** Acts as oneself again, in every tab. */
  async stopStandingIn(): Promise<void> {
    await this.leaveStandIn();
    this.beginAnew();
  }

  /** Forgets the person here; waiting calls fail. */
  forget(): void {
    this.current.set(null);
    this.preferences.release();
    this.settle(false);
  }

  /** Renews the access cookie; many callers share one request. */
  refresh(): Promise<boolean> {
    this.refreshing ??= this.renew().finally(() => (this.refreshing = null));
    return this.refreshing;
  }

  /** Asks the person to sign in again without leaving the page; resolves with false when they decline. */
  signInAgain(): Promise<boolean> {
    if (this.current() === null) return Promise.resolve(false);
    this.expired.set(true);
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private leaveStandIn(): Promise<unknown> {
    return settled(this.http.delete(apiUrl('/auth/stand-in'), quiet));
  }

  private beginAnew(): void {
    localStorage.setItem(standInKey, String(Date.now()));
    this.startAnew();
  }

  private async enter(path: `/${string}`, shown: object): Promise<SignedInUser> {
    await settled(this.http.post(apiUrl(path), shown, quiet));
    const user = await this.fetchUser();
    this.settle(true);
    return user;
  }

  private async enrol(path: `/${string}`, shown: object): Promise<readonly string[]> {
    const { recoveryCodes } = await settled(this.http.post<{ recoveryCodes: string[] }>(apiUrl(path), shown, quiet));
    await this.fetchUser();
    this.settle(true);
    return recoveryCodes;
  }

  private async fetchUser(): Promise<SignedInUser> {
    const user = await settled(this.http.get<SignedInUser>(apiUrl('/users/me'), quiet));
    this.current.set(user);
    await this.preferences.adopt(user.preferences);
    return user;
  }

  private settle(signedIn: boolean): void {
    this.expired.set(false);
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve(signedIn);
  }

  // A refresh token works once. Two tabs must not spend the same one, so they take turns and the second uses the first one's cookie.
  private async renew(): Promise<boolean> {
    const asked = Date.now();
    if (!('locks' in navigator)) return this.spendRefreshToken();
    return navigator.locks.request('berth.refresh', () =>
      lastRefresh() >= asked - 1000 ? Promise.resolve(true) : this.spendRefreshToken(),
    );
  }

  private async spendRefreshToken(): Promise<boolean> {
    try {
      await settled(this.http.post(apiUrl('/token/refresh'), {}, quiet));
      localStorage.setItem(refreshedKey, String(Date.now()));
      return true;
    } catch {
      return false;
    }
  }
}

function lastRefresh(): number {
  return Number(localStorage.getItem(refreshedKey) ?? 0);
}

function settled<T>(answer: Observable<T>): Promise<T> {
  return firstValueFrom(answer).catch((error: unknown) => {
    throw toProblem(error);
  });
}
