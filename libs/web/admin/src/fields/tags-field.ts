import { Component, computed, inject, input, output } from '@angular/core';
import { Icon } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { Catalogue } from '../data/catalogue';

let nextId = 1;

/** Tags as chips with one field to add more; tags in use are suggested. */
@Component({
  selector: 'berth-tags-field',
  imports: [Icon, TranslatePipe],
  template: `
    <span class="label" [id]="id + '-label'">{{ label() }}</span>
    <div class="in box" role="group" [attr.aria-labelledby]="id + '-label'">
      @for (tag of value(); track tag) {
        <span class="chip small"
          >{{ tag }}
          <button type="button" [attr.aria-label]="'admin.tags.remove' | translate: { tag }" (click)="remove(tag)">
            <svg berthIcon="x" [size]="14"></svg>
          </button>
        </span>
      }
      <input
        #field
        [attr.list]="id"
        autocomplete="off"
        maxlength="64"
        [attr.aria-label]="'admin.tags.add' | translate"
        [placeholder]="value().length === 0 ? ('admin.tags.add' | translate) : ''"
        (keydown)="onKey($event, field)"
        (change)="add(field)"
      />
      <datalist [id]="id">
        @for (it of suggestions(); track it.tag) {
          <option [value]="it.tag"></option>
        }
      </datalist>
    </div>
    @if (error(); as message) {
      <p class="error">{{ message }}</p>
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
      font-size: 13px;
      line-height: 16px;
      color: var(--muted);
    }
    .box {
      flex-wrap: wrap;
      gap: 4px;
      width: 100%;
      padding: 4px 6px;
    }
    .box:focus-within {
      outline: 2px solid var(--accent);
      outline-offset: 1px;
      border-color: transparent;
    }
    .chip {
      gap: 2px;
      padding-right: 2px;
      max-width: 100%;
      white-space: normal;
      overflow-wrap: anywhere;
    }
    .chip button {
      display: grid;
      place-items: center;
      width: 24px;
      height: 24px;
      padding: 0;
      border: 0;
      border-radius: 12px;
      background: none;
      color: var(--muted);
    }
    .chip button:hover {
      color: var(--text);
    }
    input {
      flex: 1;
      min-width: 64px;
      height: 24px;
      border: 0;
      background: none;
      outline: none;
    }
    input::placeholder {
      color: var(--muted);
      opacity: 1;
    }
    .error {
      font-size: 13px;
      color: var(--danger);
    }
    @media (max-width: 719px) {
      .chip button {
        width: 44px;
        height: 36px;
      }
      input {
        min-height: 36px;
      }
    }
  `,
})
export class TagsField {
  private readonly catalogue = inject(Catalogue);

  readonly label = input.required<string>();
  readonly value = input.required<readonly string[]>();
  readonly error = input<string | null>(null);
  readonly changed = output<readonly string[]>();

  protected readonly id = `admin-tags-${nextId++}`;
  protected readonly suggestions = computed(() => this.catalogue.tags().filter((it) => !this.value().includes(it.tag)));

  protected onKey(event: KeyboardEvent, field: HTMLInputElement): void {
    if (event.key === 'Backspace' && field.value === '' && this.value().length > 0) this.remove(this.value().at(-1)!);
    if ((event.key !== 'Enter' && event.key !== ',') || event.isComposing || (event.key === 'Enter' && field.value.trim() === '')) return;
    event.preventDefault();
    this.add(field);
  }

  protected add(field: HTMLInputElement): void {
    const words = field.value.split(',').map((it) => it.trim());
    const added = words.filter(
      (it, index) => it !== '' && words.indexOf(it) === index && !this.value().some((tag) => tag.toLowerCase() === it.toLowerCase()),
    );
    field.value = '';
    if (added.length > 0) this.changed.emit([...this.value(), ...added]);
  }

  protected remove(tag: string): void {
    this.changed.emit(this.value().filter((it) => it !== tag));
  }
}
