import { Injectable, inject } from '@angular/core';
import { ProblemMessages, toProblem, type Problem } from '@berth/web/data';
import { Formats } from '@berth/web/ui';
import { BookingWords } from '../form/booking-words';
import { refusalOf } from './refusal';

/** Why the server did not do what was asked, in one sentence. */
@Injectable({ providedIn: 'root' })
export class WhyNot {
  private readonly words = inject(BookingWords);
  private readonly formats = inject(Formats);
  private readonly messages = inject(ProblemMessages);

  /** The first reason; of several dates of a series the first of them, and how many there are. @param zone IANA zone of the resource */
  sentence(error: unknown, zone: string): string {
    const problem = toProblem(error);
    const reason = refusalOf(problem, null)?.reasons[0];
    if (reason === undefined) return this.messages.title(problem);
    const why = this.words.reason(reason, zone, null);
    const [first, ...others] = datesInTheWay(problem);
    if (first === undefined) return why;
    const key = others.length === 0 ? 'booking.which.refused.one' : 'booking.which.refused.many';
    return this.words.text(key, { date: this.formats.date(first, zone), why, count: others.length + 1 });
  }
}

/** The dates of a series that cannot be had, as the refusal of an act on several tells. */
function datesInTheWay({ body }: Problem): string[] {
  const named = [body['conflicts'], body['violations']].flatMap((it) => (Array.isArray(it) ? (it as { recurrenceId?: string }[]) : []));
  return [...new Set(named.flatMap((it) => it.recurrenceId ?? []))].sort();
}
