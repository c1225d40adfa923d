import { Component, computed, inject, output } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { Icon } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { Catalogue } from '../data/catalogue';
import { ImportState } from './import-state';

/** What the import did, and the way to what it brought. */
@Component({
  selector: 'berth-import-result',
  imports: [Icon, RouterLink, TranslatePipe],
  template: `
    @let it = state.result()!;
    <div class="wrap">
      <p class="lead" role="status">
        <svg berthIcon="circle-check" [size]="20"></svg>{{ words.count('admin.import.done.', it.created + it.updated) }}
      </p>
      <dl>
        @for (fact of facts(); track fact.name) {
          <div>
            <dd>{{ words.number(fact.count) }}</dd>
            <dt>{{ fact.name }}</dt>
          </div>
        }
      </dl>
      @if (newPlaces(); as line) {
        <p class="muted">{{ line }}</p>
      }
      @if (failedRows() > 0) {
        <div class="note">
          <svg berthIcon="triangle-alert"></svg>
          <span
            >{{ words.count('admin.import.notTaken.', failedRows()) }}
            <button type="button" class="link" (click)="state.goOn()">{{ 'admin.import.goOn' | translate }}</button></span
          >
        </div>
      }
      <div class="acts">
        <a class="btn primary" routerLink="/admin/resources" [queryParams]="link()" (click)="finished.emit()">{{
          'admin.import.showList' | translate
        }}</a>
        <button type="button" class="btn" (click)="state.startOver()">{{ 'admin.import.another' | translate }}</button>
      </div>
    </div>
  `,
  styles: `
    :host {
      display: block;
      padding: 40px 20px;
    }
    .wrap {
      display: flex;
      flex-direction: column;
      gap: 20px;
      max-width: 560px;
      margin: 0 auto;
    }
    .lead {
      display: flex;
      align-items: center;
      gap: 8px;
      font-size: 20px;
      line-height: 28px;
      font-weight: 650;
    }
    .lead svg {
      color: var(--success);
    }
    dl {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(112px, 1fr));
      gap: 8px;
    }
    dl div {
      display: flex;
      flex-direction: column;
      padding: 10px 12px;
      border: 1px solid var(--line);
      border-radius: var(--radius-surface);
    }
    dd {
      margin: 0;
      font-size: 20px;
      line-height: 26px;
      font-weight: 650;
    }
    dt {
      font-size: 12px;
      line-height: 16px;
      color: var(--muted);
    }
    .note svg {
      flex: none;
      margin-top: 1px;
      color: var(--danger);
    }
    .acts {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }
  `,
})
export class ImportResult {
  private readonly catalogue = inject(Catalogue);
  protected readonly words = inject(AdminWords);
  protected readonly state = inject(ImportState);
  protected readonly router = inject(Router);

  readonly finished = output();

  protected readonly failedRows = computed(() => new Set(this.state.result()!.failed.map((it) => it.row)).size);
  protected readonly facts = computed(() => {
    const { created, updated, unchanged } = this.state.result()!;
    return [
      { name: this.words.text('admin.import.created'), count: created },
      { name: this.words.text('admin.import.updated'), count: updated },
      { name: this.words.text('admin.import.unchanged'), count: unchanged },
      { name: this.words.text('admin.import.failedRows'), count: this.failedRows() },
    ];
  });
  protected readonly newPlaces = computed(() => {
    const { sites, floors, rooms } = this.state.result()!.places;
    const parts = [
      ...(sites.length > 0 ? [this.words.count('admin.import.newSites.', sites.length)] : []),
      ...(floors.length > 0 ? [this.words.count('admin.import.newFloors.', floors.length)] : []),
      ...(rooms.length > 0 ? [this.words.count('admin.import.newRooms.', rooms.length)] : []),
    ];
    return parts.length === 0 ? null : this.words.text('admin.import.addedPlaces', { places: this.words.list(parts) });
  });
  /** The list of the one new site where there is one, else of everything. */
  protected readonly link = computed<Readonly<Record<string, string>>>(() => {
    const [name, ...others] = this.state.result()!.places.sites;
    const site = others.length === 0 ? this.catalogue.sites().find((it) => it.name === name) : undefined;
    const link: Record<string, string> = site === undefined ? {} : { site: site.id };
    return link;
  });

  constructor() {
    // New places and types can be filtered by at once.
    void this.catalogue.load();
  }
}
