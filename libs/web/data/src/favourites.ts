import { HttpClient } from '@angular/common/http';
import { Injectable, inject, linkedSignal } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { apiUrl } from './api-url';
import { Session } from './session';

/** The resources the signed-in person has marked; what is known on this device counts until the server has answered. */
@Injectable({ providedIn: 'root' })
export class Favourites {
  private readonly http = inject(HttpClient);
  private readonly session = inject(Session);
  private readonly marked = linkedSignal<string, ReadonlySet<string>>({
    source: () => `berth.favourites.${this.session.user()?.id ?? ''}`,
    computation: (key) => stored(key),
  });

  readonly ids = this.marked.asReadonly();

  async load(): Promise<void> {
    const { data } = await firstValueFrom(this.http.get<{ data: { resourceId: string }[] }>(apiUrl('/users/me/favourites')));
    const known = this.marked();
    // The same marks again move nothing on the screen.
    if (data.length !== known.size || data.some((it) => !known.has(it.resourceId))) this.keep(new Set(data.map((it) => it.resourceId)));
  }

  /** Shows at once and takes it back when it fails: a mark collides with nobody. */
  async toggle(id: string): Promise<void> {
    const before = this.marked();
    const isMarked = before.has(id);
    this.keep(new Set(isMarked ? [...before].filter((it) => it !== id) : [...before, id]));
    const url = apiUrl(`/users/me/favourites/${id}`);
    try {
      await firstValueFrom(isMarked ? this.http.delete(url) : this.http.put(url, {}));
    } catch (error) {
      this.keep(before);
      throw error;
    }
  }

  private keep(ids: ReadonlySet<string>): void {
    this.marked.set(ids);
    localStorage.setItem(`berth.favourites.${this.session.user()?.id ?? ''}`, JSON.stringify([...ids]));
  }
}

function stored(key: string): ReadonlySet<string> {
  try {
    return new Set(JSON.parse(localStorage.getItem(key) ?? '[]') as string[]);
  } catch {
    return new Set();
  }
}
