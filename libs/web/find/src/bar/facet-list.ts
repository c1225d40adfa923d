import { Component, computed, inject } from '@angular/core';
import type { Facet } from '../data/catalogue';
import { FindState } from '../find-state';
import { FindWords } from '../find-words';

const TAGS_SHOWN = 12;

let nextId = 1;

/** What narrows the search down, with how many resources each choice would leave. */
@Component({
  selector: 'berth-facet-list',
  template: `
    @if (state.facets().types.length > 1) {
      <fieldset>
        <legend>{{ words.text('facet.type') }}</legend>
        <label class="check">
          <input type="radio" [name]="id + '-type'" [checked]="query().type === null" (change)="state.go({ type: null })" />
          <span class="grow">{{ words.text('anyType') }}</span>
        </label>
        @for (it of state.facets().types; track it.value) {
          <label class="check">
            <input type="radio" [name]="id + '-type'" [checked]="query().type === it.value" (change)="state.go({ type: it.value })" />
            <span class="grow">{{ it.label }}</span> <span class="muted num">{{ it.count }}</span>
          </label>
        }
      </fieldset>
    }
    @if (tags().length > 0) {
      <fieldset>
        <legend>{{ words.text('facet.features') }}</legend>
        @for (it of tags(); track it.value) {
          <label class="check">
            <input type="checkbox" [checked]="query().tags.includes(it.value)" (change)="toggle(it)" />
            <span class="grow">{{ it.label }}</span> <span class="muted num">{{ it.count }}</span>
          </label>
        }
      </fieldset>
    }
    @if (state.facets().floors.length > 1) {
      <fieldset>
        <legend>{{ words.text('facet.floor') }}</legend>
        <label class="check">
          <input type="radio" [name]="id + '-floor'" [checked]="query().floor === null" (change)="state.go({ floor: null })" />
          <span class="grow">{{ words.text('anyFloor') }}</span>
        </label>
        @for (it of floors(); track it.value) {
          <label class="check">
            <input type="radio" [name]="id + '-floor'" [checked]="query().floor === it.value" (change)="state.go({ floor: it.value })" />
            <span class="grow">{{ it.label }}</span> <span class="muted num">{{ it.count }}</span>
          </label>
        }
      </fieldset>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: 16px;
      font-size: 13px;
    }
    fieldset {
      display: flex;
      flex-direction: column;
      min-width: 0;
      margin: 0;
      padding: 0;
      border: 0;
    }
    legend {
      padding: 0 0 4px;
      font-weight: 600;
    }
    .check {
      min-height: 26px;
    }
    .grow {
      min-width: 0;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    @media (max-width: 719px) {
      .check {
        min-height: 44px;
      }
    }
  `,
})
export class FacetList {
  protected readonly state = inject(FindState);
  protected readonly words = inject(FindWords);

  protected readonly id = `facets-${nextId++}`;
  protected readonly query = this.state.query;
  /** What is chosen stays in sight, also when nothing more has it. */
  protected readonly tags = computed<readonly Facet[]>(() => {
    const offered = this.state.facets().tags.slice(0, TAGS_SHOWN);
    const missing = this.query().tags.filter((tag) => !offered.some((it) => it.value === tag));
    return [...offered, ...missing.map((value) => ({ value, label: value, count: 0 }))];
  });
  /** Floors of several sites say which. */
  protected readonly floors = computed<readonly Facet[]>(() => {
    const catalogue = this.state.catalogue();
    if (catalogue === null || this.state.siteId() !== null || catalogue.sites.length < 2) return this.state.facets().floors;
    return this.state
      .facets()
      .floors.map((it) => {
        const siteId = catalogue.floors.find((floor) => floor.id === it.value)?.siteId;
        const site = catalogue.sites.find((known) => known.id === siteId)?.name;
        return { ...it, label: site ? `${site}, ${it.label}` : it.label };
      })
      .sort((a, b) => a.label.localeCompare(b.label));
  });

  protected toggle({ value }: Facet): void {
    const { tags } = this.query();
    this.state.go({ tags: tags.includes(value) ? tags.filter((it) => it !== value) : [...tags, value] });
  }
}
