import { TestBed } from '@angular/core/testing';
import { provideTranslateService, TranslateService } from '@ngx-translate/core';
import { bookingTexts } from '../testing';
import { TokenRequests } from './token-requests';

function shown(requests: readonly number[]): HTMLElement {
  TestBed.configureTestingModule({ providers: [provideTranslateService({ lang: 'en' })] });
  TestBed.inject(TranslateService).setTranslation('en', bookingTexts, true);
  const fixture = TestBed.createComponent(TokenRequests);
  fixture.componentRef.setInput('usage', { lastDay: '2026-11-22', requests });
  fixture.detectChanges();
  return fixture.nativeElement as HTMLElement;
}
const days = (some: Readonly<Record<number, number>>) => Array.from({ length: 30 }, (_, n) => some[n] ?? 0);

describe('Requests with a token', () => {
  it('are a bar for each day, with a sentence about all of them and the day with most', () => {
    const element = shown(days({ 0: 1, 19: 1200, 29: 33 }));

    expect(element.querySelector('[role=img]')!.getAttribute('aria-label')).toBe('1,234 requests in 30 days, most on Thu 12 Nov');
    const heights = [...element.querySelectorAll('rect')].map((it) => Number(it.getAttribute('height')));
    expect([heights.length, heights[0], heights[1], heights[19]]).toEqual([30, 2, 1, 20]);
    expect(element.textContent!.trim()).toBe('1,234 requests in 30 days');
  });

  it('say the day where all came on one', () => {
    expect(
      shown(days({ 29: 1 }))
        .querySelector('[role=img]')!
        .getAttribute('aria-label'),
    ).toBe('1 request in 30 days, on Sun 22 Nov');
  });

  it('are nothing where none came', () => {
    expect(shown(days({})).querySelector('berth-sparkline')).toBeNull();
  });
});
