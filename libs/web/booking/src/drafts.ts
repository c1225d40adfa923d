import { Injectable, inject } from '@angular/core';
import { ServerClock } from '@berth/web/data';
import type { AnswerMap } from './reservation';
import { MINUTE, type Span } from './span';

/** What somebody had filled in when they closed the form without booking. */
export interface Draft {
  readonly title: string;
  readonly description: string;
  readonly people: number | null;
  readonly isPrivate: boolean;
  readonly answers: AnswerMap;
  readonly quantity: number;
  readonly resourceId: string | null;
  readonly resourceName: string | null;
  readonly span: Span | null;
}

const KEPT_FOR = 10 * MINUTE;

/** Keeps the last draft for ten minutes, in memory only: a shared computer must not remember it. */
@Injectable({ providedIn: 'root' })
export class Drafts {
  private readonly clock = inject(ServerClock);
  private kept: { readonly draft: Draft; readonly until: number } | null = null;

  /** Keeps it unless nothing was typed. */
  keep(draft: Draft): void {
    const isWorthKeeping = draft.title.trim() !== '' || draft.description.trim() !== '';
    this.kept = isWorthKeeping ? { draft, until: this.clock.now() + KEPT_FOR } : null;
  }

  forget(): void {
    this.kept = null;
  }

  recent(): Draft | null {
    return this.kept !== null && this.kept.until > this.clock.now() ? this.kept.draft : null;
  }
}
