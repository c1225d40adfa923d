import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import type { TokenUsageResponse } from '@berth/api-client';
import type { Places } from '@berth/web/booking';
import { apiUrl } from '@berth/web/data';
import { firstValueFrom } from 'rxjs';

/** A sign-in of one's own; instants are RFC 3339. */
export interface OwnSession {
  readonly id: string;
  readonly current: boolean;
  readonly userAgent: string | null;
  readonly address: string | null;
  readonly createdAt: string;
  readonly lastSeenAt: string;
}

/** Where one stands with the second factor. */
export interface SecondFactorState {
  readonly enabledAt: string | null;
  readonly locked: boolean;
  readonly passkeys: number;
  readonly recoveryCodesLeft: number;
  readonly recoveryCodesAt: string | null;
  readonly required: boolean;
}

export interface NewSecret {
  readonly secret: string;
  readonly uri: string;
}

/** A passkey of one's own; instants are RFC 3339. */
export interface OwnPasskey {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  readonly backedUp: boolean;
  readonly usable: boolean;
}

/** A token for programs; its text is given once, when it is made. */
export interface OwnToken {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly lastUsedAt: string | null;
  /** Requests a minute through it; null where only those of its owner are limited. */
  readonly perMinute: number | null;
  /** Where alone it is good; null where that is wherever one may do something oneself. */
  readonly places: Places | null;
  readonly usage: TokenUsageResponse;
}

/** A token as it is asked for. */
export interface WantedToken extends Pick<OwnToken, 'name' | 'scopes' | 'perMinute' | 'places'> {
  readonly expiresInDays: number;
}

/** A program one let act in one's name. */
export interface OwnGrant {
  readonly id: string;
  readonly client: { readonly name: string };
  readonly scopes: readonly string[];
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
}

export interface OwnSshKey {
  readonly id: string;
  readonly algorithm: string;
  readonly bits: number;
  readonly comment: string;
  readonly fingerprint: string;
  readonly publicKey: string;
  readonly createdAt: string;
}

/** One's own account at a provider. */
export interface LinkedAccount {
  readonly id: string;
  readonly provider: { readonly id: string; readonly key: string; readonly name: string };
  readonly label: string;
  readonly linkedAt: string;
  readonly lastUsedAt: string | null;
}

/** What one signs in by, besides passkeys. */
export interface WaysIn {
  readonly data: readonly LinkedAccount[];
  readonly hasPassword: boolean;
}

/** One's own account over REST. Promises reject with a Problem. */
@Injectable({ providedIn: 'root' })
export class AccountApi {
  private readonly http = inject(HttpClient);

  sessions(): Promise<readonly OwnSession[]> {
    return this.list<OwnSession>('/auth/sessions');
  }
  endSession(id: string): Promise<void> {
    return firstValueFrom(this.http.delete<void>(apiUrl(`/auth/sessions/${id}`)));
  }
  endOtherSessions(): Promise<void> {
    return firstValueFrom(this.http.delete<void>(apiUrl('/auth/sessions')));
  }

  secondFactor(): Promise<SecondFactorState> {
    return firstValueFrom(this.http.get<SecondFactorState>(apiUrl('/auth/mfa')));
  }
  beginSecondFactor(password: string): Promise<NewSecret> {
    return firstValueFrom(this.http.post<NewSecret>(apiUrl('/auth/mfa/setup'), { password }));
  }
  async confirmSecondFactor(code: string): Promise<readonly string[]> {
    return (await firstValueFrom(this.http.post<{ recoveryCodes: string[] }>(apiUrl('/auth/mfa/setup/confirm'), { code }))).recoveryCodes;
  }
  async renewRecoveryCodes(password: string): Promise<readonly string[]> {
    return (await firstValueFrom(this.http.post<{ recoveryCodes: string[] }>(apiUrl('/auth/mfa/recovery-codes'), { password })))
      .recoveryCodes;
  }
  disableSecondFactor(password: string): Promise<void> {
    return firstValueFrom(this.http.post<void>(apiUrl('/auth/mfa/disable'), { password }));
  }

  passkeys(): Promise<{ readonly data: readonly OwnPasskey[]; readonly available: boolean }> {
    return firstValueFrom(this.http.get<{ data: OwnPasskey[]; available: boolean }>(apiUrl('/auth/passkeys')));
  }
  /** What the browser needs to make one. @throws Problem `password-wrong` */
  beginPasskey(password: string): Promise<object> {
    return firstValueFrom(this.http.post<object>(apiUrl('/auth/passkeys/setup'), { password }));
  }
  addPasskey(name: string, credential: object): Promise<{ readonly recoveryCodes: readonly string[] | null }> {
    return firstValueFrom(this.http.post<{ recoveryCodes: string[] | null }>(apiUrl('/auth/passkeys'), { name, credential }));
  }
  renamePasskey(id: string, name: string): Promise<void> {
    return firstValueFrom(this.http.patch<void>(apiUrl(`/auth/passkeys/${id}`), { name }));
  }
  /** @throws Problem `password-wrong`, `last-way-in` */
  removePasskey(id: string, password: string): Promise<void> {
    return firstValueFrom(this.http.post<void>(apiUrl(`/auth/passkeys/${id}/remove`), { password }));
  }

  waysIn(): Promise<WaysIn> {
    return firstValueFrom(this.http.get<WaysIn>(apiUrl('/auth/linked-accounts')));
  }
  /** @returns where to send the browser. @throws Problem `password-wrong`, `recent-sign-in-required`, `provider-unreachable` */
  async beginLink(provider: string, password: string): Promise<string> {
    const body = { provider, ...(password !== '' && { password }) };
    return (await firstValueFrom(this.http.post<{ url: string }>(apiUrl('/auth/linked-accounts'), body))).url;
  }
  /** @throws Problem `last-way-in` */
  unlink(id: string): Promise<void> {
    return firstValueFrom(this.http.delete<void>(apiUrl(`/auth/linked-accounts/${id}`)));
  }

  tokens(): Promise<readonly OwnToken[]> {
    return this.list<OwnToken>('/users/me/tokens');
  }
  makeToken(wanted: WantedToken): Promise<OwnToken & { readonly token: string }> {
    return firstValueFrom(this.http.post<OwnToken & { token: string }>(apiUrl('/users/me/tokens'), wanted));
  }
  revokeToken(id: string): Promise<void> {
    return firstValueFrom(this.http.delete<void>(apiUrl(`/users/me/tokens/${id}`)));
  }

  grants(): Promise<readonly OwnGrant[]> {
    return this.list<OwnGrant>('/oauth/grants');
  }
  revokeGrant(id: string): Promise<void> {
    return firstValueFrom(this.http.delete<void>(apiUrl(`/oauth/grants/${id}`)));
  }

  sshKeys(): Promise<readonly OwnSshKey[]> {
    return this.list<OwnSshKey>('/users/me/ssh-keys');
  }
  addSshKey(publicKey: string): Promise<OwnSshKey> {
    return firstValueFrom(this.http.post<OwnSshKey>(apiUrl('/users/me/ssh-keys'), { publicKey }));
  }
  removeSshKey(id: string): Promise<void> {
    return firstValueFrom(this.http.delete<void>(apiUrl(`/users/me/ssh-keys/${id}`)));
  }

  private async list<T>(path: string): Promise<readonly T[]> {
    return (await firstValueFrom(this.http.get<{ data: T[] }>(apiUrl(path)))).data;
  }
}
