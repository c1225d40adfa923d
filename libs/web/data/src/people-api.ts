import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { apiUrl } from './api-url';

/** Somebody of the organization. */
export interface KnownPerson {
  readonly id: string;
  readonly displayName: string;
  readonly email: string;
}

/** Looks people up by name or e-mail. Promises reject with a Problem. */
@Injectable({ providedIn: 'root' })
export class PeopleApi {
  private readonly http = inject(HttpClient);

  /** The first of those whose name or e-mail has the text in it. */
  async search(q: string, limit = 8): Promise<readonly KnownPerson[]> {
    const params = { limit, ...(q === '' ? {} : { q }) };
    return (await firstValueFrom(this.http.get<{ data: KnownPerson[] }>(apiUrl('/users'), { params }))).data;
  }
}
