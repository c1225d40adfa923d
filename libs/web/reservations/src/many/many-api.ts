import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import type { Reservation } from '@berth/web/booking';
import { Problem, apiUrl, newIdempotencyKey, type ProblemBody } from '@berth/web/data';
import { firstValueFrom } from 'rxjs';

/** Which bookings are meant: named, or one's own that begin in a span of time. */
export type Which = { readonly ids: readonly string[] } | { readonly filter: { readonly from: string; readonly to: string } };

/** What became of one of many; of one found by its time that failed nothing more is known. */
export interface ManyResult {
  readonly id: string | null;
  readonly reservation: Reservation | null;
  readonly problem: Problem | null;
}

interface BulkAnswer {
  readonly results: readonly { readonly index: number; readonly data?: Reservation; readonly problem?: ProblemBody }[];
}

/** How long what was cancelled can be restored: bringing many back takes a while. */
const KEPT_SECONDS = 30;
/** As many as one request takes. */
const AT_ONCE = 500;
/** As many as the address of a request takes. */
const IN_AN_ADDRESS = 100;

/** The calls about many bookings at once. Every promise rejects with a Problem. */
@Injectable({ providedIn: 'root' })
export class ManyApi {
  private readonly http = inject(HttpClient);

  /** Cancels each that can be; for half a minute they can be restored. */
  cancel(which: Which, reason: string | null): Promise<readonly ManyResult[]> {
    return this.eachPart(which, (part) => {
      const body = { ...part, mode: 'bestEffort', undoSeconds: KEPT_SECONDS, ...(reason !== null && { reason }) };
      return firstValueFrom(
        this.http.post<BulkAnswer>(apiUrl('/bulk/reservations/cancel'), body, { headers: { 'Idempotency-Key': newIdempotencyKey() } }),
      );
    });
  }

  /** What cancelling would answer; changes nothing. */
  tryCancel(which: Which): Promise<readonly ManyResult[]> {
    return this.eachPart(which, (part) =>
      firstValueFrom(
        this.http.post<BulkAnswer>(apiUrl('/bulk/reservations/cancel'), { ...part, mode: 'bestEffort' }, { params: { dryRun: true } }),
      ),
    );
  }

  /** The bookings as CSV with one header line. */
  async export(ids: readonly string[]): Promise<Blob> {
    const parts: string[] = [];
    for (const some of partsOf(ids, IN_AN_ADDRESS)) {
      const text = await firstValueFrom(this.http.get(apiUrl('/bulk/reservations/export'), { params: { id: some }, responseType: 'text' }));
      parts.push(parts.length === 0 ? text : text.slice(text.indexOf('\r\n') + 2));
    }
    return new Blob(['\uFEFF', ...parts], { type: 'text/csv;charset=utf-8' });
  }

  private async eachPart(which: Which, ask: (part: Which) => Promise<BulkAnswer>): Promise<ManyResult[]> {
    const results: ManyResult[] = [];
    for (const part of 'ids' in which ? partsOf(which.ids, AT_ONCE).map((ids) => ({ ids })) : [which]) {
      const answer = await ask(part);
      results.push(
        ...answer.results.map(({ index, data, problem }) => ({
          id: data?.id ?? ('ids' in part ? (part.ids[index] ?? null) : null),
          reservation: data ?? null,
          problem: problem === undefined ? null : new Problem(problem, problem.status ?? 0),
        })),
      );
    }
    return results;
  }
}

const partsOf = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
