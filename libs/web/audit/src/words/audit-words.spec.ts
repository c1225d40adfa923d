import { TestBed } from '@angular/core/testing';
import { Formats } from '@berth/web/ui';
import { provideTranslateService, TranslateService } from '@ngx-translate/core';
import english from '../../i18n/en.json';
import german from '../../i18n/de.json';
import { anEntry } from '../testing';
import { AuditWords } from './audit-words';

const inLanguage = (language: 'en' | 'de'): AuditWords => {
  const translate = TestBed.inject(TranslateService);
  translate.setTranslation('en', english);
  translate.setTranslation('de', german);
  translate.use(language);
  TestBed.inject(Formats).ownZone.set('Europe/Berlin');
  return TestBed.inject(AuditWords);
};

describe('A sentence about an event', () => {
  beforeEach(() => TestBed.configureTestingModule({ providers: [provideTranslateService({ lang: 'en' })] }));

  const moved = anEntry({
    action: 'reservation.moved',
    actor: { id: 'a', name: 'Ana', kind: 'user' },
    object: { kind: 'reservations', id: 'r', name: 'Project sync' },
    about: { start: '2026-11-24T13:00:00Z' },
  });

  it('says who did what to which thing and when, in the own zone and language', () => {
    expect(inLanguage('en').sentence(moved)).toBe('Ana moved Project sync to Tue 24 Nov 14:00');
    expect(inLanguage('de').sentence(moved)).toBe('Ana hat Project sync auf Di., 24. Nov. 14:00 verschoben');
  });

  it('names what was booked where a booking has no title, and for whom it was done', () => {
    const entry = anEntry({
      ...{ action: 'reservation.updated', object: { kind: 'reservations', id: 'r', name: null } },
      ...{ about: { resources: [{ id: 'x', name: 'Turing' }] }, onBehalfOf: { id: 'b', name: 'Jo' } },
    });
    expect(inLanguage('en').sentence(entry)).toBe('Ana changed Turing, on behalf of Jo');
  });

  it('names a notification by whom it is for', () => {
    const told = anEntry({ object: { kind: 'notifications', id: '0197c0de', name: null }, about: { person: { id: 'b', name: 'Jo' } } });
    expect(inLanguage('en').what(told)).toBe('a notification for Jo');
    expect(inLanguage('de').what(told)).toBe('eine Benachrichtigung für Jo');
  });

  it('names a job by what it does, and a reader of the log', () => {
    const job = anEntry({ action: 'job.ended', object: { kind: 'jobs', id: '0197c0de', name: 'audit-export' } });
    expect(inLanguage('en').sentence(job)).toBe('“Export of the log” of Ana ended');
    expect(inLanguage('de').sentence(job)).toBe('„Export des Protokolls“ von Ana ist beendet');
    const replay = anEntry({ action: 'event_log.replayed', object: { kind: 'organizations', id: 'o', name: 'waitlist' } });
    expect(inLanguage('en').sentence(replay)).toBe('Ana had the reader waitlist take a part of the event log again');
  });

  it('tells what Berth did by itself, and a type it does not know by its name', () => {
    const words = inLanguage('en');
    const system = { id: null, name: null, kind: 'system' as const };
    expect(words.sentence(anEntry({ action: 'site.updated', actor: system }))).toBe('Berth changed the site Berlin');
    expect(words.sentence(anEntry({ action: 'robot.danced' }))).toBe('Ana: robot.danced – Berlin');
  });

  it('reads values as people do: ids by name, instants in the own zone, nothing as a dash', () => {
    const words = inLanguage('en');
    const id = '0197c0de-0000-7000-8000-000000000001';
    expect(words.value(id, { [id]: 'Berlin HQ' })).toBe('Berlin HQ');
    expect(words.value(id, {})).toBe('0197c0de…');
    expect(words.value('2026-11-24T13:00:00Z', {})).toBe('Tue 24 Nov 14:00');
    expect(words.value([true, null, 4], {})).toBe('yes, –, 4');
    expect(words.value({ maxLength: 'PT2H' }, {})).toBe('Max length: PT2H');
    expect(words.field('capacity')).toBe('Seats');
  });
});
