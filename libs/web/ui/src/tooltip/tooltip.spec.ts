import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Tooltip } from './tooltip';

@Component({ imports: [Tooltip], template: `<button type="button" berthTooltip="More for many bookings">…</button>` })
class Host {}

const shown = (): string[] => [...document.querySelectorAll('[role=tooltip]')].map((it) => it.textContent);

describe('a tooltip', () => {
  let button: HTMLButtonElement;

  beforeEach(() => {
    jest.useFakeTimers();
    const fixture = TestBed.createComponent(Host);
    fixture.autoDetectChanges();
    button = (fixture.nativeElement as HTMLElement).querySelector('button')!;
    document.body.append(fixture.nativeElement as HTMLElement);
  });

  afterEach(() => {
    jest.useRealTimers();
    document.body.replaceChildren();
  });

  it('appears on focus, describes the control, and goes with Escape', () => {
    button.dispatchEvent(new Event('focus'));
    jest.runAllTimers();
    expect(shown()).toEqual(['More for many bookings']);
    expect(document.getElementById(button.getAttribute('aria-describedby')!)!.textContent).toBe('More for many bookings');

    button.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    expect(shown()).toEqual([]);
    expect(button.hasAttribute('aria-describedby')).toBe(false);
  });

  it('does not appear where the pointer only passes', () => {
    button.dispatchEvent(new Event('mouseenter'));
    button.dispatchEvent(new Event('mouseleave'));
    jest.runAllTimers();

    expect(shown()).toEqual([]);
  });
});
