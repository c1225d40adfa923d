import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { apiUrl } from '@berth/web/data';
import { settled } from '../data/resources-api';
import type { ImportReport } from './import-report';

/** The calls of the CSV import. All reject with Problem. */
@Injectable({ providedIn: 'root' })
export class ImportApi {
  private readonly http = inject(HttpClient);

  /** Says what would happen and changes nothing. @throws Problem `validation-failed` for a file that cannot be read */
  check(file: File, signal?: AbortSignal): Promise<ImportReport> {
    return settled(this.http.post<ImportReport>(apiUrl('/resources/upload'), formOf(file), { params: { dryRun: true } }), signal);
  }

  /** @throws Problem `import-failed` when wrong rows are to fail the others */
  run(file: File, onError: 'skip' | 'fail', key: string): Promise<ImportReport> {
    return settled(this.http.post<ImportReport>(apiUrl('/resources/upload'), formOf(file), { params: { onError }, headers: { 'Idempotency-Key': key } }));
  }

  /** The rows that are wrong as CSV, with a column that says why. */
  failedRows(file: File): Promise<Blob> {
    return settled(this.http.post(apiUrl('/resources/upload/failed-rows'), formOf(file), { responseType: 'blob' }));
  }
}

function formOf(file: File): FormData {
  const form = new FormData();
  form.append('file', file);
  return form;
}
