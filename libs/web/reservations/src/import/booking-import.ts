import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import type { JobResponse, ReservationImportResponse } from '@berth/api-client';
import { BookingWords } from '@berth/web/booking';
import { apiUrl, Jobs } from '@berth/web/data';
import { ImportDoor, type CsvCopy, type ImportProgress, type ImportReport, type RowAlternative } from '@berth/web/import';
import { firstValueFrom } from 'rxjs';
import { DefaultResource, ResourceOfRows } from './default-resource';
import { eventsAt } from './events-at';

/** Notes the server has words for: why a row is no booking to be. */
const NOTES = ['cancelled', 'duplicate-row', 'part-of-series', 'stopped'];

/** A report that knows which columns an alternative goes into. */
type BookingReport = ImportReport & Pick<ReservationImportResponse, 'headers'>;

/** Bookings from a spreadsheet or a calendar. All calls reject with Problem. i18n: reservations.import.* */
@Injectable()
export class BookingImport extends ImportDoor<BookingReport> {
  private readonly http = inject(HttpClient);
  private readonly jobs = inject(Jobs);
  private readonly words = inject(BookingWords);
  private readonly ofRows = inject(ResourceOfRows).chosen;

  readonly texts = 'reservations.import';
  readonly columns = ['resource', 'start', 'end', 'time_zone', 'title', 'description', 'attendees', 'quantity', 'private', 'field:…'];
  readonly template = { name: 'berth-bookings.csv', text: 'resource,start,end,time_zone,title,description,attendees,quantity,private\n' };
  readonly accepts = '.csv,.tsv,.txt,.ics,text/csv,text/tab-separated-values,text/plain,text/calendar';
  readonly actions = ['create', 'update', 'unchanged', 'skip', 'error'] as const;
  readonly errors = [
    'required',
    'unknown-resource',
    'ambiguous-resource',
    'is-instant',
    'not-after-start',
    'reservation-conflict',
    'slot-held',
    'unknown-time-zone',
    'not-an-event',
    'nonexistent-local-time',
    'unknown-field',
    'not-an-option',
  ];
  override readonly options = DefaultResource;

  async check(file: File): Promise<BookingReport> {
    return this.reportOf(await this.send<ReservationImportResponse>(file, { dryRun: true }));
  }

  async run(file: File, onError: 'skip' | 'fail', key: string, onProgress: (it: ImportProgress) => void): Promise<BookingReport> {
    const answer = await this.send<ReservationImportResponse | JobResponse>(file, { onError }, key);
    if (!('state' in answer)) return this.reportOf(answer);
    const stop = (): Promise<void> => this.jobs.stop(answer.id);
    await this.jobs.follow(answer, ({ progress }) => onProgress({ ...progress, stop }));
    return this.reportOf(await this.jobs.result<ReservationImportResponse>(answer.id));
  }

  async failedRows(file: File, report: BookingReport, copy: CsvCopy | null): Promise<Blob> {
    const wrong = Map.groupBy(report.failed, (it) => it.row);
    if (copy === null) return new Blob([eventsAt(await file.text(), [...wrong.keys()])], { type: 'text/calendar' });
    const reasons = new Map([...wrong].map(([line, errors]) => [line, errors.map((it) => it.detail).join(' ')]));
    return new Blob(['\uFEFF', copy.failedText(reasons)], { type: 'text/csv;charset=utf-8' });
  }

  override cellsOf({ resourceId, name, start, end }: RowAlternative, { headers }: BookingReport) {
    const { resource, start: from, end: to } = headers;
    // Where the file has no column for it, only the resource of all rows can be meant.
    if (!from || !to || (!resource && resourceId !== this.ofRows()?.id)) return [];
    const time = [
      { column: from, text: start },
      { column: to, text: end },
    ];
    return resource ? [{ column: resource, text: name }, ...time] : time;
  }

  link() {
    return { path: '/me/bookings', query: {} };
  }

  private send<Answer>(file: File, params: Record<string, string | boolean>, key?: string): Promise<Answer> {
    const resourceId = this.ofRows()?.id;
    const form = new FormData();
    form.append('file', file);
    const options = {
      params: { ...params, ...(resourceId !== undefined && { resourceId }) },
      headers: (key === undefined ? {} : { 'Idempotency-Key': key }) as Record<string, string>,
    };
    return firstValueFrom(this.http.post<Answer>(apiUrl('/bulk/reservations/import'), form, options));
  }

  private reportOf(answer: ReservationImportResponse): BookingReport {
    const notes = new Map(answer.skipped.map((it) => [it.row, NOTES.includes(it.code) ? this.noteOf(it.code) : it.detail]));
    const rows = answer.rows.map((it) => (notes.has(it.row) ? { ...it, note: notes.get(it.row) } : it));
    return { ...answer, rows };
  }

  private noteOf(code: string): string {
    return this.words.text(`reservations.import.note.${code}`);
  }
}
