import { Problem } from '@berth/contracts';
import { newId } from '@berth/kernel';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { letterLanguageOf, words } from './letter';
import { MailTransport } from './mail-transport';
import de from './messages/de.json' with { type: 'json' };
import en from './messages/en.json' with { type: 'json' };
import es from './messages/es.json' with { type: 'json' };
import fr from './messages/fr.json' with { type: 'json' };
import { PublicLinks } from './public-links';

const messages = { en, es, fr, de };

/** For whom a test letter is. */
export interface TestMailWish {
  readonly to: { readonly name: string; readonly address: string };
  readonly language: string;
  readonly organization: string;
}

/** Where a test letter went. */
export interface SentTestMail {
  readonly to: string;
  /** Host and port of the server that took it. */
  readonly server: string;
}

/** Sends a letter while somebody waits, past the queue: the point is to see at once what the server says. */
@Injectable()
export class TestMail {
  constructor(
    private readonly transport: MailTransport,
    private readonly links: PublicLinks,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `mail-not-set-up`, `mail-not-sent` with the reason */
  async send({ to, language: wanted, organization }: TestMailWish): Promise<SentTestMail> {
    if (!this.transport.isSetUp) throw new Problem('mail-not-set-up');
    const language = letterLanguageOf(wanted);
    const say = messages[language].test;
    const letter = {
      language,
      subject: words(say.subject, { organization }),
      paragraphs: [words(say.text, { organization })],
      action: { label: say.action, link: this.links.to('/') },
      notes: [],
      sender: organization,
    };
    const handed = await this.transport.send({ id: newId(), writtenAt: this.clock.now(), to, letter });
    if (handed.outcome !== 'sent') throw new Problem('mail-not-sent', { detail: handed.reason, reason: handed.reason });
    return { to: to.address, server: this.transport.server };
  }
}
