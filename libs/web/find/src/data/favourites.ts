import { HttpClient } from '@angular/common/http';
import { Injectable, inject, signal } from '@angular/core';
import { apiUrl } from '@berth/web/data';
import { firstValueFrom } from 'rxjs';

/** The resources the person has marked. */
@Injectable({ providedIn: 'root' })
export class Favourites {
  private readonly http = inject(HttpClient);
  private readonly marked = signal<ReadonlySet<string>>(new Set());

  readonly ids = this.marked.asReadonly();

  async load(): Promise<void> {
    const { data } = await firstValueFrom(this.http.get<{ data: { resourceId: string }[] }>(apiUrl('/users/me/favourites')));
    this.marked.set(new Set(data.map((it) => it.resourceId)));
  }

  /** Shows at once and takes it back when it fails: a mark collides with nobody. */
  async toggle(id: string): Promise<void> {
    const before = this.marked();
    const isMarked = before.has(id);
    this.marked.set(new Set(isMarked ? [...before].filter((it) => it !== id) : [...before, id]));
    const url = apiUrl(`/users/me/favourites/${id}`);
    try {
      await firstValueFrom(isMarked ? this.http.delete(url) : this.http.put(url, {}));
    } catch (error) {
      this.marked.set(before);
      throw error;
    }
  }
}
