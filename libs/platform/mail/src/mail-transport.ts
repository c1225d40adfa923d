import { CONFIG, type Config } from '@berth/platform/runtime';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import type { Letter } from './letter';
import { PublicLinks } from './public-links';
import { oneLine, renderLetter } from './render-letter';

/** A letter with what goes on its envelope. */
export interface Envelope {
  /** The same on every try: a server that has it already, and every reader, knows it for the same mail. */
  readonly id: string;
  readonly writtenAt: Date;
  readonly to: { readonly name: string; readonly address: string };
  readonly letter: Letter;
}

/** What came of handing a letter over; `refused` is for good. */
export type Handed = { readonly outcome: 'sent' } | { readonly outcome: 'refused' | 'failed'; readonly reason: string };

const TIMEOUT_MS = 20_000;
const CONNECTIONS = 4;

/** The SMTP server of the configuration. Where none is named nothing can be sent. */
@Injectable()
export class MailTransport implements OnModuleDestroy {
  private readonly smtp: ReturnType<typeof transportOf> | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'smtpUrl' | 'mailFrom'>,
    private readonly links: PublicLinks,
  ) {
    this.smtp = config.smtpUrl === undefined ? undefined : transportOf(config.smtpUrl);
  }

  get isSetUp(): boolean {
    return this.smtp !== undefined;
  }

  /** Address letters come from, without the name. */
  get senderAddress(): string {
    const { mailFrom } = this.config;
    return mailFrom === undefined ? `no-reply@${this.links.host}` : (/<([^>]+)>$/.exec(mailFrom)?.[1] ?? mailFrom);
  }

  /** Host and port, for those who look after it; never the user and the password. */
  get server(): string {
    return this.config.smtpUrl === undefined ? '' : new URL(this.config.smtpUrl).host;
  }

  async send({ id, writtenAt, to, letter }: Envelope): Promise<Handed> {
    if (!this.smtp) return { outcome: 'failed', reason: 'not-set-up' };
    if (!isMailAddress(to.address)) return { outcome: 'refused', reason: 'address' };
    try {
      await this.smtp.sendMail({
        ...renderLetter(letter),
        from: this.config.mailFrom ?? { name: 'Berth', address: this.senderAddress },
        to: { name: oneLine(to.name), address: to.address },
        messageId: `<${id}@${this.links.host}>`,
        date: writtenAt,
        headers: {
          ...{ 'Auto-Submitted': 'auto-generated', 'Content-Language': letter.language },
          // One click in the mail program, without a page and without signing in (RFC 8058).
          ...(letter.unsubscribe && {
            'List-Unsubscribe': `<${letter.unsubscribe}>`,
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          }),
        },
        ...(letter.calendar && {
          icalEvent: { ...letter.calendar, filename: letter.calendar.method === 'CANCEL' ? 'cancel.ics' : 'invite.ics' },
        }),
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      return { outcome: 'sent' };
    } catch (error) {
      return verdictOf(error);
    }
  }

  /** Whether the server answers and lets us in; the reason where it does not. */
  async check(): Promise<string | undefined> {
    if (!this.smtp) return 'not-set-up';
    try {
      await this.smtp.verify();
      return undefined;
    } catch (error) {
      return verdictOf(error).reason;
    }
  }

  onModuleDestroy(): void {
    this.smtp?.close();
  }
}

/** What the address says goes before what we say. */
function transportOf(address: string) {
  const url = new URL(address);
  const ours = {
    pool: true,
    maxConnections: CONNECTIONS,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  };
  for (const [name, value] of Object.entries(ours)) if (!url.searchParams.has(name)) url.searchParams.set(name, String(value));
  return createTransport(url.href);
}

/** One plain address: nothing a header or a list of addresses could be made of. */
export const isMailAddress = (text: string): boolean =>
  text.length <= 254 && /^[^\s@"<>()[\]\\,;:\p{Cc}]+@[^\s@"<>()[\]\\,;:\p{Cc}]+$/u.test(text);

/** Codes only: what a server writes back may have the address in it. */
function verdictOf(error: unknown): { outcome: 'refused' | 'failed'; reason: string } {
  const { code, responseCode, command } = error as { code?: string; responseCode?: number; command?: string };
  const isForGood = responseCode !== undefined && responseCode >= 500 && /^(RCPT|DATA)/.test(command ?? '');
  return { outcome: isForGood ? 'refused' : 'failed', reason: [code ?? 'unknown', responseCode].filter(Boolean).join(' ') };
}
