import { Database } from '@berth/platform/database';
import { PublicLinks } from '@berth/platform/mail';
import { FetchFailed, SafeFetch } from '@berth/platform/outgoing';
import { type DueWork, Queue } from '@berth/platform/queue';
import { Clock, LOG, Secrets } from '@berth/platform/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import webPush from 'web-push';
import { PushKeys } from './push-keys';
import { wordsPlace } from './push-messages';
import { keysPlace, type PushKeysOfBrowser } from './push-subscriptions';

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 16 * 1024;
/** Longer than a request may take. */
const LEASE_MS = 60_000;
const PAUSES_MS = [30_000, 300_000, 1_800_000, 7_200_000];

interface MessageRow {
  readonly id: string;
  readonly subscription_id: string;
  readonly notification_id: string;
  readonly words_sealed: Buffer;
  readonly attempt: number;
  readonly useful_until: Date;
  readonly endpoint: string;
  readonly keys_sealed: Buffer;
}

/** Sends to browsers what is due, encrypted for each of them (RFC 8291); a browser that is gone is forgotten. */
@Injectable()
export class SendPushes implements DueWork {
  readonly name = 'push';
  readonly atOnce = 8;

  constructor(
    queue: Queue,
    private readonly database: Database,
    private readonly keys: PushKeys,
    private readonly fetch: SafeFetch,
    private readonly secrets: Secrets,
    private readonly links: PublicLinks,
    private readonly clock: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {
    queue.add(this);
  }

  async due(limit: number): Promise<readonly string[]> {
    const now = this.clock.now();
    await this.database.system.sql`delete from push_message where useful_until <= ${now} and next_try_at <= ${now}`;
    const rows = await this.database.system.sql<{ id: string }>`
      select id from push_message where next_try_at <= ${now} order by next_try_at, id limit ${limit}`;
    return rows.map((it) => it.id);
  }

  async execute(id: string): Promise<void> {
    const message = await this.take(id);
    if (!message) return;
    const status = await this.send(message);
    if (status === 404 || status === 410) {
      await this.database.system.sql`delete from push_subscription where id = ${message.subscription_id}`;
    } else if (status >= 200 && status < 300) {
      await this.database.system.sql`delete from push_message where id = ${id} and attempt = ${message.attempt}`;
      await this.database.system.sql`update push_subscription set last_sent_at = ${this.clock.now()} where id = ${message.subscription_id}`;
    } else if (status === 429 || status >= 500 || status === 0) {
      await this.pause(message);
    } else {
      this.log.warn({ push: id, status }, 'a push message was refused');
      await this.database.system.sql`delete from push_message where id = ${id} and attempt = ${message.attempt}`;
    }
  }

  private async take(id: string): Promise<MessageRow | undefined> {
    const now = this.clock.now();
    const [row] = await this.database.system.sql<MessageRow>`
      update push_message m set attempt = m.attempt + 1, next_try_at = ${new Date(now.getTime() + LEASE_MS)}
      from push_subscription s
      where m.id = ${id} and m.next_try_at <= ${now} and m.useful_until > ${now} and s.id = m.subscription_id
      returning m.id, m.subscription_id, m.notification_id, m.words_sealed, m.attempt, m.useful_until, s.endpoint, s.keys_sealed`;
    return row;
  }

  /** @returns the status of the answer; 0 when there was none */
  private async send(message: MessageRow): Promise<number> {
    try {
      const words = this.secrets.open(message.words_sealed, wordsPlace(message.id));
      const keys = JSON.parse(this.secrets.open(message.keys_sealed, keysPlace(message.subscription_id)).toString()) as PushKeysOfBrowser;
      const vapid = await this.keys.pair();
      const ttl = Math.max(0, Math.floor((message.useful_until.getTime() - this.clock.now().getTime()) / 1000));
      const request = webPush.generateRequestDetails({ endpoint: message.endpoint, keys }, words, {
        vapidDetails: { subject: this.subject, ...vapid },
        TTL: ttl,
        contentEncoding: 'aes128gcm',
        // Of several that wait for a browser that is off only the newest of one thing is shown.
        topic: message.notification_id.replaceAll('-', ''),
      });
      const answer = await this.fetch.send(message.endpoint, {
        ...{ method: request.method, headers: headersOf(request.headers), body: request.body ?? undefined },
        ...{ timeout: TIMEOUT_MS, maxBytes: MAX_ANSWER_BYTES },
      });
      return answer.status;
    } catch (error) {
      // An address that may not be reached never may: the browser is forgotten like one that is gone.
      if (error instanceof FetchFailed && error.reason === 'address-refused') return 410;
      this.log.warn(
        { push: message.id, reason: error instanceof FetchFailed ? error.reason : 'failed' },
        'a push message could not be sent',
      );
      return 0;
    }
  }

  /** Whom a push service may write to about what we send (RFC 8292 §2.1): it wants https or mailto. */
  private get subject(): string {
    const address = this.links.to('/');
    return address.startsWith('https:') ? address : `mailto:no-reply@${this.links.host}`;
  }

  private async pause({ id, attempt }: MessageRow): Promise<void> {
    const pause = PAUSES_MS[attempt - 1];
    if (pause === undefined) await this.database.system.sql`delete from push_message where id = ${id} and attempt = ${attempt}`;
    else
      await this.database.system.sql`
        update push_message set next_try_at = ${new Date(this.clock.now().getTime() + pause)} where id = ${id} and attempt = ${attempt}`;
  }
}

const headersOf = (headers: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
