import { formatInstant } from '@berth/kernel';
import type { Actor } from '@berth/platform/auth';
import { Injectable } from '@nestjs/common';
import { Allocation } from './allocation';
import type { Alternative, Conflict } from './conflicts';
import { type BookingWish, isRefusal, type ResourceViolation } from './wish';

/** Whether a wish could be booked now, and everything that speaks against it. */
export interface CheckAnswer {
  readonly bookable: boolean;
  readonly needsApproval: boolean;
  readonly violations: readonly ResourceViolation[];
  readonly occurrences: readonly {
    readonly start: string;
    readonly end: string;
    /** Which occurrence of a series. */
    readonly recurrenceId?: string;
    readonly verdict: 'free' | 'conflict' | 'refused' | 'skipped' | 'waiting';
    readonly conflicts: readonly Conflict[];
    readonly alternatives: readonly Alternative[];
    /** Of a series: the rules this occurrence breaks. */
    readonly violations?: readonly ResourceViolation[];
    /** Of a series: what can be done about it. */
    readonly resolutions?: readonly ('skip' | 'resource' | 'time' | 'waitlist')[];
  }[];
}

/** Explains without booking: the very functions of booking. */
@Injectable()
export class Check {
  constructor(private readonly allocation: Allocation) {}

  /** @throws Problem `not-found` */
  async execute(actor: Actor, wish: BookingWish): Promise<CheckAnswer> {
    const time = { start: formatInstant(wish.start), end: formatInstant(wish.end) };
    try {
      const { claim, conflicts } = await this.allocation.explain(actor, wish);
      const verdict = conflicts.length > 0 ? 'conflict' : 'free';
      return {
        bookable: verdict === 'free',
        needsApproval: claim.status === 'pending',
        violations: [],
        occurrences: [{ ...time, verdict, conflicts, alternatives: conflicts.flatMap((it) => it.alternatives) }],
      };
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const violations = error.extensions['violations'] as ResourceViolation[];
      return {
        bookable: false,
        needsApproval: false,
        violations,
        occurrences: [{ ...time, verdict: 'refused', conflicts: [], alternatives: [] }],
      };
    }
  }
}
