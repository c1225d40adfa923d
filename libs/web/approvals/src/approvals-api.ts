import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import type { Reservation } from '@berth/web/booking';
import { apiUrl, ifMatch } from '@berth/web/data';
import { firstValueFrom } from 'rxjs';

interface Person {
  readonly id: string;
  readonly displayName: string;
}

/** A request for approval as the API gives it; instants are RFC 3339. */
export interface Approval {
  readonly id: string;
  readonly status: 'waiting' | 'approved' | 'rejected' | 'expired' | 'withdrawn';
  readonly step: number;
  readonly steps: number;
  readonly requestedAt: string;
  readonly requestedBy: Person;
  readonly dueAt: string;
  readonly asked: readonly (Person & {
    readonly step: number;
    readonly delegatedBy: Person | null;
    readonly answer: 'approve' | 'reject' | 'delegate' | null;
    readonly message: string | null;
  })[];
  readonly questions: readonly Question[];
  readonly mayRespond: boolean;
  readonly decidedBy: Person | null;
  /** Who decides is always told whose it is. */
  readonly reservation: Reservation & { readonly organizer: Person };
  readonly version: number;
}

/** What somebody who decides wants to know; nobody has answered where the answer is null. */
export interface Question {
  readonly id: string;
  readonly question: string;
  readonly askedBy: Person;
  readonly answer: string | null;
  readonly answeredBy: Person | null;
}

/** What helps to decide; all of it about the resources of the request. */
export interface Background {
  readonly record: { readonly minutesInMonth: number; readonly approved: number; readonly rejected: number; readonly noShows: number };
  readonly earlier: readonly {
    readonly reservationId: string;
    readonly title: string | null;
    readonly start: string;
    readonly end: string;
    readonly status: 'approved' | 'rejected' | 'expired';
    readonly decidedBy: Person | null;
  }[];
  /** Who waits for the same time, in the order they are offered it. */
  readonly rivals: readonly { readonly id: string; readonly person: Person; readonly start: string; readonly end: string }[];
  readonly moreRivals: number;
}

/** What is answered to a request. */
export interface Answer {
  readonly decision: 'approve' | 'reject';
  readonly message?: string | null;
  readonly suggestion?: { readonly start: string; readonly end: string } | null;
}

export interface ApprovalList {
  readonly data: readonly Approval[];
  readonly page: { readonly nextCursor: string | null; readonly hasMore: boolean };
  readonly total: number;
}

/** The calls about approvals. Every promise rejects with a Problem. */
@Injectable({ providedIn: 'root' })
export class ApprovalsApi {
  private readonly http = inject(HttpClient);

  pending(): Promise<ApprovalList> {
    return firstValueFrom(this.http.get<ApprovalList>(apiUrl('/approvals/pending'), { params: { limit: 200 } }));
  }

  one(id: string): Promise<Approval> {
    return firstValueFrom(this.http.get<Approval>(apiUrl(`/approvals/${id}`)));
  }

  /** @throws Problem `permission-denied` for who does not decide */
  background({ id }: Approval): Promise<Background> {
    return firstValueFrom(this.http.get<Background>(apiUrl(`/approvals/${id}/background`)));
  }

  ask({ id }: Approval, question: string): Promise<Approval> {
    return firstValueFrom(this.http.post<Approval>(apiUrl(`/approvals/${id}/ask`), { question }));
  }

  /** @throws Problem `invalid-state` when it is decided already, `precondition-failed` when it changed */
  respond({ id, version }: Approval, answer: Answer): Promise<Approval> {
    return firstValueFrom(this.http.post<Approval>(apiUrl(`/approvals/${id}/respond`), answer, { headers: ifMatch(version) }));
  }

  /** The same while the page is being left: the browser finishes it, nobody hears the answer. */
  respondLeaving({ id, version }: Approval, answer: Answer): void {
    void fetch(apiUrl(`/approvals/${id}/respond`), {
      method: 'POST',
      keepalive: true,
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json', ...ifMatch(version) },
      body: JSON.stringify(answer),
    }).catch(() => undefined);
  }

  delegate({ id, version }: Approval, to: string, message: string | null): Promise<Approval> {
    return firstValueFrom(this.http.post<Approval>(apiUrl(`/approvals/${id}/delegate`), { to, message }, { headers: ifMatch(version) }));
  }
}
