import { isId, newId } from '@berth/kernel';
import { PublicLinks } from '@berth/platform/mail';
import { Clock, Secrets } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { notificationKinds, type NotificationKind, type Target } from '../notification';
import type { Draft, LinkVerb } from '../telling/draft';

const ACT_PLACE = 'notification/act';
const UNSUBSCRIBE_PLACE = 'notification/unsubscribe';
/** Letters are read again after months; who has had enough then must still be able to say so. */
const UNSUBSCRIBE_DAYS = 365;

/** What a link of a letter does, for whom, and until when. */
export interface SealedAction {
  /** Of this link; it is used once. */
  readonly id: string;
  readonly organizationId: string;
  readonly accountId: string;
  readonly verb: LinkVerb;
  readonly kind: NotificationKind;
  readonly target: Target;
  /** When one that runs could end instead. */
  readonly extendTo?: string;
  readonly expiresAt: Date;
}

/** Which letters somebody wants no more. */
export interface SealedUnsubscription {
  readonly organizationId: string;
  readonly accountId: string;
  readonly kind: NotificationKind;
}

/**
 * The secrets of links in letters: sealed by the installation, so that nobody can make one or read what is in it. Opening such a
 * page changes nothing; its button sends the secret back.
 */
@Injectable()
export class ActionLinks {
  constructor(
    private readonly secrets: Secrets,
    private readonly links: PublicLinks,
    private readonly clock: Clock,
  ) {}

  to(draft: Pick<Draft, 'organizationId' | 'accountId' | 'kind' | 'target' | 'facts'>, verb: LinkVerb, until: Date): string {
    const content = [
      ...[newId(), draft.organizationId, draft.accountId, verb, draft.kind, draft.target, until.getTime()],
      ...(verb === 'extend' && draft.facts.extendTo ? [draft.facts.extendTo] : []),
    ];
    return this.links.to('/act', this.seal(content, ACT_PLACE));
  }

  /** Takes a POST from mail programs (RFC 8058) and shows people a page. */
  unsubscribe(draft: Pick<Draft, 'organizationId' | 'accountId' | 'kind'>): string {
    const until = this.clock.now().getTime() + UNSUBSCRIBE_DAYS * 86_400_000;
    const token = this.seal([draft.organizationId, draft.accountId, draft.kind, until], UNSUBSCRIBE_PLACE);
    return this.links.to(`/api/v1/notifications/unsubscribe?token=${token}`);
  }

  /** undefined for what is not ours, was changed, or has run out. */
  read(token: string): SealedAction | undefined {
    const [id, organizationId, accountId, verb, kind, target, until, extendTo] = this.open(token, ACT_PLACE) ?? [];
    if (![id, organizationId, accountId].every((it) => typeof it === 'string' && isId(it)) || typeof until !== 'number') return undefined;
    if (until <= this.clock.now().getTime()) return undefined;
    return {
      ...({ id, organizationId, accountId, verb, kind, target } as Omit<SealedAction, 'expiresAt' | 'extendTo'>),
      ...(typeof extendTo === 'string' && { extendTo }),
      expiresAt: new Date(until),
    };
  }

  readUnsubscription(token: string): SealedUnsubscription | undefined {
    const [organizationId, accountId, kind, until] = this.open(token, UNSUBSCRIBE_PLACE) ?? [];
    if (typeof until !== 'number' || until <= this.clock.now().getTime()) return undefined;
    if (!(notificationKinds as readonly unknown[]).includes(kind)) return undefined;
    return { organizationId, accountId, kind } as SealedUnsubscription;
  }

  private seal(content: readonly unknown[], place: string): string {
    return this.secrets.seal(JSON.stringify(content), place).toString('base64url');
  }

  private open(token: string, place: string): readonly unknown[] | undefined {
    try {
      const content: unknown = JSON.parse(this.secrets.open(Buffer.from(token, 'base64url'), place).toString());
      return Array.isArray(content) ? content : undefined;
    } catch {
      return undefined;
    }
  }
}
