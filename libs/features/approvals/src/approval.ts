import type { ApprovalRequestStatus, Reservation } from '@berth/reservations';

interface Person {
  readonly id: string;
  readonly displayName: string;
}

/** Somebody who is asked at a step, and what they said. */
export interface AskedPerson extends Person {
  readonly step: number;
  readonly delegatedBy: Person | null;
  readonly answer: 'approve' | 'reject' | 'delegate' | null;
  readonly answeredAt: string | null;
  readonly message: string | null;
}

/** What somebody who decides wants to know. Instants are RFC 3339 in UTC. */
export interface Question {
  readonly id: string;
  readonly question: string;
  readonly askedBy: Person;
  readonly askedAt: string;
  readonly answer: string | null;
  readonly answeredBy: Person | null;
  readonly answeredAt: string | null;
}

/** A request for approval as it is shown to one person. Instants are RFC 3339 in UTC. */
export interface Approval {
  readonly id: string;
  readonly reservationId: string;
  readonly status: ApprovalRequestStatus;
  /** Counted from 1. */
  readonly step: number;
  readonly steps: number;
  readonly requestedAt: string;
  readonly requestedBy: Person;
  /** Declined when nobody decided by then. */
  readonly dueAt: string;
  /** Nobody, where those who manage are asked. */
  readonly asked: readonly AskedPerson[];
  /** In the order they were asked. */
  readonly questions: readonly Question[];
  /** Whether the person it is shown to may answer it now. */
  readonly mayRespond: boolean;
  readonly decidedBy: Person | null;
  readonly endedAt: string | null;
  readonly message: string | null;
  readonly suggestion: { readonly start: string; readonly end: string } | null;
  readonly reservation: Reservation;
  readonly version: number;
}
