import { Component, input, model, signal } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { FieldControl } from '../field/field';
import { Icon } from '../icons/icon';

/** A password control inside a `berth-field`; paste and password managers are welcome, and it can be shown. */
@Component({
  selector: 'berth-password-input',
  imports: [TranslatePipe, FieldControl, Icon],
  template: `
    <input
      #field
      berthControl
      [type]="visible() ? 'text' : 'password'"
      [name]="name()"
      [attr.autocomplete]="autocomplete()"
      spellcheck="false"
      autocapitalize="none"
      [value]="value()"
      (input)="value.set(field.value)"
    />
    <button
      type="button"
      class="btn quiet square"
      [attr.aria-pressed]="visible()"
      [attr.aria-label]="'kit.password.show' | translate"
      (click)="visible.set(!visible())"
    >
      @if (visible()) {
        <svg berthIcon="eye-off"></svg>
      } @else {
        <svg berthIcon="eye"></svg>
      }
    </button>
  `,
  styles: `
    :host {
      position: relative;
      display: inline-flex;
      width: 320px;
      max-width: 100%;
    }
    input {
      flex: 1;
      min-width: 0;
      padding-right: 44px;
    }
    button {
      position: absolute;
      right: 1px;
      top: 1px;
      bottom: 1px;
      min-height: 0;
      color: var(--muted);
    }
  `,
})
export class PasswordInput {
  readonly name = input('password');
  readonly autocomplete = input<'current-password' | 'new-password'>('current-password');
  readonly value = model.required<string>();

  protected readonly visible = signal(false);
}
