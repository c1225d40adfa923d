import { inputBinding } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideKitTexts } from '../testing/texts';
import { ErrorPanel, type ShownProblem } from './error-panel';

function shown(problem: Partial<ShownProblem>) {
  TestBed.configureTestingModule({ providers: [provideKitTexts()] });
  const whole = { code: 'rate-limited', detail: null, requestId: null, ...problem };
  const fixture = TestBed.createComponent(ErrorPanel, { bindings: [inputBinding('problem', () => whole)] });
  TestBed.tick();
  const retry = (fixture.nativeElement as HTMLElement).querySelector('button')!;
  const pass = (seconds: number): void => {
    jest.advanceTimersByTime(seconds * 1000);
    TestBed.tick();
  };
  return { retry, pass };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => {
  TestBed.resetTestingModule();
  jest.useRealTimers();
});

describe('a failed panel', () => {
  it('offers another attempt at once', () => {
    expect(shown({}).retry.disabled).toBe(false);
  });

  it('counts the seconds down where the server asks to wait', () => {
    const { retry, pass } = shown({ retryAfter: 3 });
    expect(retry.disabled).toBe(true);
    expect(retry.textContent).toContain('3');

    pass(2);
    expect(retry.textContent).toContain('1');

    pass(1);
    expect(retry.disabled).toBe(false);
    expect(retry.textContent).toContain('Retry');
  });
});
