import type { Actor } from '@berth/platform/auth';
import { Injectable } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';
import { readCsv } from './csv-table';
import { harmlessCell } from './harmless-cell';
import { ImportResources } from './import-resources';

/** Makes the file of the rows an import would not take, each with what is wrong with it, to be put right and sent again. */
@Injectable()
export class FailedRows {
  constructor(private readonly importResources: ImportResources) {}

  /**
   * @returns CSV with the columns, delimiter and byte order mark of the file that came, and a column `error`
   * @throws Problem `validation-failed` for a file that cannot be read
   */
  async execute(actor: Actor, bytes: Uint8Array): Promise<string> {
    const { header, records, delimiter, wantsMark } = readCsv(bytes);
    const { failed } = await this.importResources.execute(actor, { bytes, dryRun: true, onError: 'skip' });
    const errors = Map.groupBy(failed, (it) => it.row);
    const rows = records
      .filter((it) => errors.has(it.line))
      .map(({ line, cells }) => {
        const wrong = (errors.get(line) ?? []).map((it) => (it.column === null ? it.detail : `${it.column}: ${it.detail}`));
        return [...header.map((_, i) => cells[i] ?? ''), ...cells.slice(header.length), wrong.join(' ')].map(harmlessCell);
      });
    return stringify([[...header.map(harmlessCell), 'error'], ...rows], { delimiter, bom: wantsMark, record_delimiter: 'windows' });
  }
}
