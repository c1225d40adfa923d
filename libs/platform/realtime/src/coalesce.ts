import type { LogEntry } from '@berth/platform/outbox';

/** An event to tell, and the numbers of those before it that it makes idle. */
export interface Telling {
  readonly entry: LogEntry;
  readonly replaces: readonly number[];
}

/** Of these the later one says all the earlier said: how something is now, or how far it has come. */
const SUPERSEDED = /\.(updated|progressed|refreshed|status_changed)$/;

/**
 * Of several events that say how the same thing is now, the last one, where it stands; everything else as it is. Between two
 * of them nothing else may have happened to it, and both must be told to the same people.
 */
export function coalesce(entries: readonly LogEntry[]): Telling[] {
  const followed = new Map<string, { readonly key: string; readonly at: number }>();
  const tellings: (Telling | undefined)[] = [];
  for (const entry of entries) {
    const subject = `${entry.organizationId} ${entry.subject}`;
    const key = SUPERSEDED.test(entry.type) ? `${entry.type} ${audienceOf(entry)}` : '';
    const before = key === '' ? undefined : followed.get(subject);
    const replaced = before?.key === key ? tellings[before.at] : undefined;
    if (before && replaced) tellings[before.at] = undefined;
    followed.set(subject, { key, at: tellings.length });
    tellings.push({ entry, replaces: replaced ? [...replaced.replaces, replaced.entry.sequence] : [] });
  }
  return tellings.filter((it) => it !== undefined);
}

/** The fields that decide who is told. */
function audienceOf({ data }: LogEntry): string {
  const { siteIds, resourceIds, organizerId, accountId, status, approval } = (data ?? {}) as Record<string, unknown>;
  return JSON.stringify([siteIds, resourceIds, organizerId, accountId, status, approval]);
}
