import { Component, ElementRef, computed, inject, input, output } from '@angular/core';
import type { BrokenField, CustomField } from '@berth/scheduling';
import { Field, FieldControl } from '@berth/web/ui';
import type { Answer, AnswerMap } from '../reservation';
import { BookingWords } from './booking-words';

/** The questions of a type and their answers; nothing where it asks nothing. i18n: booking.answers.broken.* */
@Component({
  selector: 'berth-answers',
  imports: [Field, FieldControl],
  template: `
    @for (field of fields(); track field.key) {
      @if (field.kind === 'boolean' && !field.required) {
        <label class="check">
          <input
            #tick
            type="checkbox"
            [name]="field.key"
            [checked]="answers()[field.key] === true"
            (change)="answered.emit({ key: field.key, value: tick.checked })"
          />
          <span>{{ field.label }}</span>
        </label>
      } @else {
        <berth-field
          [label]="field.label"
          [note]="field.required ? words.text('booking.answers.needed') : null"
          [error]="errors().get(field.key) ?? null"
        >
          @if (field.kind === 'select' || field.kind === 'boolean') {
            <select #choice berthControl [name]="field.key" [attr.aria-required]="field.required" (change)="choose(field, choice.value)">
              <option value="" [selected]="!has(field)">
                {{ words.text(field.required ? 'booking.answers.choose' : 'booking.answers.none') }}
              </option>
              @for (option of optionsOf(field); track option.value) {
                <option [value]="option.value" [selected]="has(field) && answers()[field.key]?.toString() === option.value">
                  {{ option.label }}
                </option>
              }
            </select>
          } @else {
            <input
              #box
              berthControl
              maxlength="1000"
              autocomplete="off"
              [class.short]="field.kind !== 'text'"
              [type]="field.kind"
              [attr.step]="field.kind === 'number' ? 'any' : null"
              [name]="field.key"
              [attr.aria-required]="field.required"
              [value]="answers()[field.key] ?? ''"
              (input)="write(field, box.value)"
            />
          }
        </berth-field>
      }
    }
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(220px, 100%), 1fr));
      gap: 12px;
      align-items: start;
    }
    :host:empty {
      display: none;
    }
    .check {
      display: flex;
      align-items: center;
      gap: 8px;
      grid-column: 1 / -1;
    }
    .in:not(.short) {
      width: 100%;
    }
    .short {
      width: 168px;
    }
  `,
})
export class Answers {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  protected readonly words = inject(BookingWords);

  readonly fields = input.required<readonly CustomField[]>();
  readonly answers = input.required<AnswerMap>();
  /** What is to be said to be wrong. */
  readonly broken = input<readonly BrokenField[]>([]);
  readonly answered = output<{ readonly key: string; readonly value: Answer }>();

  protected readonly errors = computed(
    () => new Map(this.broken().map((it) => [it.key, this.words.text(`booking.answers.broken.${it.code}`)])),
  );

  /** Goes to the first answer that is missing or wrong. */
  focusBroken(): void {
    this.host.nativeElement.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }

  protected has({ key }: CustomField): boolean {
    const value = this.answers()[key];
    return value !== undefined && value !== null;
  }

  protected optionsOf({ kind, options }: CustomField): readonly { readonly value: string; readonly label: string }[] {
    if (kind === 'select') return options.map((it) => ({ value: it, label: it }));
    return ['true', 'false'].map((it) => ({ value: it, label: this.words.text(`booking.answers.${it}`) }));
  }

  protected choose({ key, kind }: CustomField, chosen: string): void {
    this.answered.emit({ key, value: chosen === '' ? null : kind === 'boolean' ? chosen === 'true' : chosen });
  }

  protected write({ key, kind }: CustomField, typed: string): void {
    this.answered.emit({ key, value: typed === '' ? null : kind === 'number' ? Number(typed) : typed });
  }
}
