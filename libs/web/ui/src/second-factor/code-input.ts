import { Component, type ElementRef, afterNextRender, input, model, output, viewChild } from '@angular/core';
import { FieldControl } from '../field/field';

const DIGITS = 6;

/** The six digits of an authenticator app, inside a `berth-field`: one field, so that pasting and filling in by the device work. */
@Component({
  selector: 'berth-code-input',
  imports: [FieldControl],
  template: `
    <input
      #field
      berthControl
      [name]="name()"
      autocomplete="one-time-code"
      inputmode="numeric"
      autocapitalize="none"
      spellcheck="false"
      [value]="value()"
      (input)="take(field)"
    />
  `,
  styles: `
    input {
      width: 10ch;
      font-size: 20px;
      letter-spacing: 0.12em;
      font-variant-numeric: tabular-nums;
    }
  `,
})
export class CodeInput {
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');

  readonly name = input('code');
  readonly value = model.required<string>();
  /** All six digits are there. */
  readonly complete = output<string>();

  constructor() {
    // It appears when the code is what is missing, so that is what is typed next.
    afterNextRender(() => this.field().nativeElement.focus());
  }

  /** Apps show the digits in groups; what is between them is left out. */
  protected take(field: HTMLInputElement): void {
    const digits = field.value.replace(/\D/g, '').slice(0, DIGITS);
    const wasComplete = this.value().length === DIGITS;
    field.value = digits;
    this.value.set(digits);
    if (digits.length === DIGITS && !wasComplete) this.complete.emit(digits);
  }
}
