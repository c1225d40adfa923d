import { Component, ElementRef, inject, input, model } from '@angular/core';
import type { Choice } from '../segments/segments';
import { InView } from './in-view';

/**
 * A tab bar; the caller shows the panel: `<berth-tabs name="resource" [label]="…" [tabs]="…" [(value)]="tab" />` and
 * `<section role="tabpanel" id="resource-panel" [attr.aria-labelledby]="'resource-tab-' + tab()">`.
 */
@Component({
  selector: 'berth-tabs',
  imports: [InView],
  host: { role: 'tablist', '[attr.aria-label]': 'label()', '(keydown)': 'step($event)' },
  template: `
    @for (tab of tabs(); track tab.value) {
      <button
        type="button"
        role="tab"
        [berthInView]="tab.value === value()"
        [id]="name() + '-tab-' + tab.value"
        [attr.aria-selected]="tab.value === value()"
        [attr.aria-controls]="tab.value === value() ? name() + '-panel' : null"
        [attr.tabindex]="tab.value === value() ? 0 : -1"
        [disabled]="tab.disabled ?? false"
        (click)="value.set(tab.value)"
      >
        {{ tab.label }}
      </button>
    }
  `,
  styles: `
    :host {
      display: flex;
      gap: 4px;
      border-bottom: 1px solid var(--line);
      overflow-x: auto;
    }
    button {
      min-height: 36px;
      padding: 4px 10px;
      border: 0;
      border-bottom: 2px solid transparent;
      margin-bottom: -1px;
      background: none;
      color: var(--muted);
      font-weight: 550;
      white-space: nowrap;
    }
    button:hover {
      color: var(--text);
    }
    button:focus-visible {
      outline-offset: -2px;
    }
    button[aria-selected='true'] {
      color: var(--accent);
      border-bottom-color: var(--accent);
    }
    @media (max-width: 719px) {
      button {
        min-height: 44px;
      }
    }
  `,
})
export class Tabs<T extends string = string> {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);

  /** Prefix of the ids of tabs and panel. */
  readonly name = input.required<string>();
  readonly label = input.required<string>();
  readonly tabs = input.required<readonly Choice<T>[]>();
  readonly value = model.required<T>();

  protected step(event: KeyboardEvent): void {
    const tabs = this.tabs().filter((it) => !it.disabled);
    const index = tabs.findIndex((it) => it.value === this.value());
    const target = { ArrowRight: index + 1, ArrowLeft: index - 1 + tabs.length, Home: 0, End: tabs.length - 1 }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    const next = tabs[target % tabs.length];
    if (next === undefined) return;
    this.value.set(next.value);
    this.host.nativeElement.querySelectorAll('button').item(this.tabs().indexOf(next))?.focus();
  }
}
