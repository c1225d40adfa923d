import { Injectable, computed, signal } from '@angular/core';
import type { DayHours, ExceptionDocument } from '@berth/scheduling';
import type { BusinessHours } from '../data/hours';
import type { Resource } from '../data/resource';
import type { DraftValues } from './resource-draft';

/** Own hours that are not saved yet; null gives them up for the inherited ones. */
export type HoursDraft = { readonly days: readonly DayHours[]; readonly exceptions: readonly ExceptionDocument[] } | null;

/** The hours a draft was made on. */
export type HoursSeen = Pick<BusinessHours, 'days' | 'exceptions' | 'source' | 'settingsVersion'>;

/** Changes of one resource that nobody has saved. */
export interface Draft {
  /** What the changes were made on. */
  readonly base: Resource;
  readonly values?: DraftValues;
  readonly hours?: { readonly to: HoursDraft; readonly on: HoursSeen };
}

/** Unsaved changes by resource: looking at another resource, or going back, loses nothing. */
@Injectable({ providedIn: 'root' })
export class Drafts {
  private readonly drafts = signal<ReadonlyMap<string, Draft>>(new Map());

  readonly ids = computed<ReadonlySet<string>>(() => new Set(this.drafts().keys()));

  of(id: string): Draft | undefined {
    return this.drafts().get(id);
  }

  /** Keeps a draft; one without changes is forgotten. */
  keep(id: string, draft: Draft): void {
    this.drafts.update((all) => {
      const next = new Map(all);
      if (draft.values === undefined && draft.hours === undefined) next.delete(id);
      else next.set(id, draft);
      return next;
    });
  }

  forgetAll(): void {
    this.drafts.set(new Map());
  }

  forget(id: string): void {
    this.drafts.update((all) => new Map([...all].filter(([key]) => key !== id)));
  }
}
