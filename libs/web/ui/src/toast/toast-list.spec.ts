import { TestBed } from '@angular/core/testing';
import { provideKitTexts } from '../testing/texts';
import { ToastList } from './toast-list';
import { Toasts } from './toasts';

function shown() {
  TestBed.configureTestingModule({ providers: [provideKitTexts()] });
  const fixture = TestBed.createComponent(ToastList);
  const element = fixture.nativeElement as HTMLElement;
  const pass = (seconds: number): void => {
    jest.advanceTimersByTime(seconds * 1000);
    TestBed.tick();
  };
  TestBed.tick();
  return { toasts: TestBed.inject(Toasts), element, pass, tick: () => TestBed.tick() };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => {
  TestBed.resetTestingModule();
  jest.useRealTimers();
});

describe('a message that can be undone', () => {
  it('counts its eight seconds down and goes', () => {
    const { toasts, element, pass, tick } = shown();
    toasts.undoable('Booking cancelled', jest.fn());
    tick();
    expect(element.textContent).toContain('Booking cancelled');
    expect(element.querySelector('.left')?.textContent).toBe('8');

    pass(3);
    expect(element.querySelector('.left')?.textContent).toBe('5');

    pass(5);
    expect(element.querySelector('.toast')).toBeNull();
  });

  it('rests while the pointer is on it', () => {
    const { toasts, element, pass, tick } = shown();
    toasts.undoable('Booking cancelled', jest.fn());
    tick();

    element.dispatchEvent(new Event('mouseenter'));
    pass(60);

    expect(element.querySelector('.left')?.textContent).toBe('8');
  });

  it('is undone once', () => {
    const { toasts, tick, element } = shown();
    const undo = jest.fn();
    toasts.undoable('Booking cancelled', undo);
    tick();

    (element.querySelector('.btn:not(.quiet)') as HTMLButtonElement).click();

    expect(undo).toHaveBeenCalledTimes(1);
    expect(toasts.undoLatest()).toBe(false);
  });

  it('is undone by key, the latest first', () => {
    const { toasts } = shown();
    const first = jest.fn();
    const second = jest.fn();
    toasts.undoable('First', first);
    toasts.undoable('Second', second);
    toasts.done('Something else');

    toasts.undoLatest();

    expect(second).toHaveBeenCalledTimes(1);
    expect(first).not.toHaveBeenCalled();
  });
});
