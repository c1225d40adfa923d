import { TestBed } from '@angular/core/testing';
import { TranslateService } from '@ngx-translate/core';
import { provideKitTexts } from '../testing/texts';
import { Formats } from './formats';

const instant = '2026-11-24T13:00:00Z';

function formats(language = 'en'): Formats {
  TestBed.configureTestingModule({ providers: [provideKitTexts()] });
  TestBed.inject(TranslateService).use(language);
  return TestBed.inject(Formats);
}

describe('times', () => {
  it('are written in the named zone', () => {
    const written = formats();

    expect(written.time(instant, 'Europe/Berlin')).toBe('14:00');
    expect(written.time(instant, 'America/New_York')).toBe('08:00');
  });

  it('follow the preferred hour cycle', () => {
    const twelve = formats();
    twelve.hourCycle.set('h12');

    expect(twelve.time(instant, 'Europe/Berlin')).toBe('2:00 pm');
  });

  it.each([
    ['en', 'Tue 24 Nov'],
    ['de', 'Di., 24. Nov.'],
    ['fr', 'mar. 24 nov.'],
    ['es', 'mar, 24 nov'],
  ])('have dates in %s', (language, expected) => {
    expect(formats(language).date(instant, 'Europe/Berlin')).toBe(expected);
  });

  it.each([
    ['dmy', 'Tue 24 Nov 2026'],
    ['mdy', 'Tue Nov 24 2026'],
    ['ymd', 'Tue 2026 Nov 24'],
  ] as const)('have dates in the order %s where somebody wants it', (order, expected) => {
    const written = formats();
    written.dateOrder.set(order);

    expect(written.date(instant, 'Europe/Berlin', 'medium')).toBe(expected);
  });

  it('keep the words of the language in another order', () => {
    const written = formats('de');
    written.dateOrder.set('mdy');

    expect(written.date(instant, 'Europe/Berlin')).toBe('Di. Nov. 24');
  });

  it('carry the offset of their own moment, also across daylight saving', () => {
    const written = formats();

    expect(written.offset('Europe/Berlin', instant)).toBe('UTC+1');
    expect(written.offset('Europe/Berlin', '2026-07-01T12:00:00Z')).toBe('UTC+2');
    expect(written.offset('UTC', instant)).toBe('UTC+0');
  });
});

describe('a duration', () => {
  it.each([
    [0, '0 min'],
    [45, '45 min'],
    [60, '1 h'],
    [90, '1 h 30 min'],
    [24 * 60, '1 day'],
    [49 * 60, '2 days 1 h'],
  ])('of %i minutes is %s', (minutes, expected) => {
    expect(formats().duration(minutes * 60_000)).toBe(expected);
  });
});
