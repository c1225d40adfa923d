import { Injectable, inject, signal } from '@angular/core';
import { PeopleApi } from '@berth/web/data';
import { AdminWords } from '../admin-words';

const MOST_A_PAGE = 200;

/** Names of people by their ids, fetched when the first is wanted. */
@Injectable({ providedIn: 'root' })
export class People {
  private readonly api = inject(PeopleApi);
  private readonly words = inject(AdminWords);
  private readonly names = signal<ReadonlyMap<string, string> | null>(null);
  private isAsked = false;

  /** `Somebody` for who is not known, or not yet. */
  name(id: string): string {
    if (!this.isAsked) void this.load();
    return this.names()?.get(id) ?? this.words.text('admin.somebody');
  }

  /** Somebody who was just chosen. */
  know({ id, displayName }: { readonly id: string; readonly displayName: string }): void {
    this.names.update((all) => new Map([...(all ?? []), [id, displayName]]));
  }

  private async load(): Promise<void> {
    this.isAsked = true;
    // Without names the sentences say somebody.
    const people = await this.api.search('', MOST_A_PAGE).catch(() => []);
    this.names.update((all) => new Map([...people.map((it) => [it.id, it.displayName] as const), ...(all ?? [])]));
  }
}
