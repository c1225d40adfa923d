import { clock, type FindQuery } from '../query/find-query';
import { lexicons, type PhraseLanguage } from './lexicon';
import type { Chip, Vocabulary } from './phrase';

/** What chips change in a search. @param tags those it has already; a phrase adds to them */
export function patchOf(chips: readonly Chip[], tags: readonly string[]): Partial<FindQuery> {
  const patch: Record<string, unknown> = {};
  const added: string[] = [];
  for (const chip of chips) {
    if (chip.kind === 'type') patch['type'] = chip.key;
    else if (chip.kind === 'people') patch['people'] = chip.count;
    else if (chip.kind === 'date') patch['date'] = chip.date;
    else if (chip.kind === 'start') patch['start'] = chip.minute;
    else if (chip.kind === 'length') patch['minutes'] = chip.minutes;
    else if (chip.kind === 'flex') patch['flex'] = chip.flex;
    else if (chip.kind === 'site') patch['site'] = chip.id;
    else if (chip.kind === 'floor') patch['floor'] = chip.id;
    else if (chip.kind === 'tag') added.push(chip.tag);
    else Object.assign(patch, { date: null, start: null });
  }
  if (added.length > 0) patch['tags'] = [...new Set([...tags, ...added])];
  // A time that is said is meant, whatever was flexible before.
  if (patch['start'] !== undefined && patch['flex'] === undefined) patch['flex'] = 'exact';
  return patch as Partial<FindQuery>;
}

/** Chips as a phrase of a language that reads as the same chips. */
export function phraseOf(chips: readonly Chip[], vocabulary: Vocabulary, language: PhraseLanguage): string {
  return chips.map((it) => wordsOf(it, vocabulary, language)).join(', ');
}

/** The chips of a search. */
export function chipsOf(query: FindQuery): Chip[] {
  const { type, people, date, start, minutes, flex, site, floor, tags } = query;
  return [
    ...(type === null ? [] : [{ kind: 'type', key: type } as const]),
    ...tags.map((tag) => ({ kind: 'tag', tag }) as const),
    ...(people === null ? [] : [{ kind: 'people', count: people } as const]),
    ...(date === null ? [] : [{ kind: 'date', date } as const]),
    ...(start === null ? [] : [{ kind: 'start', minute: start } as const]),
    ...(minutes === 60 ? [] : [{ kind: 'length', minutes } as const]),
    ...(flex === 'exact' ? [] : [{ kind: 'flex', flex } as const]),
    ...(site === null || site === 'all' ? [] : [{ kind: 'site', id: site } as const]),
    ...(floor === null ? [] : [{ kind: 'floor', id: floor } as const]),
  ];
}

function wordsOf(chip: Chip, { types, sites, floors }: Vocabulary, language: PhraseLanguage): string {
  const { written } = lexicons[language];
  switch (chip.kind) {
    case 'type':
      return types.find((it) => it.key === chip.key)?.name ?? chip.key;
    case 'people':
      return written.people.replace('#', String(chip.count));
    case 'date':
      return chip.date;
    case 'start':
      return clock(chip.minute);
    case 'length':
      return `${chip.minutes} min`;
    case 'flex':
      return chip.flex === 'day' ? written.day : written.around;
    case 'now':
      return written.now;
    case 'site':
      return sites.find((it) => it.id === chip.id)?.name ?? chip.id;
    case 'floor':
      return floors.find((it) => it.id === chip.id)?.name ?? chip.id;
    case 'tag':
      return chip.tag;
  }
}
