import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import {
  auditExportsCsv,
  auditExportsJson,
  auditExportsList,
  auditLogsAround,
  auditLogsCount,
  auditLogsList,
  auditLogsOwn,
  auditLogsRead,
  auditViewsForget,
  auditViewsKeep,
  auditViewsList,
  chainVerify,
  retentionRead,
  type JobResponse,
  type StrictHttpResponse,
} from '@berth/api-client';
import { apiUrl, toProblem } from '@berth/web/data';
import { firstValueFrom, type Observable } from 'rxjs';
import type { ChainStatus, LogDetail, LogEntry, LogExport, LogFacets, LogFilter, LogPage, LogRetention, LogView } from './log-entry';

/** The console is served by the API: paths are enough. */
const HERE = '';
const PAGE_ROWS = 100;
const MOST_CHAIN_CALLS = 20;

/** The calls about the log. All reject with Problem. */
@Injectable({ providedIn: 'root' })
export class AuditApi {
  private readonly http = inject(HttpClient);

  rows(filter: LogFilter, cursor: string | null, limit = PAGE_ROWS): Promise<LogPage> {
    return answered(auditLogsList(this.http, HERE, { ...filter, limit, ...(cursor === null ? {} : { cursor }) }));
  }

  own(cursor: string | null): Promise<LogPage> {
    return answered(auditLogsOwn(this.http, HERE, cursor === null ? {} : { cursor }));
  }

  one(id: string): Promise<LogDetail> {
    return answered(auditLogsRead(this.http, HERE, { id }));
  }

  async around(id: string): Promise<readonly LogEntry[]> {
    return (await answered(auditLogsAround(this.http, HERE, { id }))).data;
  }

  facets(filter: LogFilter): Promise<LogFacets> {
    return answered(auditLogsCount(this.http, HERE, filter));
  }

  async views(): Promise<readonly LogView[]> {
    return (await answered(auditViewsList(this.http, HERE))).data;
  }

  /** @throws Problem `already-exists`, `validation-failed` */
  keepView(name: string, filter: LogFilter): Promise<LogView> {
    return answered(auditViewsKeep(this.http, HERE, { body: { name, filter } }));
  }

  forgetView(id: string): Promise<void> {
    return answered(auditViewsForget(this.http, HERE, { id }));
  }

  export(format: LogExport['format'], filter: LogFilter): Promise<JobResponse> {
    return answered((format === 'csv' ? auditExportsCsv : auditExportsJson)(this.http, HERE, { body: filter }));
  }

  async exports(): Promise<readonly LogExport[]> {
    return (await answered(auditExportsList(this.http, HERE))).data;
  }

  fileUrl({ id }: Pick<LogExport, 'id'>): string {
    return apiUrl(`/audit/exports/${id}/file`);
  }

  /** Follows the chain from its beginning, call after call; what takes longer than a few stays at how far it came. */
  async chain(): Promise<ChainStatus> {
    let checked = 0;
    for (let after: number | undefined, calls = 1; ; calls++) {
      const found = await answered(chainVerify(this.http, HERE, after === undefined ? {} : { after }));
      checked += found.checked;
      if (!found.intact || found.next === null || calls === MOST_CHAIN_CALLS) return { ...found, checked };
      after = found.next;
    }
  }

  retention(): Promise<LogRetention> {
    return answered(retentionRead(this.http, HERE));
  }
}

async function answered<T>(answer: Observable<StrictHttpResponse<T>>): Promise<T> {
  try {
    return (await firstValueFrom(answer)).body;
  } catch (error) {
    throw toProblem(error);
  }
}
