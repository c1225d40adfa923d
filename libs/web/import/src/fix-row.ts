import { Component, type ElementRef, computed, inject, input, linkedSignal, viewChild } from '@angular/core';
import { Formats, Icon } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { BookingWords } from '@berth/web/booking';
import { ImportDoor } from './import-door';
import type { GroupedError } from './import-report';
import { ImportState } from './import-state';

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
      @for (it of alternatives(); track it.text) {
        <button type="button" class="btn small alternative" [disabled]="state.isBusy()" (click)="state.take(error(), it.it)">
          {{ it.text }}
        </button>
      }
      @if (hasField()) {
        <input
          #field
          class="in small"
          autocomplete="off"
          spellcheck="false"
          [attr.list]="suggestions().length > 0 ? id : null"
          [attr.aria-label]="'import.fixField' | translate: { column: error().column, line: error().row }"
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
      @if (hasFix()) {
        <button type="button" class="btn small accent" [disabled]="!isFixable() || state.isBusy()" (click)="apply()">{{ label() }}</button>
      }
      @if (state.isEditable()) {
        <button
          type="button"
          class="btn small"
          [disabled]="state.isBusy()"
          [attr.aria-label]="'import.leaveOutLine' | translate: { line: error().row }"
          (click)="state.leaveOut(error().row)"
        >
          {{ 'import.leaveOut' | translate }}
        </button>
      }
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
      flex-wrap: wrap;
      justify-content: flex-end;
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
      .btn.alternative {
        flex: 1 0 100%;
      }
    }
  `,
})
export class FixRow {
  private readonly words = inject(BookingWords);
  private readonly door = inject(ImportDoor);
  private readonly formats = inject(Formats);
  private readonly field = viewChild<ElementRef<HTMLInputElement>>('field');
  protected readonly state = inject(ImportState);

  readonly error = input.required<GroupedError>();

  protected readonly id = `import-fix-${nextId++}`;
  /** What is in the field; kept while the row is out of view. */
  protected readonly text = linkedSignal(() => this.state.typed.get(keyOf(this.error())) ?? this.error().text);
  protected readonly title = computed(() => {
    const { code, column, text } = this.error();
    return this.door.errors.includes(code)
      ? this.words.text(`${this.door.texts}.error.${code}`, { column: column ?? '', text })
      : (column ?? '');
  });
  /** The server's own words, for a mistake these texts do not know and where it says more. */
  protected readonly detail = computed(() =>
    this.door.errors.includes(this.error().code) ? this.lineOf(this.error().detail) : this.error().detail,
  );
  protected readonly suggestions = computed(() => this.door.suggestions(this.error()));
  protected readonly alternatives = computed(() => {
    const report = this.state.report();
    if (report === null || !this.state.isEditable()) return [];
    const zone = this.formats.ownZone();
    return (this.error().alternatives ?? [])
      .filter((it) => this.door.cellsOf(it, report).length > 0)
      .map((it) => ({ it, text: `${it.name}, ${this.words.span({ start: Date.parse(it.start), end: Date.parse(it.end) }, zone)}` }));
  });
  private readonly isTooWide = computed(() => this.error().code === 'too-many-cells');
  /** Whether one text in one cell can put it right, or cutting what is too much. */
  protected readonly hasField = computed(() => this.error().column !== null && this.state.isEditable());
  protected readonly hasFix = computed(() => this.hasField() || this.isTooWide());
  protected readonly isFixable = computed(() => this.isTooWide() || this.text() !== this.error().text);
  protected readonly label = computed(() => {
    const { alike } = this.error();
    if (this.isTooWide()) return this.words.text('import.cutCells');
    return alike.length > 1 ? this.words.count('import.applyTo.', alike.length) : this.words.text('import.apply');
  });

  protected type(text: string): void {
    this.state.typed.set(keyOf(this.error()), text);
    this.text.set(text);
  }

  protected apply(): void {
    const text = this.field()?.nativeElement.value ?? '';
    if (!this.isTooWide() && text === this.error().text) return;
    this.state.typed.delete(keyOf(this.error()));
    void this.state.fix(this.error(), text.trim(), true);
  }

  /** The line another row stands in, where the mistake is about two of them. */
  private lineOf(detail: string): string {
    const line = this.error().code === 'duplicate-row' ? /\d+/.exec(detail)?.[0] : undefined;
    return line === undefined ? '' : this.words.text('import.alsoIn', { line });
  }
}

const keyOf = (error: GroupedError): string => `${error.row}|${error.column}`;
