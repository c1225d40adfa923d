import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { importFailed$FormData, importUpload$FormData, type ImportResponse } from '@berth/api-client';
import { settled } from '../data/resources-api';
import type { ImportReport } from './import-report';

/** The calls of the CSV import. All reject with Problem. */
@Injectable({ providedIn: 'root' })
export class ImportApi {
  private readonly http = inject(HttpClient);

  /** Says what would happen and changes nothing. @throws Problem `validation-failed` for a file that cannot be read */
  check(file: File, signal?: AbortSignal): Promise<ImportReport> {
    return settled(this.http.post<ImportResponse>(importUpload$FormData.PATH, formOf(file), { params: { dryRun: true } }), signal);
  }

  /**
   * @param key stays the same while the same file is sent again
   * @throws Problem `import-failed` when wrong rows are to fail the others
   */
  run(file: File, onError: 'skip' | 'fail', key: string): Promise<ImportReport> {
    const options = { params: { onError }, headers: { 'Idempotency-Key': key } };
    return settled(this.http.post<ImportResponse>(importUpload$FormData.PATH, formOf(file), options));
  }

  /** The rows that are wrong as CSV, with a column that says why; as bytes, so that the mark spreadsheets look for stays. */
  failedRows(file: File): Promise<Blob> {
    return settled(this.http.post(importFailed$FormData.PATH, formOf(file), { responseType: 'blob' }));
  }
}

function formOf(file: File): FormData {
  const form = new FormData();
  form.append('file', file);
  return form;
}
