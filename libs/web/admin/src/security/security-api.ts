import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { apiUrl } from '@berth/web/data';
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

  async askedOf(): Promise<readonly string[]> {
    return (await firstValueFrom(this.http.get<{ roles: string[] }>(apiUrl('/auth/mfa/policy')))).roles;
  }

  askOf(roles: readonly string[]): Promise<unknown> {
    return firstValueFrom(this.http.put(apiUrl('/auth/mfa/policy'), { roles }));
  }

  async preset(): Promise<PasswordPreset> {
    return (await firstValueFrom(this.http.get<{ preset: PasswordPreset }>(apiUrl('/password-rules')))).preset;
  }

  choosePreset(preset: PasswordPreset): Promise<unknown> {
    return firstValueFrom(this.http.put(apiUrl('/password-rules'), { preset }));
  }

  async mayEraseOneself(): Promise<boolean> {
    return (await firstValueFrom(this.http.get<{ mayEraseOneself: boolean }>(apiUrl('/privacy-rules')))).mayEraseOneself;
  }

  letEraseOneself(mayEraseOneself: boolean): Promise<unknown> {
    return firstValueFrom(this.http.put(apiUrl('/privacy-rules'), { mayEraseOneself }));
  }
}
