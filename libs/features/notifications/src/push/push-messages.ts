import { newId } from '@berth/kernel';
import type { Tx } from '@berth/platform/database';
import { PublicLinks } from '@berth/platform/mail';
import { Secrets } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { pageOf } from '../letters/pages';
import { say } from '../letters/say';
import type { Draft } from '../telling/draft';
import type { Recipient } from '../telling/recipient.store';

/** A push message holds 4096 bytes when it is encrypted (RFC 8291). */
const TITLE_MAX = 120;
const BODY_MAX = 400;

/** What a browser shows, decrypted by its service worker. */
export interface PushWords {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly body: string;
  /** Page to open. */
  readonly url: string;
  readonly language: string;
}

/** Of which notification, to whom, and when. */
export interface PushWish {
  readonly id: string;
  readonly draft: Draft;
  readonly reader: Recipient;
  readonly notBefore: Date;
  readonly usefulUntil: Date;
}

export const wordsPlace = (id: string): string => `push_message/${id}/words`;

/** Writes down what browsers are to be sent; it leaves after the commit. */
@Injectable()
export class PushMessages {
  constructor(
    private readonly secrets: Secrets,
    private readonly links: PublicLinks,
  ) {}

  async write(tx: Tx, wishes: readonly PushWish[]): Promise<void> {
    if (wishes.length === 0) return;
    const browsers = await tx.sql<{ id: string; account_id: string }>`
      select id, account_id from push_subscription where account_id = any(${[...new Set(wishes.map((it) => it.reader.id))]}::uuid[])`;
    for (const wish of wishes)
      for (const browser of browsers)
        if (browser.account_id === wish.reader.id && wish.notBefore < wish.usefulUntil) await this.insert(tx, wish, browser.id);
  }

  private async insert(tx: Tx, { id: notificationId, draft, reader, notBefore, usefulUntil }: PushWish, browserId: string): Promise<void> {
    const id = newId();
    const { subject, text } = say(draft.kind, draft.facts, reader);
    const shown: PushWords = {
      ...{ id: notificationId, kind: draft.kind, title: subject.slice(0, TITLE_MAX), body: text.slice(0, BODY_MAX) },
      url: this.links.to(pageOf(draft)),
      language: reader.language,
    };
    await tx.sql`
      insert into push_message (id, org_id, subscription_id, notification_id, words_sealed, next_try_at, useful_until)
      values (${id}, ${draft.organizationId}, ${browserId}, ${notificationId}, ${this.secrets.seal(JSON.stringify(shown), wordsPlace(id))}, ${notBefore}, ${usefulUntil})
      on conflict do nothing`;
  }
}
