import { HttpClient } from '@angular/common/http';
import { Injectable, computed, inject, signal } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { apiUrl } from './api-url';
import { PreferencesStore } from './preferences';

/** A site as `GET /sites` gives it; only what the console reads. */
export interface Site {
  readonly id: string;
  readonly name: string;
  readonly countryCode: string;
  readonly timeZone: string;
  readonly resourceCount?: number;
}

/** The organization's sites and the one the person looks at; the choice is remembered with their preferences. */
@Injectable({ providedIn: 'root' })
export class Sites {
  private readonly http = inject(HttpClient);
  private readonly preferences = inject(PreferencesStore);
  private readonly list = signal<readonly Site[]>([]);

  readonly all = this.list.asReadonly();
  /** The chosen site, or null for all of them. */
  readonly selected = computed(() => this.list().find((it) => it.id === this.preferences.value().defaultSiteId) ?? null);

  /** Fetches the list; a failure keeps the last one. */
  async load(): Promise<void> {
    const answer = await firstValueFrom(this.http.get<{ data: Site[] }>(apiUrl('/sites'), { params: { limit: 200 } })).catch(() => null);
    if (answer !== null) this.list.set(answer.data);
  }

  select(id: string | null): Promise<void> {
    return this.preferences.change({ defaultSiteId: id });
  }
}
