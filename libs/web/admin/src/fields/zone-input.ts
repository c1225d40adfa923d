import { Component, input, output } from '@angular/core';
import { FieldControl } from '@berth/web/ui';

const ZONES = Intl.supportedValuesOf('timeZone');
let nextId = 1;

/** An IANA zone, typed or picked; put it in a `berth-field`. */
@Component({
  selector: 'berth-zone-input',
  imports: [FieldControl],
  template: `
    <input
      #zone
      berthControl
      [attr.list]="id"
      autocomplete="off"
      spellcheck="false"
      [placeholder]="placeholder()"
      [value]="value()"
      (input)="changed.emit(zone.value.trim())"
    />
    <datalist [id]="id">
      @for (it of zones; track it) {
        <option [value]="it"></option>
      }
    </datalist>
  `,
  styles: `
    :host {
      display: block;
      width: 100%;
    }
    input {
      width: 100%;
      max-width: 264px;
    }
  `,
})
export class ZoneInput {
  readonly value = input.required<string>();
  readonly placeholder = input('');
  readonly changed = output<string>();

  protected readonly id = `admin-zones-${nextId++}`;
  protected readonly zones = ZONES;
}
