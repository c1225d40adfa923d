import { Injectable, inject } from '@angular/core';
import { Session } from '@berth/web/data';
import { Formats } from '@berth/web/ui';
import { AdminWords } from '../admin-words';
import type { Assignment } from '../data/access-api';

/** Who has which role where and for how long, in words. i18n: admin.roles.builtIn.* */
@Injectable({ providedIn: 'root' })
export class AssignmentWords {
  private readonly words = inject(AdminWords);
  private readonly formats = inject(Formats);
  private readonly session = inject(Session);

  role({ id, name }: { readonly id: string; readonly name: string | null }): string {
    return name ?? this.words.text(`admin.roles.builtIn.${id}`);
  }

  /** `Site manager in Berlin HQ, through Lab help, until Fri 4 Dec`. */
  whole(assignment: Assignment): string {
    const through =
      assignment.holder.kind === 'group' ? this.words.text('admin.delegation.through', { group: assignment.holder.name }) : '';
    const where = this.words.text('admin.delegation.in', { role: this.role(assignment.role), place: assignment.place.name });
    return [where, through, this.time(assignment)].filter(Boolean).join(', ');
  }

  /** `from 1 Dec`, `until 4 Dec`; nothing for what has no dates. The end is the last day it counts. */
  time({ from, until }: Pick<Assignment, 'from' | 'until'>): string {
    const zone = this.session.user()?.organization.timeZone ?? 'UTC';
    const day = (instant: number): string => this.formats.date(new Date(instant), zone, 'medium');
    return [
      ...(from === null ? [] : [this.words.text('admin.delegation.from', { date: day(Date.parse(from)) })]),
      ...(until === null ? [] : [this.words.text('admin.delegation.until', { date: day(Date.parse(until) - 1) })]),
    ].join(' ');
  }

  /** Whether it is over, or has not begun. */
  state({ from, until }: Pick<Assignment, 'from' | 'until'>, now: number): 'over' | 'to-come' | 'in-force' {
    if (until !== null && Date.parse(until) <= now) return 'over';
    return from !== null && Date.parse(from) > now ? 'to-come' : 'in-force';
  }
}
