import { HttpClient, HttpContext } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { apiUrl } from './api-url';
import { withoutRefresh } from './session';

const quiet = { context: new HttpContext().set(withoutRefresh, true) };

/** A provider somebody can sign in with. */
export interface OfferedProvider {
  readonly key: string;
  readonly name: string;
}

/** What people do with links they were sent, and when they forgot a password. All methods throw Problem. */
@Injectable({ providedIn: 'root' })
export class AccountsApi {
  private readonly http = inject(HttpClient);

  /** @throws Problem `mail-not-set-up` */
  forgot(login: string): Promise<unknown> {
    return this.post('/auth/password/forgot', { login });
  }

  /** @throws Problem `link-invalid`, `password-refused` */
  reset(token: string, password: string): Promise<unknown> {
    return this.post('/auth/password/reset', { token, password });
  }

  /** @throws Problem `link-invalid` */
  invitation(token: string): Promise<{ readonly organization: string; readonly email: string }> {
    return firstValueFrom(this.http.post<{ organization: string; email: string }>(apiUrl('/auth/invitation/look'), { token }, quiet));
  }

  /** @throws Problem `link-invalid`, `password-refused`, `already-exists` */
  accept(account: { token: string; username: string; displayName?: string; password: string }): Promise<unknown> {
    return this.post('/auth/invitation/accept', account);
  }

  /** @throws Problem `link-invalid`, `already-exists` */
  confirm(what: 'registration' | 'email', token: string): Promise<unknown> {
    return this.post(`/auth/${what}/confirm`, { token });
  }

  /** Providers one can sign in with, in the order of their buttons. */
  async providers(): Promise<readonly OfferedProvider[]> {
    return (await firstValueFrom(this.http.get<{ data: OfferedProvider[] }>(apiUrl('/auth/oidc/providers'), quiet))).data;
  }

  /** The one that addresses of a domain are offered first; null where none is. Who has such an address is asked nowhere. */
  async homeProvider(domain: string): Promise<OfferedProvider | null> {
    const params = { domain };
    const answer = this.http.get<{ data: OfferedProvider[]; home: string | null }>(apiUrl('/auth/oidc/providers'), { ...quiet, params });
    const { data, home } = await firstValueFrom(answer);
    return data.find((it) => it.key === home) ?? null;
  }

  /** Where a browser goes to sign in with a provider. */
  providerUrl(key: string, returnUrl: string): string {
    return `${apiUrl(`/auth/oidc/${encodeURIComponent(key)}/start`)}?${new URLSearchParams({ returnUrl }).toString()}`;
  }

  /** Links what was just shown at a provider to the account one has just signed in to. @throws Problem `sign-in-expired`, `already-exists` */
  confirmLink(): Promise<unknown> {
    return this.post('/auth/linked-accounts/confirm', {});
  }

  private post(path: `/${string}`, body: object): Promise<unknown> {
    return firstValueFrom(this.http.post(apiUrl(path), body, quiet));
  }
}
