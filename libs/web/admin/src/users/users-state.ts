import { Injectable, inject, signal } from '@angular/core';
import { toProblem, type Problem } from '@berth/web/data';
import { type Invitation, type Person, type PersonSeen, type UserFilter, UsersApi } from './users-api';

/** The account that stayed when the one that was asked for was merged. */
export interface MergedInto {
  readonly id: string;
  readonly displayName: string;
}

/** The list of the users page and the one person beside it. Provided by the page. */
@Injectable()
export class UsersState {
  private readonly api = inject(UsersApi);
  private readonly found = signal<readonly Person[]>([]);
  private readonly asked = signal<readonly Invitation[]>([]);
  private readonly cursor = signal<string | null>(null);
  private readonly loading = signal(true);
  private readonly failure = signal<Problem | null>(null);
  private readonly shown = signal<PersonSeen | null>(null);
  private turn = 0;
  private wish: { readonly filter: UserFilter; readonly q: string } = { filter: 'active', q: '' };

  readonly people = this.found.asReadonly();
  readonly invitations = this.asked.asReadonly();
  readonly isLoading = this.loading.asReadonly();
  readonly problem = this.failure.asReadonly();
  readonly person = this.shown.asReadonly();
  /** Where the list goes on; null at its end. */
  readonly more = this.cursor.asReadonly();

  /** Loads a list anew; the one before stays until it is there. */
  async load(filter = this.wish.filter, q = this.wish.q): Promise<void> {
    this.wish = { filter, q };
    await this.fetch(null);
  }

  async loadMore(): Promise<void> {
    await this.fetch(this.cursor());
  }

  /** @returns where an account that was merged leads */
  async open(id: string | null): Promise<MergedInto | undefined> {
    if (id === null) return void this.shown.set(null);
    try {
      return void this.shown.set(await this.api.person(id));
    } catch (error) {
      const problem = toProblem(error);
      this.shown.set(null);
      if (problem.code === 'account-merged') return problem.body['into'] as MergedInto;
      return void this.failure.set(problem);
    }
  }

  private async fetch(cursor: string | null): Promise<void> {
    const turn = ++this.turn;
    const { filter, q } = this.wish;
    this.loading.set(true);
    this.failure.set(null);
    try {
      const isInvited = filter === 'invited';
      const people = isInvited ? null : await this.api.people(q, filter, cursor);
      const invitations = isInvited ? await this.api.invitations(cursor) : null;
      if (turn !== this.turn) return;
      this.found.update((all) => [...(cursor === null ? [] : all), ...(people?.data ?? [])]);
      this.asked.update((all) => [...(cursor === null ? [] : all), ...(invitations?.data ?? [])]);
      this.cursor.set((people ?? invitations)?.page.nextCursor ?? null);
    } catch (error) {
      if (turn === this.turn) this.failure.set(toProblem(error));
    } finally {
      if (turn === this.turn) this.loading.set(false);
    }
  }
}
