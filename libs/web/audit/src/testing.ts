import type { AboutEventResponse } from '@berth/api-client';
import type { LogEntry } from './log-entry';

let made = 0;

/** A row of the log, with what the spec is about. */
export function anEntry(parts: Partial<Omit<LogEntry, 'about'>> & { readonly about?: Partial<AboutEventResponse> } = {}): LogEntry {
  const sequence = ++made;
  return {
    ...{ id: `e${sequence}`, sequence, at: '2026-11-22T08:00:00Z', action: 'site.updated', outcome: 'done' },
    actor: { id: 'a', name: 'Ana', kind: 'user' },
    via: { kind: 'session', id: 's', name: null },
    object: { kind: 'sites', id: 'berlin', name: 'Berlin' },
    ...{ onBehalfOf: null, address: '192.0.2.7', requestId: `req-${sequence}`, changes: [], names: {} },
    ...parts,
    about: {
      ...{ title: null, start: null, end: null, reason: null, missing: null, resources: [], person: null, count: null },
      ...parts.about,
    },
  };
}
