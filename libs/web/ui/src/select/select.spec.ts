import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideKitTexts } from '../testing/texts';
import { Select } from './select';

@Component({
  imports: [Select],
  template: `<berth-select label="Site" [options]="options" [(value)]="site" />`,
})
class Host {
  readonly site = signal<string | null>(null);
  readonly options = [
    { value: 'berlin', label: 'Berlin' },
    { value: 'hamburg', label: 'Hamburg', disabled: true },
    { value: 'madrid', label: 'Madrid' },
  ];
}

function aSelect() {
  TestBed.configureTestingModule({ providers: [provideKitTexts()] });
  const fixture = TestBed.createComponent(Host);
  fixture.detectChanges();
  const button = (fixture.nativeElement as HTMLElement).querySelector('button')!;
  const list = (): HTMLElement | null => document.querySelector('[role=listbox]');
  const press = async (key: string): Promise<void> => {
    (list() ?? button).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    await fixture.whenStable();
  };
  const open = async (): Promise<void> => {
    button.click();
    await fixture.whenStable();
  };
  return { host: fixture.componentInstance, button, list, press, open };
}

describe('a select', () => {
  it('says its name and what is chosen', () => {
    const { host, button } = aSelect();
    expect(button.getAttribute('aria-label')).toBe('Site: Site');

    host.site.set('madrid');
    TestBed.tick();

    expect(button.getAttribute('aria-label')).toBe('Site: Madrid');
  });

  it('opens a listbox that takes the focus', async () => {
    const { list, open, button } = aSelect();

    await open();

    expect(list()?.querySelectorAll('[role=option]')).toHaveLength(3);
    expect(document.activeElement).toBe(list());
    expect(button.getAttribute('aria-expanded')).toBe('true');
  });

  it('is chosen by keys alone, and gives the focus back', async () => {
    const { host, list, press, open, button } = aSelect();
    await open();

    await press('End');
    await press('Enter');

    expect(host.site()).toBe('madrid');
    expect(list()).toBeNull();
    expect(document.activeElement).toBe(button);
  });

  it('is chosen by typing the beginning of a name', async () => {
    const { host, press, open } = aSelect();
    await open();

    await press('m');
    await press('Enter');

    expect(host.site()).toBe('madrid');
  });

  it('is left unchanged by Escape', async () => {
    const { host, list, press, open } = aSelect();
    await open();

    await press('ArrowDown');
    await press('Escape');

    expect(host.site()).toBeNull();
    expect(list()).toBeNull();
  });

  it('does not choose what is disabled', async () => {
    const { host, list, open } = aSelect();
    await open();

    (list()?.querySelectorAll('[role=option]')[1] as HTMLElement).click();

    expect(host.site()).toBeNull();
    expect(list()).not.toBeNull();
  });
});
