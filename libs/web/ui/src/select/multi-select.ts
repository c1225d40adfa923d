import { CdkMenu, CdkMenuItemCheckbox, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, computed, input, model, output } from '@angular/core';
import { Icon } from '../icons/icon';
import type { SelectOption } from './select';

/**
 * Choose any number of a list, as a filter chip with a menu, or with all choices in view where there is room for them:
 * `<berth-multi-select [label]="…" [several]="…" [options]="…" [value]="tags" (chosen)="…" />`.
 */
@Component({
  selector: 'berth-multi-select',
  imports: [CdkMenu, CdkMenuItemCheckbox, CdkMenuTrigger, Icon],
  template: `
    @if (look() === 'open') {
      <fieldset>
        <legend class="muted">{{ label() }}</legend>
        <div class="choices">
          @for (option of offered(); track option.value) {
            <button type="button" class="chip" [attr.aria-pressed]="isChosen(option)" (click)="toggle(option)">
              {{ option.label }} <span class="num">{{ option.hint }}</span>
            </button>
          }
        </div>
      </fieldset>
    } @else {
      <button type="button" class="chip" [class.on]="value().length > 0" [cdkMenuTriggerFor]="menu">
        {{ shownLabel() }} <svg berthIcon="chevron-down"></svg>
      </button>
    }
    <ng-template #menu>
      <div class="float menu" cdkMenu>
        @for (option of offered(); track option.value) {
          <button
            type="button"
            class="menu-item"
            cdkMenuItemCheckbox
            [cdkMenuItemChecked]="isChosen(option)"
            (cdkMenuItemTriggered)="toggle(option)"
          >
            <span class="tick">
              @if (isChosen(option)) {
                <svg berthIcon="check"></svg>
              }
            </span>
            <span class="grow">{{ option.label }}</span> <span class="muted num">{{ option.hint }}</span>
          </button>
        }
      </div>
    </ng-template>
  `,
  styles: `
    :host {
      display: contents;
    }
    legend {
      margin-bottom: 6px;
      font-size: 13px;
    }
    .choices {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      max-height: 40vh;
      overflow: auto;
    }
  `,
})
export class MultiSelect {
  /** Accessible name; in a chip it is shown while nothing is chosen. */
  readonly label = input.required<string>();
  /** Shown while more than one is chosen: «3 features». */
  readonly several = input.required<string>();
  readonly options = input.required<readonly SelectOption[]>();
  readonly value = model<readonly string[]>([]);
  readonly look = input<'chip' | 'open'>('chip');
  readonly chosen = output<readonly string[]>();

  /** What is chosen and offered no more can still be taken away. */
  protected readonly offered = computed<readonly SelectOption[]>(() => {
    const known = new Set(this.options().map((it) => it.value));
    const gone = this.value().filter((it) => !known.has(it));
    return [...this.options(), ...gone.map((value) => ({ value, label: value, hint: '0' }))];
  });
  protected readonly shownLabel = computed(() => {
    const [first, ...others] = this.value();
    if (first === undefined) return this.label();
    return others.length > 0 ? this.several() : (this.offered().find((it) => it.value === first)?.label ?? first);
  });

  protected isChosen({ value }: SelectOption): boolean {
    return this.value().includes(value);
  }

  protected toggle({ value }: SelectOption): void {
    const chosen = this.value();
    this.value.set(chosen.includes(value) ? chosen.filter((it) => it !== value) : [...chosen, value]);
    this.chosen.emit(this.value());
  }
}
