import fc from 'fast-check';
import { PHRASE_LANGUAGES, type PhraseLanguage } from './lexicon';
import { readPhrase, type Chip, type Reading, type Vocabulary } from './phrase';
import { chipsOf, patchOf, phraseOf } from './phrase-chips';
import { emptyQuery } from '../query/find-query';

/** A Tuesday. */
const today = '2026-11-24';
const vocabulary: Vocabulary = {
  types: [
    { key: 'room', name: 'Room' },
    { key: 'desk', name: 'Desk' },
    { key: 'vehicle', name: 'Vehicle' },
  ],
  sites: [
    { id: 'b', name: 'Berlin' },
    { id: 'bhq', name: 'Berlin HQ' },
    { id: 'm', name: 'Madrid Lab' },
  ],
  floors: [
    { id: 'f3', name: 'Floor 3', siteId: 'bhq' },
    { id: 'p1', name: 'Planta 1', siteId: 'm' },
  ],
  tags: ['display', 'camera', 'dual screen', '8 × H100', 'café'],
};
const read = (text: string, language: PhraseLanguage = 'en'): Reading => readPhrase(text, vocabulary, language, today);
const said = (text: string, language?: PhraseLanguage) => ({ ...patchOf(read(text, language).chips, []), rest: read(text, language).rest });

const standard = { type: 'room', people: 6, date: '2026-11-25', start: 840, flex: 'exact', rest: '' };

describe('a phrase', () => {
  it.each<[PhraseLanguage, string, object]>([
    ['en', 'room for 6 tomorrow 14:00 for 1h in Berlin', { ...standard, minutes: 60, site: 'b' }],
    ['en', 'meeting room for 6 people tomorrow at 2pm', standard],
    ['en', 'room with display and camera, 6 seats, tomorrow 2 p.m., 90 min', { ...standard, minutes: 90, tags: ['display', 'camera'] }],
    ['en', 'desk at Berlin HQ on Floor 3 next friday', { type: 'desk', site: 'bhq', floor: 'f3', date: '2026-11-27', rest: '' }],
    ['en', 'room tomorrow from 2 to 4 pm for 6', { ...standard, minutes: 120 }],
    ['en', 'room on november 30th at noon', { type: 'room', date: '2026-11-30', start: 720, flex: 'exact', rest: '' }],
    ['en', 'room in 3 days, half an hour, any time', { type: 'room', date: '2026-11-27', minutes: 30, flex: 'day', rest: '' }],
    ['de', 'Raum für 6 morgen um 14 Uhr', standard],
    [
      'de',
      'Besprechungsraum mit Display für 6 Personen übermorgen von 14 bis 16 Uhr',
      { ...standard, date: '2026-11-26', minutes: 120, tags: ['display'] },
    ],
    [
      'de',
      'Arbeitsplatz am Freitag ab 9 Uhr, 2 Stunden',
      { type: 'desk', date: '2026-11-27', start: 540, minutes: 120, flex: 'exact', rest: '' },
    ],
    [
      'de',
      'Raum am 3.12. um 14.30 Uhr eine halbe Stunde',
      { type: 'room', date: '2026-12-03', start: 870, minutes: 30, flex: 'exact', rest: '' },
    ],
    ['de', 'Raum am 3. Dezember 2027, egal wann', { type: 'room', date: '2027-12-03', flex: 'day', rest: '' }],
    ['es', 'sala para 6 mañana a las 14:00 durante 1 h en Madrid Lab', { ...standard, minutes: 60, site: 'm' }],
    ['es', 'sala de reuniones para 6 personas pasado mañana a las 14', { ...standard, date: '2026-11-26' }],
    [
      'es',
      'puesto el viernes de 9 a 11, con café',
      { type: 'desk', date: '2026-11-27', start: 540, minutes: 120, flex: 'exact', tags: ['café'], rest: '' },
    ],
    ['es', 'sala el 3 de diciembre, media hora', { type: 'room', date: '2026-12-03', minutes: 30, rest: '' }],
    ['fr', 'salle pour 6 demain à 14h pendant 1 h', { ...standard, minutes: 60 }],
    ['fr', 'salle de réunion pour 6 personnes après-demain à 14h30', { ...standard, date: '2026-11-26', start: 870 }],
    [
      'fr',
      'bureau vendredi de 9h à 11h avec dual screen',
      { type: 'desk', date: '2026-11-27', start: 540, minutes: 120, flex: 'exact', tags: ['dual screen'], rest: '' },
    ],
    [
      'fr',
      'salle le 3 décembre à midi, une demi-heure',
      { type: 'room', date: '2026-12-03', start: 720, minutes: 30, flex: 'exact', rest: '' },
    ],
  ])('is understood in %s: %s', (language, text, expected) => {
    expect(said(text, language)).toEqual(expected);
  });

  it('is understood in another language than the reader’s', () => {
    expect(said('Raum für 6 morgen um 14 Uhr', 'fr')).toEqual(standard);
  });

  it('keeps what it does not understand, as it was typed', () => {
    expect(read('quiet Room Noether tomorrow')).toEqual({
      chips: [
        { kind: 'type', key: 'room' },
        { kind: 'date', date: '2026-11-25' },
      ],
      rest: 'quiet Noether',
    });
    expect(read('Zwölf Äpfel', 'en').rest).toBe('Zwölf Äpfel');
  });

  it('takes the longest name that fits', () => {
    expect(said('berlin hq')).toEqual({ site: 'bhq', rest: '' });
    expect(said('roommate').rest).toBe('roommate');
  });

  it.each(['30 February', '31.11.', 'room at 25:00', '14:75', 'for 0 people'])('does not make something out of nothing: %s', (text) => {
    expect(read(text).chips.filter((it) => ['date', 'start', 'people'].includes(it.kind))).toEqual([]);
    expect(read(text).rest).not.toBe('');
  });

  it('means the next such day when no year is said', () => {
    expect(said('3.11.', 'de').date).toBe('2027-11-03');
    expect(said('29.2.', 'de').date).toBe('2028-02-29');
    expect(said('tuesday').date).toBe('2026-12-01');
  });

  it('says now', () => {
    expect(said('room now')).toEqual({ type: 'room', date: null, start: null, flex: 'exact', rest: '' });
  });

  it('never throws, whatever is typed, and keeps or understands every word', () => {
    const pieces = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom(
        'for',
        'room',
        '14:00',
        '2pm',
        '1h',
        '31.12.',
        'tomorrow',
        'à',
        'um',
        '±',
        '30/2',
        '[',
        '(',
        '\\',
        '8 × H100',
        '99999999',
      ),
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), fc.constantFrom(...PHRASE_LANGUAGES), (words, language) => {
        const text = words.join(' ');
        const { chips, rest } = read(text, language);
        expect(new Set(chips.map((it) => JSON.stringify(it))).size).toBe(chips.length);
        for (const word of rest.split(' ').filter(Boolean)) expect(text.normalize('NFC')).toContain(word);
      }),
      { numRuns: 500 },
    );
  });

  it('reads back every chip it yields, in every language', () => {
    const one = <T extends Chip>(it: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(it);
    const chips = fc
      .tuple(
        one(fc.constantFrom(...vocabulary.types).map(({ key }) => ({ kind: 'type', key }) as const)),
        one(fc.constantFrom(...vocabulary.sites).map(({ id }) => ({ kind: 'site', id }) as const)),
        one(fc.integer({ min: 1, max: 100_000 }).map((count) => ({ kind: 'people', count }) as const)),
        one(
          fc
            .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
            .map((it) => ({ kind: 'date', date: it.toISOString().slice(0, 10) }) as const),
        ),
        one(fc.integer({ min: 0, max: 1439 }).map((minute) => ({ kind: 'start', minute }) as const)),
        one(fc.integer({ min: 1, max: 44_640 }).map((minutes) => ({ kind: 'length', minutes }) as const)),
        one(fc.constantFrom('around', 'day').map((flex) => ({ kind: 'flex', flex }) as const)),
        fc.subarray([...vocabulary.tags]).map((tags) => tags.map((tag) => ({ kind: 'tag', tag }) as const)),
      )
      .map((all) => all.flat().filter((it) => it !== null));
    const sorted = (all: readonly Chip[]): string[] => all.map((it) => JSON.stringify(it)).sort();
    fc.assert(
      fc.property(chips, fc.constantFrom(...PHRASE_LANGUAGES), (all, language) => {
        const reading = readPhrase(phraseOf(all, vocabulary, language), vocabulary, language, today);
        expect(sorted(reading.chips)).toEqual(sorted(all));
        expect(reading.rest).toBe('');
      }),
      { numRuns: 500 },
    );
  });

  it('becomes a search and comes back from it', () => {
    const query = { ...emptyQuery, ...patchOf(read('room for 6 tomorrow 14:00 90 min in Berlin with camera').chips, []) };

    expect(patchOf(read(phraseOf(chipsOf(query), vocabulary, 'de'), 'de').chips, [])).toEqual({
      type: 'room',
      tags: ['camera'],
      people: 6,
      date: '2026-11-25',
      start: 840,
      minutes: 90,
      site: 'b',
      flex: 'exact',
    });
  });
});
