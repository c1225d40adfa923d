import { provideHttpClient } from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import { notificationKinds } from '@berth/web/data';
import { Formats } from '@berth/web/ui';
import { TranslateService, provideTranslateLoader, provideTranslateService, type TranslationObject } from '@ngx-translate/core';
import { of } from 'rxjs';
import de from '../../i18n/de.json';
import en from '../../i18n/en.json';
import es from '../../i18n/es.json';
import fr from '../../i18n/fr.json';
import { aNotification } from '../testing';
import { placeOf } from '../centre/places';
import { NotificationWords } from './notification-words';

const texts: Readonly<Record<string, object>> = { en: { ...en, booking: { yourTime: '({{time}} your time)' } }, de, es, fr };

function words(language = 'en', zone = 'Europe/Berlin'): NotificationWords {
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(),
      provideTranslateService({
        loader: provideTranslateLoader(() => ({ getTranslation: (it: string) => of(texts[it] as TranslationObject) })),
      }),
    ],
  });
  TestBed.inject(TranslateService).use(language);
  TestBed.inject(Formats).ownZone.set(zone);
  return TestBed.inject(NotificationWords);
}

describe('What somebody is told', () => {
  it.each([
    ['en', 'Ana Kaya asks for Turing'],
    ['es', 'Ana Kaya pide Turing'],
    ['fr', 'Ana Kaya demande Turing'],
    ['de', 'Ana Kaya fragt nach Turing'],
  ])('is a sentence in %s', (language, sentence) => {
    expect(words(language).sentence(aNotification())).toBe(sentence);
  });

  it.each(['en', 'es', 'fr', 'de'])('has a sentence for each kind in %s, with whoever did it and without', (language) => {
    const written = words(language);
    const { personName, ...facts } = aNotification().facts;
    const kinds = notificationKinds.flatMap((kind) => [aNotification({ kind }), aNotification({ kind, facts })]);

    const sentences = kinds.map((it) => written.sentence(it));

    for (const sentence of sentences) expect(sentence).not.toMatch(/notifications\.|\{\{|undefined/);
    expect(personName).toBeDefined();
  });

  it('says when, on the clock of the resource, and on the reader’s where that is another', () => {
    const here = words().details(aNotification());
    TestBed.resetTestingModule();
    const there = words('en', 'America/New_York').details(aNotification());

    expect(here).toEqual(['Tue 24 Nov, 14:00–15:00', 'Project sync']);
    expect(there[0]).toBe('Tue 24 Nov, 14:00–15:00 (08:00–09:00 your time)');
  });

  it('calls a job that is over by what it did, and leads to what it made', () => {
    const told = (kind: string) => {
      const job = { kind, state: 'done', done: 1, total: 1 };
      return aNotification({ kind: 'job-ended', facts: { ...aNotification().facts, job } });
    };

    expect(words().sentence(told('audit-export'))).toBe('Export of the audit log: done');
    expect(['audit-export', 'personal-data', 'import'].map((it) => placeOf(told(it))?.path)).toEqual([
      '/admin/audit',
      '/me/privacy',
      '/me/bookings',
    ]);
  });

  it('repeats what somebody wrote, and what was before', () => {
    const { facts } = aNotification();
    const previous = { start: '2026-11-23T13:00:00Z', end: '2026-11-23T14:00:00Z' };

    const details = words().details(
      aNotification({ kind: 'booking-changed', facts: { ...facts, previous, reason: 'The projector is broken' } }),
    );

    expect(details.slice(2)).toEqual(['was Mon 23 Nov, 14:00–15:00', '“The projector is broken”']);
  });

  it.each([
    [20_000, /^just now$/],
    [5 * 60_000, /^5 min/],
    [3 * 3_600_000, /^3 h/],
    [30 * 3_600_000, /^yesterday$/],
    [8 * 86_400_000, /^Tue 24 Nov$/],
  ])('is %i ms old: %s', (since, expected) => {
    const at = '2026-11-24T08:00:00Z';

    expect(words().ago(at, Date.parse(at) + since)).toMatch(expected);
  });
});
