import { accessEventTypes } from '@berth/contracts';
import { formatInstant } from '@berth/kernel';

/** What an event refused, rather than did. */
export const refusals: readonly string[] = accessEventTypes;

export const doers = ['user', 'token', 'client', 'system'] as const;
export type DoerKind = (typeof doers)[number];
/** What the doer was known by: a session, a token of a person, a program; Berth by itself; or a session in which they acted as somebody else. */
export const ways = ['session', 'token', 'client', 'system', 'stand-in'] as const;
export type Way = (typeof ways)[number];

export interface NamedRef {
  readonly id: string;
  /** null where what had the name is gone. */
  readonly name: string | null;
}

/** One field that an event changed. Either side is null where there was nothing, or is nothing any more. */
export interface FieldChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What a sentence about an event says besides who did what: each only where the event knows it. */
export interface AboutEvent {
  readonly title: string | null;
  /** RFC 3339 */
  readonly start: string | null;
  readonly end: string | null;
  readonly reason: string | null;
  /** Of a refusal the right that is missing, or what was asked for. */
  readonly missing: string | null;
  /** What it was done with, or for whom, or with how many. */
  readonly resources: readonly NamedRef[];
  readonly person: NamedRef | null;
  readonly count: number | null;
}

/** A row of the audit log. */
export interface AuditEntry {
  readonly id: string;
  readonly sequence: number;
  readonly at: string;
  readonly actor: { readonly id: string | null; readonly name: string | null; readonly kind: DoerKind };
  /** null where nobody had signed in: a link from a letter, a sign-in. */
  readonly via: { readonly kind: Way; readonly id: string | null; readonly name: string | null } | null;
  readonly onBehalfOf: NamedRef | null;
  readonly action: string;
  readonly object: { readonly kind: string; readonly id: string; readonly name: string | null };
  /** null where nobody sent a request, and for who may only read about the object. */
  readonly address: string | null;
  readonly requestId: string | null;
  readonly outcome: 'done' | 'refused';
  readonly changes: readonly FieldChange[];
  readonly about: AboutEvent;
  /** Names of the ids that stand in the changes. */
  readonly names: Readonly<Record<string, string>>;
}

export type Facts = Readonly<Record<string, unknown>>;

/** An event as it lies in the table. */
export interface EventRow {
  readonly id: string;
  readonly sequence: number;
  readonly at: Date;
  readonly type: string;
  readonly subject_kind: string;
  readonly subject_id: string;
  readonly actor_id: string | null;
  readonly request_id: string | null;
  readonly address: string | null;
  readonly via_kind: Way | null;
  readonly via_id: string | null;
  readonly on_behalf_of: string | null;
  readonly data: Facts;
}

/** Of one event; an import that set more is read whole in its raw data. */
const MOST_CHANGES = 60;
const MOST_NAMED = 20;
const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** What changed: of a change its fields, of something made what it began with, of something deleted what it was. */
export function changesOf({ data }: Pick<EventRow, 'data'>): FieldChange[] {
  const after = objectAt(data, 'after');
  const before = objectAt(data, 'before') ?? objectAt(data, 'previous');
  const now = after ?? (objectAt(data, 'previous') ? data : {});
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].slice(0, MOST_CHANGES);
  return fields.map((field) => ({ field, before: before?.[field] ?? null, after: now[field] ?? null }));
}

/** Every id a row speaks of, for looking up names. */
export function idsIn(row: EventRow): string[] {
  const own = [row.actor_id, row.subject_id, row.via_id, row.on_behalf_of].filter((it) => it !== null);
  const { data } = row;
  const about = [data['organizerId'], data['accountId'], data['personId'], data['resourceId'], data['resourceIds']];
  const told = JSON.stringify([changesOf(row), about]).match(ID) ?? [];
  return [...own, ...told.slice(0, MOST_NAMED * 2)];
}

/** @param names of ids, as many as have one */
export function toEntry(row: EventRow, names: ReadonlyMap<string, string>): AuditEntry {
  const named = (id: string): NamedRef => ({ id, name: names.get(id) ?? null });
  const changes = changesOf(row);
  const via = wayOf(row);
  const kind = via === 'session' || via === 'stand-in' || via === null ? 'user' : via;
  return {
    ...{ id: row.id, sequence: row.sequence, at: formatInstant(row.at), action: row.type },
    actor: { id: row.actor_id, name: row.actor_id ? (names.get(row.actor_id) ?? null) : null, kind },
    via: via && { kind: via, id: row.via_id, name: row.via_id ? (names.get(row.via_id) ?? null) : null },
    onBehalfOf: row.on_behalf_of ? named(row.on_behalf_of) : null,
    object: { kind: row.subject_kind, id: row.subject_id, name: nameOfObject(row, names) },
    ...{ address: row.address, requestId: row.request_id },
    outcome: refusals.includes(row.type) ? 'refused' : 'done',
    changes,
    about: aboutOf(row, named),
    names: namesIn(changes, names),
  };
}

/** Before events said it, the program stood among their facts. */
const wayOf = (row: EventRow): Way | null => row.via_kind ?? (row.data['clientId'] ? 'client' : row.actor_id === null ? 'system' : null);

/** As the event has it, which is what it was called then; else what it is called now. A job is called by its kind. */
function nameOfObject({ data, subject_kind, subject_id }: EventRow, names: ReadonlyMap<string, string>): string | null {
  const own = [
    data['name'],
    data['title'],
    subject_kind === 'jobs' && data['kind'],
    objectAt(data, 'after')?.['name'],
    objectAt(data, 'before')?.['name'],
  ];
  const told = own.find((it): it is string => typeof it === 'string' && it !== '');
  return told ?? names.get(subject_id) ?? null;
}

function aboutOf({ data }: EventRow, named: (id: string) => NamedRef): AboutEvent {
  const text = (key: string): string | null => (typeof data[key] === 'string' ? data[key] : null);
  const listed = Array.isArray(data['resourceIds']) ? data['resourceIds'] : [data['resourceId']];
  const resources = listed.filter((it): it is string => typeof it === 'string').slice(0, MOST_NAMED);
  const person = text('organizerId') ?? text('accountId') ?? text('personId');
  const count = data['occurrences'] ?? data['count'];
  return {
    ...{ title: text('title'), start: text('start') ?? text('localStart'), end: text('end'), reason: text('reason') },
    missing: text('permission') ?? text('route'),
    resources: resources.map(named),
    person: person === null ? null : named(person),
    count: typeof count === 'number' ? count : null,
  };
}

function namesIn(changes: readonly FieldChange[], names: ReadonlyMap<string, string>): Record<string, string> {
  const ids = new Set(JSON.stringify(changes).match(ID) ?? []);
  return Object.fromEntries([...ids].flatMap((id) => (names.has(id) ? [[id, names.get(id)!]] : [])));
}

function objectAt(data: Facts, key: string): Facts | undefined {
  const value = data[key];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Facts) : undefined;
}
