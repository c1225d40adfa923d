import { type LetterLanguage, letterLanguageOf, words } from '@berth/platform/mail';
import type { Facts, NotificationKind } from '../notification';
import type { Recipient } from '../telling/recipient.store';
import de from './messages/de.json' with { type: 'json' };
import en from './messages/en.json' with { type: 'json' };
import es from './messages/es.json' with { type: 'json' };
import fr from './messages/fr.json' with { type: 'json' };

const messages: Readonly<Record<LetterLanguage, Messages>> = { en, es, fr, de };

/** The words of one language. A kind has a text, and others for what is special: `booking-confirmed.series.by`. */
export interface Messages {
  /** Subject and first sentence. */
  readonly kinds: Readonly<Record<string, readonly string[]>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly actions: Readonly<Record<string, string>>;
  readonly notes: Readonly<Record<string, string>>;
  readonly reasons: Readonly<Record<string, string>>;
  readonly digest: { readonly subject: string; readonly text: string };
}

export const messagesOf = (language: string): Messages => messages[letterLanguageOf(language)];

/** What is said of a notification: a line, a sentence, and what is to be known. */
export interface Said {
  readonly subject: string;
  readonly text: string;
  /** Name and value, a line each. */
  readonly details: readonly string[];
}

/** In the words, the zone and the clock of who reads it. */
export function say(kind: NotificationKind, facts: Facts, reader: Pick<Recipient, 'language' | 'ownZone' | 'zone' | 'hourCycle'>): Said {
  const known = messagesOf(reader.language);
  const clock = clockOf(reader, facts.timeZone);
  const values = valuesOf(facts, clock);
  const [subject = kind, text = ''] = textOf(known, kind, facts);
  return {
    subject: words(subject, values),
    text: words(text, values),
    details: detailsOf(known, kind, facts, clock),
  };
}

/** The most special text there is. */
function textOf({ kinds }: Messages, kind: NotificationKind, facts: Facts): readonly string[] {
  const variant = facts.decision ?? facts.outcome ?? facts.change ?? (facts.occurrences ? 'series' : facts.extendTo ? 'extend' : undefined);
  const special = variant ? [`${kind}.${variant}`] : [];
  const by = facts.personName ? [...special.map((it) => `${it}.by`), ...(variant ? [] : [`${kind}.by`])] : [];
  for (const key of [...by, ...special, ...(facts.personName ? [`${kind}.by`] : []), kind]) if (kinds[key]) return kinds[key];
  return [];
}

interface ReadersClock {
  readonly at: (instant: string) => string;
  readonly span: (start: string, end: string) => string;
}

function clockOf({ language, ownZone, zone, hourCycle }: Parameters<typeof say>[2], thingsZone: string | undefined): ReadersClock {
  const timeZone = ownZone ?? thingsZone ?? zone;
  const locale = letterLanguageOf(language);
  const options = { timeZone, hourCycle, hour: hourCycle === 'h12' ? 'numeric' : '2-digit', minute: '2-digit' } as const;
  const day = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
  const whole = new Intl.DateTimeFormat(locale, { ...day, ...options, timeZoneName: 'short' });
  const range = new Intl.DateTimeFormat(locale, { ...day, ...options });
  const zoneName = (at: Date): string => whole.formatToParts(at).find((it) => it.type === 'timeZoneName')?.value ?? timeZone;
  return {
    at: (instant) => plain(whole.format(new Date(instant))),
    span: (start, end) => plain(`${range.formatRange(new Date(start), new Date(end))} (${zoneName(new Date(start))})`),
  };
}

/** Thin and narrow spaces are question marks in some mail programs. */
const plain = (text: string): string => text.replace(/[\u2009\u202f\u00a0]/g, ' ');

function valuesOf(facts: Facts, clock: ReadersClock): Record<string, string> {
  const { job } = facts;
  return {
    thing: facts.title ?? facts.resourceName ?? facts.name ?? '',
    resource: facts.resourceName ?? '',
    when: facts.start && facts.end ? clock.span(facts.start, facts.end) : '',
    person: facts.personName ?? '',
    count: `${facts.occurrences ?? 0}`,
    until: facts.expiresAt ? clock.at(facts.expiresAt) : '',
    end: facts.end ? clock.at(facts.end) : '',
    extendTo: facts.extendTo ? clock.at(facts.extendTo) : '',
    name: facts.name ?? '',
    done: `${job?.done ?? 0}`,
    total: `${job?.total ?? 0}`,
    used: `${facts.used ?? 0}`,
    limit: `${facts.limit ?? 0}`,
  };
}

function detailsOf({ labels, reasons }: Messages, kind: NotificationKind, facts: Facts, clock: ReadersClock): string[] {
  const line = (label: string, value: string | null | undefined): string[] => (value ? [`${labels[label]}: ${value}`] : []);
  return [
    ...line('title', facts.title),
    ...(facts.start && facts.end ? line('when', clock.span(facts.start, facts.end)) : []),
    ...line('where', facts.resourceName),
    ...(facts.previous ? line('before', clock.span(facts.previous.start, facts.previous.end)) : []),
    ...line('reason', facts.reason && (reasons[facts.reason] ?? facts.reason)),
    ...(facts.suggestion ? line('suggestion', clock.span(facts.suggestion.start, facts.suggestion.end)) : []),
    ...line('question', facts.question),
    ...line('answer', facts.answer),
    ...line('message', facts.message),
    ...line('by', kind === 'check-in-due' ? undefined : facts.expiresAt && clock.at(facts.expiresAt)),
  ];
}
