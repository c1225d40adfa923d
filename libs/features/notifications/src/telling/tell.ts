import { newId } from '@berth/kernel';
import type { Tx } from '@berth/platform/database';
import { Mail } from '@berth/platform/mail';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { Letters } from '../letters/letters';
import { NewsOfNotifications } from '../news-of-notifications';
import { afterQuiet, nextDigest } from '../preferences/preferences';
import { PushMessages } from '../push/push-messages';
import type { Draft } from './draft';
import { readRecipients, type Recipient } from './recipient.store';

/** For so long news is worth a letter. */
const NEWS_MS = 3 * 86_400_000;

/** How one person is told one thing. */
interface Plan {
  readonly id: string;
  readonly draft: Draft;
  readonly reader: Recipient;
  readonly inApp: boolean;
  readonly email: boolean;
  readonly push: boolean;
  /** It waits for the letter that tells several at once. */
  readonly digestDueAt: Date | null;
}

/**
 * Tells people: on their screens, by letter and by push, as each of them chose, in the transaction of whoever knows the news. What
 * a person was told for the same cause before is told no more, in no way.
 */
@Injectable()
export class Tell {
  constructor(
    private readonly mail: Mail,
    private readonly letters: Letters,
    private readonly pushes: PushMessages,
    private readonly news: NewsOfNotifications,
    private readonly clock: Clock,
  ) {}

  /** Whether letters go out at all. */
  get sendsLetters(): boolean {
    return this.mail.canSend;
  }

  async write(tx: Tx, drafts: readonly Draft[]): Promise<void> {
    if (drafts.length === 0) return;
    const readers = await readRecipients(
      tx,
      drafts.map((it) => it.accountId),
    );
    const plans = drafts.flatMap((draft) => {
      const reader = readers.get(draft.accountId);
      const plan = reader && this.planOf(draft, reader);
      return plan && (plan.inApp || plan.email || plan.push) ? [plan] : [];
    });
    const fresh = await insertNotifications(tx, plans);
    await this.news.created(
      tx,
      fresh.filter((it) => it.inApp).map(({ id, draft }) => ({ id, organizationId: draft.organizationId, accountId: draft.accountId })),
    );
    for (const it of fresh) if (it.email && !it.digestDueAt) await this.post(tx, it);
    await this.pushes.write(
      tx,
      fresh.filter((it) => it.push).map((it) => ({ ...it, ...this.times(it) })),
    );
  }

  private planOf(draft: Draft, reader: Recipient): Plan {
    const ways = reader.preferences.matrix[draft.kind];
    const isOwn = draft.isOwnDoing === true || draft.letterOnly === true;
    const email = ways.email && !draft.withoutLetter && this.mail.canSend && (!isOwn || draft.kind.startsWith('booking-'));
    const plan = { id: newId(), draft, reader, inApp: ways.inApp && !isOwn, email, push: ways.push && !isOwn };
    return { ...plan, digestDueAt: email ? this.digestOf(draft, reader) : null };
  }

  /** What waits for the person, belongs into a calendar or would come too late goes by itself. */
  private digestOf(draft: Draft, { preferences, zone }: Recipient): Date | null {
    if (preferences.digest === 'off' || draft.kind === 'security') return null;
    if (draft.verbs.length > 0 || draft.asks || draft.calendar || draft.usefulUntil) return null;
    const due = nextDigest(this.clock.now(), preferences.digest, preferences.digestAt, zone);
    return draft.facts.start && new Date(draft.facts.start) <= due && new Date(draft.facts.start) > draft.at ? null : due;
  }

  private async post(tx: Tx, plan: Plan): Promise<void> {
    const { draft, reader } = plan;
    const { notBefore, usefulUntil } = this.times(plan);
    if (notBefore >= usefulUntil) return;
    await this.mail.post(tx, {
      ...{ organizationId: draft.organizationId, accountId: draft.accountId, kind: draft.kind },
      to: { name: reader.name, address: reader.email },
      letter: this.letters.write(draft, reader),
      notBefore,
      usefulUntil,
    });
  }

  /** Quiet hours hold it back, unless it is about the security of the account. */
  private times({ draft, reader }: Plan): { notBefore: Date; usefulUntil: Date } {
    const now = this.clock.now();
    const notBefore = draft.kind === 'security' ? now : afterQuiet(now, reader.preferences.quietHours);
    return { notBefore, usefulUntil: draft.usefulUntil ?? new Date(Math.max(now.getTime(), notBefore.getTime()) + NEWS_MS) };
  }
}

/** @returns those nobody was told before */
async function insertNotifications(tx: Tx, plans: readonly Plan[]): Promise<Plan[]> {
  if (plans.length === 0) return [];
  const rows = plans.map(({ id, draft, inApp, digestDueAt }) => ({
    ...{ id, org_id: draft.organizationId, account_id: draft.accountId, kind: draft.kind, cause: draft.cause, at: draft.at },
    ...{ subject_kind: draft.subject.kind, subject_id: draft.subject.id, facts: draft.facts, target: draft.target },
    ...{ verbs: [...draft.verbs, 'open'], in_app: inApp, needs_action: inApp && (draft.verbs.length > 0 || draft.asks === true) },
    digest_due_at: digestDueAt,
  }));
  const inserted = await tx.sql<{ id: string }>`
    insert into notification (id, org_id, account_id, kind, cause, subject_kind, subject_id, facts, target, verbs, in_app, needs_action, at, digest_due_at)
    select n.id, n.org_id, n.account_id, n.kind, n.cause, n.subject_kind, n.subject_id, n.facts, n.target,
           array(select jsonb_array_elements_text(n.verbs)), n.in_app, n.needs_action, n.at, n.digest_due_at
    from jsonb_to_recordset(${JSON.stringify(rows)}) as n(id uuid, org_id uuid, account_id uuid, kind text, cause text, subject_kind text,
      subject_id uuid, facts jsonb, target jsonb, verbs jsonb, in_app boolean, needs_action boolean, at timestamptz, digest_due_at timestamptz)
    on conflict do nothing
    returning id`;
  const fresh = new Set(inserted.map((it) => it.id));
  return plans.filter((it) => fresh.has(it.id));
}
