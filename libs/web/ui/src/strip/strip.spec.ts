import { TestBed } from '@angular/core/testing';
import { inputBinding, signal } from '@angular/core';
import { provideKitTexts } from '../testing/texts';
import { Strip } from './strip';

const at = (time: string): number => Date.parse(`2026-11-24T${time}:00+01:00`);

function aStrip() {
  TestBed.configureTestingModule({ providers: [provideKitTexts()] });
  const wanted = signal<{ start: number; end: number } | null>(null);
  const fixture = TestBed.createComponent(Strip, {
    bindings: [
      inputBinding('from', () => at('08:00')),
      inputBinding('to', () => at('20:00')),
      inputBinding('zone', () => 'Europe/Berlin'),
      inputBinding('intervals', () => [{ start: at('09:00'), end: at('10:30'), state: 'busy' }]),
      inputBinding('wanted', wanted),
      inputBinding('ticks', () => true),
    ],
  });
  fixture.detectChanges();
  return { fixture, wanted, element: fixture.nativeElement as HTMLElement };
}

describe('the free/busy strip', () => {
  it('says in words what it shows, in the zone of the resource', () => {
    const { element } = aStrip();

    expect(element.getAttribute('role')).toBe('img');
    expect(element.getAttribute('aria-label')).toBe('Busy 09:00–10:30');
  });

  it('writes every second hour under a day', () => {
    const { element } = aStrip();

    expect([...element.querySelectorAll('.axis span')].map((it) => it.textContent)).toEqual(['08', '10', '12', '14', '16', '18', '20']);
  });

  it('outlines the wanted window', () => {
    const { fixture, wanted, element } = aStrip();

    wanted.set({ start: at('14:00'), end: at('17:00') });
    fixture.detectChanges();

    const outline = element.querySelector<HTMLElement>('.wanted');
    expect(outline?.style.left).toBe('50%');
    expect(outline?.style.width).toBe('25%');
  });
});
