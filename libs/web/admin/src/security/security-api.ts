import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import type { PasswordRulesResponse, PrivacyRulesResponse, SecondFactorPolicyResponse } from '@berth/api-client';
import { apiUrl, ifMatch } from '@berth/web/data';
import { firstValueFrom } from 'rxjs';

export const passwordPresets = ['standard', 'composition'] as const;
export type PasswordPreset = (typeof passwordPresets)[number];

/** Who has a second factor; roles built in by name, others by id. */
export interface SecondFactorStanding {
  readonly people: number;
  readonly without: number;
  readonly roles: readonly { readonly roleId: string; readonly people: number; readonly without: number }[];
}

/** What the organization asks of those who sign in. Promises reject with a Problem. */
@Injectable({ providedIn: 'root' })
export class SecurityApi {
  private readonly http = inject(HttpClient);

  standing(): Promise<SecondFactorStanding> {
    return firstValueFrom(this.http.get<SecondFactorStanding>(apiUrl('/auth/mfa/standing')));
  }

  policy(): Promise<SecondFactorPolicyResponse> {
    return firstValueFrom(this.http.get<SecondFactorPolicyResponse>(apiUrl('/auth/mfa/policy')));
  }

  /** @throws Problem `precondition-failed` when settings were changed elsewhere */
  askOf(roles: readonly string[], version: number): Promise<unknown> {
    return this.put('/auth/mfa/policy', { roles }, version);
  }

  passwordRules(): Promise<PasswordRulesResponse> {
    return firstValueFrom(this.http.get<PasswordRulesResponse>(apiUrl('/password-rules')));
  }

  /** @throws Problem `precondition-failed` when settings were changed elsewhere */
  choosePreset(preset: PasswordPreset, version: number): Promise<unknown> {
    return this.put('/password-rules', { preset }, version);
  }

  privacyRules(): Promise<PrivacyRulesResponse> {
    return firstValueFrom(this.http.get<PrivacyRulesResponse>(apiUrl('/privacy-rules')));
  }

  /** @throws Problem `precondition-failed` when settings were changed elsewhere */
  letEraseOneself(mayEraseOneself: boolean, version: number): Promise<unknown> {
    return this.put('/privacy-rules', { mayEraseOneself }, version);
  }

  private put(path: string, body: unknown, version: number): Promise<unknown> {
    return firstValueFrom(this.http.put(apiUrl(path), body, { headers: ifMatch(version) }));
  }
}
