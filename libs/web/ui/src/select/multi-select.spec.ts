import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { MultiSelect } from './multi-select';

@Component({
  imports: [MultiSelect],
  template: `
    <berth-multi-select
      label="Features"
      [several]="'many'"
      [options]="options"
      [look]="look()"
      [value]="chosen()"
      (chosen)="chosen.set($event)"
    />
  `,
})
class Filters {
  readonly look = signal<'chip' | 'open'>('chip');
  readonly chosen = signal<readonly string[]>([]);
  readonly options = [
    { value: 'display', label: 'Display', hint: '4' },
    { value: 'camera', label: 'Camera', hint: '2' },
  ];
}

function open(chosen: readonly string[] = [], look: 'chip' | 'open' = 'chip') {
  const fixture = TestBed.createComponent(Filters);
  fixture.componentInstance.chosen.set(chosen);
  fixture.componentInstance.look.set(look);
  fixture.detectChanges();
  return { filters: fixture.componentInstance, page: fixture.nativeElement as HTMLElement, check: () => fixture.detectChanges() };
}

describe('multi-select', () => {
  it.each([
    [[], 'Features'],
    [['camera'], 'Camera'],
    [['camera', 'display'], 'many'],
  ])('says on its chip what is chosen (%j)', (chosen, text) => {
    const chip = open(chosen).page.querySelector('.chip')!;

    expect(chip.textContent?.trim()).toBe(text);
    expect(chip.classList.contains('on')).toBe(chosen.length > 0);
  });

  it('puts a choice in and takes it out in its menu', () => {
    const { filters, page, check } = open(['display']);
    const press = (label: string): void => {
      page.querySelector<HTMLElement>('.chip')!.click();
      check();
      const items = [...document.querySelectorAll<HTMLElement>('[role=menuitemcheckbox]')];
      items.find((it) => it.textContent?.includes(label))!.click();
      check();
    };

    press('Camera');
    expect(filters.chosen()).toEqual(['display', 'camera']);
    press('Display');
    expect(filters.chosen()).toEqual(['camera']);
  });

  it('shows every choice where there is room, and one that is offered no more so that it can go', () => {
    const { filters, page, check } = open(['stage'], 'open');
    const chips = [...page.querySelectorAll<HTMLElement>('.chip')];

    expect(chips.map((it) => [it.textContent?.trim(), it.getAttribute('aria-pressed')])).toEqual([
      ['Display 4', 'false'],
      ['Camera 2', 'false'],
      ['stage 0', 'true'],
    ]);
    chips[2]!.click();
    check();
    expect(filters.chosen()).toEqual([]);
  });
});
