import { Component, Directive, computed, inject, input, signal } from '@angular/core';

let nextId = 1;

/**
 * A labelled form control with hint and error. Put `berthControl` on the input, select or textarea inside:
 * `<berth-field [label]="…" [hint]="…" [error]="…"><input berthControl /></berth-field>`.
 */
@Component({
  selector: 'berth-field',
  template: `
    <label class="label" [attr.for]="controlId">
      <span>{{ label() }}</span>
      @if (note()) {
        <span class="note-text">{{ note() }}</span>
      }
    </label>
    <div class="row"><ng-content /></div>
    @if (error(); as message) {
      <p class="error" [id]="controlId + '-error'">{{ message }}</p>
    }
    @if (hint(); as text) {
      <p class="hint" [id]="controlId + '-hint'">{{ text }}</p>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: 4px;
      min-width: 0;
    }
    .label {
      display: flex;
      gap: 8px;
      font-size: 13px;
      line-height: 16px;
      color: var(--muted);
    }
    .row {
      display: flex;
      align-items: center;
      gap: 8px;
      max-width: 100%;
      flex-wrap: wrap;
    }
    .error {
      font-size: 13px;
      line-height: 18px;
      color: var(--danger);
    }
    .hint {
      font-size: 12px;
      line-height: 16px;
      color: var(--muted);
    }
    .note-text {
      opacity: var(--quiet);
    }
  `,
})
export class Field {
  readonly label = input.required<string>();
  readonly hint = input<string | null>(null);
  readonly error = input<string | null>(null);
  /** A short word beside the label, such as “optional”. */
  readonly note = input<string | null>(null);

  /** Id of the control inside, for links from an error summary. */
  readonly controlId = `field-${nextId++}`;
  readonly describedBy = computed(() => {
    const ids = [...(this.error() ? [`${this.controlId}-error`] : []), ...(this.hint() ? [`${this.controlId}-hint`] : [])];
    return ids.length > 0 ? ids.join(' ') : null;
  });
}

/** Marks the control inside a field: gives it the look, the id, and ties label, hint and error to it. */
@Directive({
  selector: '[berthControl]',
  host: {
    class: 'in',
    '[id]': 'id()',
    '[attr.aria-describedby]': 'field?.describedBy() ?? null',
    '[attr.aria-invalid]': 'field?.error() ? true : null',
  },
})
export class FieldControl {
  protected readonly field = inject(Field, { optional: true });
  protected readonly id = signal(this.field?.controlId ?? `control-${nextId++}`);
}
