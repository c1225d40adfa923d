import { clockReaders, type ClockReading } from './clock-words';
import { calendarNames, civil, nextDate, nextWeekday } from './dates';
import { addDays } from '@berth/kernel';
import type { Flex } from '../query/find-query';
import { PHRASE_LANGUAGES, lexicons, type Lexicon, type PhraseLanguage } from './lexicon';
import { literal, plain } from './plain';

/** Names that may stand in a phrase. */
export interface Vocabulary {
  readonly types: readonly { readonly key: string; readonly name: string }[];
  readonly sites: readonly { readonly id: string; readonly name: string }[];
  readonly floors: readonly { readonly id: string; readonly name: string; readonly siteId: string }[];
  readonly tags: readonly string[];
}

/** One thing that was understood. */
export type Chip =
  | { readonly kind: 'type'; readonly key: string }
  | { readonly kind: 'people'; readonly count: number }
  | { readonly kind: 'date'; readonly date: string }
  | { readonly kind: 'start'; readonly minute: number }
  | { readonly kind: 'length'; readonly minutes: number }
  | { readonly kind: 'flex'; readonly flex: Flex }
  | { readonly kind: 'now' }
  | { readonly kind: 'site'; readonly id: string }
  | { readonly kind: 'floor'; readonly id: string }
  | { readonly kind: 'tag'; readonly tag: string };

/** What a phrase says, and the words of it that say nothing known, as they were typed. */
export interface Reading {
  readonly chips: readonly Chip[];
  readonly rest: string;
}

const PEOPLE_AT_MOST = 100_000;
const DAYS_AT_MOST = 3650;
/** Longer texts are no phrases; reading them would only take time. */
const LONGEST = 200;

/**
 * Reads a phrase in whichever language understands most of it, the reader's own first. Never throws.
 * @param today civil date of the reader's day
 */
export function readPhrase(text: string, vocabulary: Vocabulary, language: PhraseLanguage, today: string): Reading {
  if (text.length > LONGEST) return { chips: [], rest: text };
  const languages = [language, ...PHRASE_LANGUAGES.filter((it) => it !== language)];
  const readings = languages.map((it) => new PhraseReader(text, vocabulary, it, today).read());
  return readings.reduce((best, it) => (it.rest.length < best.rest.length ? it : best));
}

/** One phrase while it is read: what is understood is blanked out, so that nothing is understood twice. */
class PhraseReader {
  private readonly lexicon: Lexicon;
  private readonly original: string;
  private left: string;
  private readonly chips: Chip[] = [];

  constructor(
    text: string,
    private readonly vocabulary: Vocabulary,
    private readonly language: PhraseLanguage,
    private readonly today: string,
  ) {
    this.lexicon = lexicons[language];
    this.original = text.normalize('NFC');
    this.left = plain(this.original);
  }

  read(): Reading {
    this.readTags();
    this.readPlaces();
    this.readType();
    this.readDate();
    this.readClock();
    this.readPeople();
    return { chips: this.chips, rest: this.rest() };
  }

  private readTags(): void {
    const { having } = this.lexicon;
    for (const tag of longestFirst(this.vocabulary.tags, (it) => it)) {
      if (this.take(`(?:(?:${having}) )?${literal(plain(tag))}`)) this.chips.push({ kind: 'tag', tag });
    }
  }

  private readPlaces(): void {
    const { place } = this.lexicon;
    const named = (name: string): boolean => this.take(`(?:(?:${place}) )?${literal(plain(name))}`) !== null;
    const site = longestFirst(this.vocabulary.sites, (it) => it.name).find((it) => named(it.name));
    if (site) this.chips.push({ kind: 'site', id: site.id });
    const ofSite = this.vocabulary.floors.filter((it) => site === undefined || it.siteId === site.id);
    const floor = longestFirst(ofSite, (it) => it.name).find((it) => named(it.name));
    if (floor) this.chips.push({ kind: 'floor', id: floor.id });
  }

  private readType(): void {
    const type = longestFirst(this.vocabulary.types, (it) => it.name).find(({ key, name }) => {
      const words = Object.hasOwn(this.lexicon.types, key) ? `${this.lexicon.types[key]}|` : '';
      return this.take(words + literal(plain(name)));
    });
    if (type) this.chips.push({ kind: 'type', key: type.key });
  }

  private readDate(): void {
    const date = this.dateByWord() ?? this.dateByNumbers() ?? this.dateByMonth() ?? this.dateByWeekday();
    if (date !== undefined) this.chips.push({ kind: 'date', date });
    else if (this.take(this.lexicon.now)) this.chips.push({ kind: 'now' });
  }

  private dateByWord(): string | undefined {
    const { today, tomorrow, dayAfter, inDays } = this.lexicon;
    if (this.take(dayAfter)) return addDays(this.today, 2);
    if (this.take(tomorrow)) return addDays(this.today, 1);
    if (this.take(today)) return this.today;
    const [, days] = this.take(inDays.replace('#', '(\\d{1,4})')) ?? [];
    return days === undefined || Number(days) > DAYS_AT_MOST ? undefined : addDays(this.today, Number(days));
  }

  private dateByNumbers(): string | undefined {
    return (
      this.takeIf('(\\d{4})-(\\d{2})-(\\d{2})', ([, year, month, day]) => civil(Number(year), Number(month), Number(day))) ??
      this.takeIf('(\\d{1,2})[./](\\d{1,2})[./](\\d{4}|\\d{2})', ([, day, month, year]) =>
        civil(Number(year), Number(month), Number(day)),
      ) ??
      this.takeIf('(\\d{1,2})(?:\\.(\\d{1,2})\\.|/(\\d{1,2}))', ([, day, dotted, slashed]) =>
        nextDate(this.today, Number(day), Number(dotted ?? slashed)),
      )
    );
  }

  private dateByMonth(): string | undefined {
    const { ofMonth, next } = this.lexicon;
    const { months } = calendarNames(this.language);
    const all = months.flatMap((names, month) => names.map((name) => ({ name, month: month + 1 })));
    const words = longestFirst(all, (it) => it.name).map((it) => literal(it.name));
    const monthOf = (name: string | undefined): number => all.find((it) => it.name === name)?.month ?? 0;
    const year = '(?:,? (?:de )?(\\d{4}))?';
    const dated = (day: string | undefined, name: string | undefined, said: string | undefined): string | undefined =>
      said === undefined ? nextDate(this.today, Number(day), monthOf(name)) : civil(Number(said), monthOf(name), Number(day));
    return (
      this.takeIf(`(?:(?:${next}) )?(\\d{1,2})(?:st|nd|rd|th|\\.)? ?${ofMonth}(${words.join('|')})\\.?${year}`, ([, day, name, said]) =>
        dated(day, name, said),
      ) ??
      this.takeIf(`(${words.join('|')})\\.? (\\d{1,2})(?:st|nd|rd|th)?${year}(?! ?[:h])`, ([, name, day, said]) => dated(day, name, said))
    );
  }

  private dateByWeekday(): string | undefined {
    const { weekdays } = calendarNames(this.language);
    const all = weekdays.flatMap((names, weekday) => names.map((name) => ({ name, weekday })));
    const words = longestFirst(all, (it) => it.name).map((it) => literal(it.name));
    const [, name] = this.take(`(?:(?:${this.lexicon.next}) )?(${words.join('|')})`) ?? [];
    const weekday = all.find((it) => it.name === name)?.weekday;
    return weekday === undefined ? undefined : nextWeekday(this.today, weekday);
  }

  private readClock(): void {
    const found: Record<string, number> = {};
    let flex: Flex | undefined;
    if (this.take(this.lexicon.anyTime)) flex = 'day';
    else if (this.take('(?:\\+/-|±) ?2 ?h?') ?? this.take(this.lexicon.flexible)) flex = 'around';
    for (const { pattern, read } of clockReaders(this.lexicon)) {
      this.takeIf(pattern, (match): ClockReading | undefined => {
        const reading = read(match);
        const isNew = reading !== undefined && Object.keys(reading).every((key) => found[key] === undefined);
        if (isNew) Object.assign(found, reading);
        return isNew ? reading : undefined;
      });
    }
    if (found['start'] !== undefined) this.chips.push({ kind: 'start', minute: found['start'] });
    if (found['length'] !== undefined) this.chips.push({ kind: 'length', minutes: found['length'] });
    if (flex) this.chips.push({ kind: 'flex', flex });
  }

  private readPeople(): void {
    const { people, forPeople } = this.lexicon;
    const counted = (count: string | undefined): number | undefined =>
      Number(count) >= 1 && Number(count) <= PEOPLE_AT_MOST ? Number(count) : undefined;
    const count =
      this.takeIf(`(?:(?:${forPeople}|${this.lexicon.having}) )?(\\d{1,6}) ?(?:${people})`, ([, it]) => counted(it)) ??
      this.takeIf(`(?:${forPeople}) (\\d{1,6})`, ([, it]) => counted(it));
    if (count !== undefined) this.chips.push({ kind: 'people', count });
  }

  private take(words: string): RegExpExecArray | null {
    return this.takeIf(words, (match) => match) ?? null;
  }

  /** Blanks the first place where the pattern stands as whole words and means something. */
  private takeIf<T>(pattern: string, meaning: (match: RegExpExecArray) => T | undefined): T | undefined {
    const search = new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`, 'gu');
    for (let match = search.exec(this.left); match !== null; match = search.exec(this.left)) {
      if (match[0] === '') return undefined;
      const meant = meaning(match);
      if (meant === undefined) continue;
      const { index } = match;
      this.left = this.left.slice(0, index) + '\0'.repeat(match[0].length) + this.left.slice(index + match[0].length);
      return meant;
    }
    return undefined;
  }

  /** What was not understood, as it was typed; words that carry nothing are left out where they stand alone. */
  private rest(): string {
    const filler = new RegExp(`^(?:${this.lexicon.filler})$`, 'u');
    const words = [...this.left.matchAll(/[^\s\0,;]+/gu)].map((it) => ({
      plain: it[0],
      typed: this.original.slice(it.index, it.index + it[0].length),
    }));
    return words
      .filter((it) => /[\p{L}\p{N}]/u.test(it.plain) && !filler.test(it.plain.replace(/[.!?]+$/, '')))
      .map((it) => it.typed)
      .join(' ');
  }
}

function longestFirst<T>(all: readonly T[], nameOf: (it: T) => string): T[] {
  return all.filter((it) => nameOf(it).trim() !== '').sort((a, b) => nameOf(b).length - nameOf(a).length);
}
