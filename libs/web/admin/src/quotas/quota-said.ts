import { Injectable, inject } from '@angular/core';
import { QuotaWords } from '@berth/web/booking';
import { AdminWords } from '../admin-words';
import { AssignmentWords } from '../delegation/assignment-words';
import type { QuotaRule } from './quotas-api';

/** Quotas in words. */
@Injectable({ providedIn: 'root' })
export class QuotaSaid {
  private readonly words = inject(AdminWords);
  private readonly roles = inject(AssignmentWords);
  private readonly quotas = inject(QuotaWords);

  who({ who, whoName }: Pick<QuotaRule, 'who' | 'whoName'>): string {
    if (who.kind === 'everyone') return this.words.text('admin.quotas.whoKind.everyone');
    // Of a built-in role the name is its key.
    if (who.kind === 'role') return this.roles.role({ id: who.id ?? '', name: whoName === who.id ? null : whoName });
    return whoName ?? this.words.text('admin.quotas.gone');
  }

  what({ what, whatName }: Pick<QuotaRule, 'what' | 'whatName'>): string {
    return what.kind === 'everything'
      ? this.words.text('admin.quotas.whatKind.everything')
      : (whatName ?? this.words.text('admin.quotas.gone'));
  }

  /** `10 h a week`. */
  limit(rule: Pick<QuotaRule, 'measure' | 'window' | 'limit'>): string {
    return this.quotas.limit(rule);
  }

  /** `Ana Kaya: 9 h of 10 h`. */
  most(rule: QuotaRule): string {
    const { most, measure, limit } = rule;
    if (most === null) return '';
    return `${most.displayName}: ${this.quotas.used({ measure, window: null, used: most.used, limit })}`;
  }

  /** `12 people use it, 2 are at the end of it`. */
  using({ using, atLimit }: Pick<QuotaRule, 'using' | 'atLimit'>): string {
    if (using === 0) return this.words.text('admin.quotas.unused');
    const all = this.words.count('admin.quotas.using.', using);
    return atLimit === 0 ? all : `${all}, ${this.words.count('admin.quotas.atLimit.', atLimit)}`;
  }
}
