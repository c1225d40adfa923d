import { Component, inject, resource } from '@angular/core';
import { OwnApi } from './own-api';
import { OwnCard } from './own-card';

/** A card for each thing that is the person's own; nothing where nothing is, and nothing where that cannot be had. */
@Component({
  selector: 'berth-own-cards',
  imports: [OwnCard],
  template: `
    @for (it of found.value(); track it.resource.id) {
      <berth-own-card [own]="it" />
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
  `,
})
export class OwnCards {
  private readonly api = inject(OwnApi);
  protected readonly found = resource({ loader: () => this.api.own().catch(() => []), defaultValue: [] });
}
