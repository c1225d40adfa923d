import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { type CsvRecord, readCsv, ResourceCatalogue, unreadable } from '@berth/resources';
import { Injectable } from '@nestjs/common';
import type { ReadFile, ReadRow } from './import-report';
import { namedResources } from './named-resources';
import { bodyOf, cellOf, cellsOf, columnsOf, headersOf } from './reservation-rows';

export const MOST_ROWS = 500;

/** Reads the rows of a CSV file into the requests that would book them. */
@Injectable()
export class ReadSpreadsheet {
  constructor(
    private readonly database: Database,
    private readonly catalogue: ResourceCatalogue,
  ) {}

  /**
   * @param resourceId of rows that name none
   * @throws Problem `validation-failed` for a file that cannot be read
   */
  async execute(actor: Actor, bytes: Uint8Array, resourceId: string | undefined): Promise<ReadFile> {
    const table = readCsv(bytes);
    const columns = columnsOf(table, resourceId === undefined);
    if (table.records.length > MOST_ROWS) throw unreadable('too-many-rows', `There are more than ${MOST_ROWS} rows.`, { most: MOST_ROWS });
    const nameOf = (it: CsvRecord): string => cellOf(it, columns, 'resource') ?? resourceId ?? '';
    const named = await namedResources(this.database.of(actor.organizationId), actor, table.records.map(nameOf));
    const found = table.records.map((record) => ({ record, resource: named(nameOf(record)) }));
    const terms = await this.catalogue.termsOfMany(
      actor.organizationId,
      columns.answers.size === 0 ? [] : [...new Set(found.flatMap(({ resource }) => ('id' in resource ? resource.id : [])))],
    );
    const rows = found.map(({ record, resource }): ReadRow => {
      const name = cellOf(record, columns, 'title') ?? cellOf(record, columns, 'resource') ?? '';
      const read = { line: record.line, name, cells: cellsOf(record, columns), errors: [] };
      if ('code' in resource)
        return { ...read, errors: [{ row: record.line, column: columns.of.get('resource')?.header ?? null, ...resource }] };
      return { ...read, body: bodyOf(record, columns, { id: resource.id, fields: terms.get(resource.id)?.fields ?? [] }) };
    });
    const { delimiter, encoding } = table;
    const { used, ignored, of } = columns;
    const headers = {
      resource: of.get('resource')?.header ?? null,
      start: of.get('start')?.header ?? null,
      end: of.get('end')?.header ?? null,
    };
    return {
      format: 'csv',
      delimiter,
      encoding,
      rows,
      columns: used,
      ignoredColumns: ignored,
      headers,
      columnOf: headersOf(columns),
    };
  }
}
