import { Component, effect, inject, input, signal, untracked } from '@angular/core';
import { Field, FieldControl } from '@berth/web/ui';
import { type CustomField, ResourcesApi } from '../resources-api';
import type { BookingForm } from './booking-form';

/** What the type of the resource asks whoever books it; nothing where it asks nothing. */
@Component({
  selector: 'berth-answers',
  imports: [Field, FieldControl],
  template: `
    @for (field of fields(); track field.key) {
      @switch (field.kind) {
        @case ('boolean') {
          <label class="check">
            <input #tick type="checkbox" [name]="field.key" [checked]="answer(field) === true" (change)="take(field, tick.checked)" />
            <span>{{ field.label }}</span>
          </label>
        }
        @case ('select') {
          <berth-field [label]="field.label">
            <select #choice berthControl [name]="field.key" [attr.aria-required]="field.required" (change)="take(field, choice.value)">
              <option value="" [selected]="answer(field) === ''"></option>
              @for (option of field.options; track option) {
                <option [value]="option" [selected]="answer(field) === option">{{ option }}</option>
              }
            </select>
          </berth-field>
        }
        @default {
          <berth-field [label]="field.label">
            <input
              #box
              berthControl
              maxlength="1000"
              [type]="field.kind"
              [name]="field.key"
              [attr.aria-required]="field.required"
              [value]="answer(field)"
              (input)="take(field, box.value)"
            />
          </berth-field>
        }
      }
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 12px;
    }
    :host:empty {
      display: none;
    }
    .check {
      display: flex;
      align-items: center;
      gap: 8px;
    }
  `,
})
export class Answers {
  private readonly resources = inject(ResourcesApi);
  readonly form = input.required<BookingForm>();
  protected readonly fields = signal<readonly CustomField[]>([]);
  private typeId: string | null = null;

  constructor() {
    effect(() => {
      const typeId = this.form().wish.resource()?.type.id ?? null;
      untracked(() => void this.load(typeId));
    });
  }

  protected answer(field: CustomField): string | number | boolean {
    return this.form().wish.answers()[field.key] ?? '';
  }

  protected take(field: CustomField, typed: string | boolean): void {
    const value = field.kind === 'number' && typed !== '' ? Number(typed) : typed;
    this.form().wish.answers.update(({ [field.key]: _, ...others }) => (value === '' ? others : { ...others, [field.key]: value }));
  }

  /** Whose question is gone, is not answered any more. */
  private async load(typeId: string | null): Promise<void> {
    if (typeId === this.typeId || typeId === null) return;
    this.typeId = typeId;
    const fields = await this.resources.fieldsOf(typeId).catch(() => []);
    if (typeId !== this.typeId) return;
    this.fields.set(fields);
    this.form().wish.answers.update((all) =>
      Object.fromEntries(Object.entries(all).filter(([key]) => fields.some((it) => it.key === key))),
    );
  }
}
