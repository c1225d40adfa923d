import { Component, type ElementRef, computed, inject, input, linkedSignal, viewChild } from '@angular/core';
import { Icon } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { Catalogue } from '../data/catalogue';
import type { GroupedError } from './import-report';
import { ImportState } from './import-state';

const KNOWN = [
  'required',
  'unknown-type',
  'too-long',
  'too-many',
  'not-a-number',
  'out-of-range',
  'not-a-time-zone',
  'not-a-boolean',
  'needs-site',
  'needs-floor',
  'too-many-cells',
  'control-character',
  'duplicate-row',
  'ambiguous',
  'units-in-use',
];
let nextId = 1;

/** Why a row is wrong, and a field to put it right: in this row, or in all with the same mistake. */
@Component({
  selector: 'berth-fix-row',
  imports: [Icon, TranslatePipe],
  template: `
    <svg berthIcon="triangle-alert" class="sign"></svg>
    <p class="why">
      <b>{{ title() }}</b> {{ detail() }}
    </p>
    <div class="fix">
      @if (error().column !== null) {
        <input
          #field
          class="in small"
          autocomplete="off"
          spellcheck="false"
          [attr.list]="suggestions().length > 0 ? id : null"
          [attr.aria-label]="'admin.import.fixField' | translate: { column: error().column, line: error().row }"
          [value]="text()"
          (input)="type(field.value)"
          (keydown.enter)="apply()"
        />
        @if (suggestions().length > 0) {
          <datalist [id]="id">
            @for (it of suggestions(); track it) {
              <option [value]="it"></option>
            }
          </datalist>
        }
      }
      <button type="button" class="btn small accent" [disabled]="!isFixable() || state.isBusy()" (click)="apply()">{{ label() }}</button>
      <button
        type="button"
        class="btn small"
        [disabled]="state.isBusy()"
        [attr.aria-label]="'admin.import.leaveOutLine' | translate: { line: error().row }"
        (click)="state.leaveOut(error().row)"
      >
        {{ 'admin.import.leaveOut' | translate }}
      </button>
    </div>
  `,
  styles: `
    :host {
      position: sticky;
      left: 0;
      display: flex;
      align-items: center;
      gap: 8px;
      width: min(100%, 100cqw);
      padding: 7px 20px 8px 58px;
    }
    .sign {
      flex: none;
      color: var(--danger);
    }
    .why {
      flex: 1;
      min-width: 180px;
      line-height: 18px;
      overflow-wrap: anywhere;
    }
    .fix {
      display: flex;
      flex: none;
      gap: 6px;
    }
    input {
      width: 188px;
    }
    @media (max-width: 719px) {
      :host {
        flex-wrap: wrap;
        padding: 8px 12px 12px;
      }
      .why {
        flex: 1 0 calc(100% - 24px);
      }
      .fix {
        flex: 1;
        flex-wrap: wrap;
      }
      input.in.small {
        min-height: 44px;
        flex: 1 0 100%;
        min-width: 0;
      }
      .btn {
        flex: 1;
      }
    }
  `,
})
export class FixRow {
  private readonly words = inject(AdminWords);
  private readonly catalogue = inject(Catalogue);
  private readonly field = viewChild<ElementRef<HTMLInputElement>>('field');
  protected readonly state = inject(ImportState);

  readonly error = input.required<GroupedError>();

  protected readonly id = `admin-fix-${nextId++}`;
  /** What is in the field; kept while the row is out of view. */
  protected readonly text = linkedSignal(() => this.state.typed.get(keyOf(this.error())) ?? this.error().text);
  protected readonly title = computed(() => {
    const { code, column, text } = this.error();
    return KNOWN.includes(code) ? this.words.text(`admin.import.error.${code}`, { column: column ?? '', text }) : (column ?? '');
  });
  /** The server's own words, for a mistake these texts do not know and where it says more. */
  protected readonly detail = computed(() => (KNOWN.includes(this.error().code) ? this.lineOf(this.error().detail) : this.error().detail));
  protected readonly suggestions = computed<readonly string[]>(() => {
    switch (this.error().code) {
      case 'unknown-type':
        return this.catalogue.types().map((it) => it.name);
      case 'not-a-boolean':
        return ['true', 'false'];
      case 'not-a-time-zone':
        return Intl.supportedValuesOf('timeZone');
      default:
        return [];
    }
  });
  protected readonly isFixable = computed(() => this.error().column === null || this.text() !== this.error().text);
  protected readonly label = computed(() => {
    const { column, alike } = this.error();
    if (column === null) return this.words.text('admin.import.cutCells');
    return alike.length > 1 ? this.words.count('admin.import.applyTo.', alike.length) : this.words.text('admin.import.apply');
  });

  protected type(text: string): void {
    this.state.typed.set(keyOf(this.error()), text);
    this.text.set(text);
  }

  protected apply(): void {
    const text = this.field()?.nativeElement.value ?? '';
    if (this.error().column !== null && text === this.error().text) return;
    this.state.typed.delete(keyOf(this.error()));
    void this.state.fix(this.error(), text.trim(), true);
  }

  /** The line another row stands in, where the mistake is about two of them. */
  private lineOf(detail: string): string {
    const line = this.error().code === 'duplicate-row' ? /\d+/.exec(detail)?.[0] : undefined;
    return line === undefined ? '' : this.words.text('admin.import.alsoIn', { line });
  }
}

const keyOf = (error: GroupedError): string => `${error.row}|${error.column}`;
