import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { apiUrl } from '@berth/web/data';
import { firstValueFrom } from 'rxjs';

/** One's own account. Promises reject with a Problem. */
@Injectable({ providedIn: 'root' })
export class ProfileApi {
  private readonly http = inject(HttpClient);

  /** @throws Problem `password-wrong`, `password-refused` */
  changePassword(current: string, password: string): Promise<unknown> {
    return firstValueFrom(this.http.post(apiUrl('/auth/password/change'), { current, password }));
  }

  /** @throws Problem `password-refused`, `recent-sign-in-required`, `already-exists` */
  setPassword(password: string): Promise<unknown> {
    return firstValueFrom(this.http.post(apiUrl('/auth/password/set'), { password }));
  }

  /** @returns `mailed` where the new address has to be proved first. @throws Problem `password-wrong`, `already-exists` */
  async changeEmail(email: string, password: string): Promise<'mailed' | 'changed'> {
    return (await firstValueFrom(this.http.post<{ state: 'mailed' | 'changed' }>(apiUrl('/users/me/email'), { email, password }))).state;
  }
}
