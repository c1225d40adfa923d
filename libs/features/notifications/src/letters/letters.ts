import { type Letter, letterLanguageOf, Mail, PublicLinks, words } from '@berth/platform/mail';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { ActionLinks } from '../acting/action-links';
import type { Draft, LinkVerb } from '../telling/draft';
import type { Recipient } from '../telling/recipient.store';
import { calendarOf } from './calendar';
import { pageOf } from './pages';
import { type Messages, messagesOf, say } from './say';

/** The longest a link of a letter does what it says. */
const LINK_DAYS = 7;

/** Writes what leaves by mail about a notification: words, links that act, the invitation for the calendar. */
@Injectable()
export class Letters {
  constructor(
    private readonly mail: Mail,
    private readonly links: PublicLinks,
    private readonly actions: ActionLinks,
    private readonly clock: Clock,
  ) {}

  write(draft: Draft, reader: Recipient): Letter {
    const known = messagesOf(reader.language);
    const said = say(draft.kind, draft.facts, reader);
    const page = this.links.to(pageOf(draft));
    const [first, ...more] = [...this.verbLinks(draft, known), { label: known.actions['open'] ?? '', link: page }];
    return {
      language: letterLanguageOf(reader.language),
      subject: said.subject,
      paragraphs: [said.text, ...(said.details.length > 0 ? [said.details.join('\n')] : [])],
      action: first,
      more,
      notes: this.notes(draft, known, more.length > 0),
      sender: reader.organization,
      ...(draft.calendar && { calendar: { method: draft.calendar.method, content: this.invitation(draft.calendar, reader, page) } }),
      ...(draft.kind !== 'security' && { unsubscribe: this.actions.unsubscribe(draft) }),
    };
  }

  /** One letter for several notifications. */
  digest(told: readonly Pick<Draft, 'kind' | 'facts'>[], reader: Recipient): Letter {
    const known = messagesOf(reader.language);
    const values = { count: `${told.length}`, organization: reader.organization };
    return {
      language: letterLanguageOf(reader.language),
      subject: words(known.digest.subject, values),
      paragraphs: [
        words(known.digest.text, values),
        ...told.map((it) => {
          const { subject, text } = say(it.kind, it.facts, reader);
          return `${subject}\n${text}`;
        }),
      ],
      action: { label: known.actions['all'] ?? '', link: this.links.to('/notifications') },
      notes: [this.settingsNote(known)],
      sender: reader.organization,
    };
  }

  private verbLinks(draft: Draft, { actions }: Messages): { label: string; link: string }[] {
    const verbs: LinkVerb[] = [...draft.verbs, ...(draft.linkVerbs ?? [])];
    const latest = new Date(this.clock.now().getTime() + LINK_DAYS * 86_400_000);
    const until = draft.usefulUntil && draft.usefulUntil < latest ? draft.usefulUntil : latest;
    return verbs.map((verb) => ({ label: actions[verb] ?? verb, link: this.actions.to(draft, verb, until) }));
  }

  private notes(draft: Draft, known: Messages, hasLinks: boolean): string[] {
    if (draft.kind === 'security') return [known.notes['notMe'] ?? ''];
    return [...(hasLinks ? [known.notes['links'] ?? ''] : []), this.settingsNote(known)];
  }

  private settingsNote(known: Messages): string {
    return words(known.notes['settings'] ?? '', { link: this.links.to('/me/notifications') });
  }

  private invitation(entry: NonNullable<Draft['calendar']>, to: Recipient, link: string): string {
    return calendarOf(entry, { organization: to.organization, sender: this.mail.senderAddress, to, link }, this.clock.now());
  }
}
