import { harmlessCell } from '@berth/resources';
import { stringify } from 'csv-stringify/sync';
import type { AuditEntry } from '../log/audit-entry';
import type { ExportFormat } from './ask-export';

type Columns = Readonly<Record<string, (it: AuditEntry) => unknown>>;

const columns: Columns = {
  sequence: (it) => it.sequence,
  id: (it) => it.id,
  at: (it) => it.at,
  time_zone: () => 'UTC',
  actor: (it) => it.actor.name,
  actor_id: (it) => it.actor.id,
  via: (it) => it.via?.kind,
  via_id: (it) => it.via?.id,
  on_behalf_of: (it) => it.onBehalfOf?.name,
  on_behalf_of_id: (it) => it.onBehalfOf?.id,
  action: (it) => it.action,
  outcome: (it) => it.outcome,
  object_kind: (it) => it.object.kind,
  object: (it) => it.object.name,
  object_id: (it) => it.object.id,
  address: (it) => it.address,
  request_id: (it) => it.requestId,
  changes: (it) => (it.changes.length > 0 ? JSON.stringify(it.changes) : ''),
};

/** What a file begins with. */
export const headOf = (format: ExportFormat): string => (format === 'csv' ? line([Object.keys(columns)]) : '');

/** Rows as they stand in the file: CSV (RFC 4180), or one JSON object a line. */
export const written = (format: ExportFormat, entries: readonly AuditEntry[]): string =>
  format === 'csv'
    ? line(entries.map((it) => Object.values(columns).map((read) => harmlessCell(read(it)))))
    : entries.map((it) => `${JSON.stringify(it)}\n`).join('');

const line = (rows: readonly (readonly string[])[]): string =>
  rows.length > 0 ? stringify(rows as string[][], { record_delimiter: 'windows' }) : '';
