import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject, type Signal } from '@angular/core';
import { DialogFrame, Field, MultiSelect, Select } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { filterOptions, placeOf } from './filter-options';
import { NO_FILTERS, type ListQuery } from './list-url';

/** The filters on a phone; each choice counts at once. */
@Component({
  selector: 'berth-filter-sheet',
  imports: [DialogFrame, Field, MultiSelect, Select, TranslatePipe],
  template: `
    <berth-dialog-frame [heading]="'admin.filter.filters' | translate">
      <div class="fields">
        <berth-field [label]="'admin.column.status' | translate">
          <berth-select
            [label]="'admin.column.status' | translate"
            [options]="options.statuses()"
            [value]="data.query().status"
            (chosen)="data.change({ status: $event })"
          />
        </berth-field>
        <berth-field [label]="'admin.column.place' | translate">
          <berth-select
            [label]="'admin.column.place' | translate"
            [options]="options.places()"
            [value]="options.place()"
            (chosen)="data.change(placeOf($event))"
          />
        </berth-field>
        <berth-field [label]="'admin.column.type' | translate">
          <berth-select
            [label]="'admin.column.type' | translate"
            [options]="options.types()"
            [value]="data.query().type"
            (chosen)="data.change({ type: $event })"
          />
        </berth-field>
        <berth-field [label]="'admin.column.seats' | translate">
          <berth-select
            [label]="'admin.column.seats' | translate"
            [options]="options.seats()"
            [value]="data.query().seats"
            (chosen)="data.change({ seats: $event })"
          />
        </berth-field>
        @if (options.tags().length > 0 || data.query().tags.length > 0) {
          <berth-multi-select
            look="open"
            [label]="'admin.filter.tags' | translate"
            [several]="'admin.filter.tagCount' | translate: { count: data.query().tags.length }"
            [options]="options.tags()"
            [value]="data.query().tags"
            (chosen)="data.change({ tags: $event })"
          />
        }
      </div>
      <ng-container dialogActions>
        <button type="button" class="btn" (click)="data.change(none)">{{ 'admin.filter.clear' | translate }}</button>
        <button type="button" class="btn primary" (click)="ref.close()">{{ 'admin.filter.show' | translate }}</button>
      </ng-container>
    </berth-dialog-frame>
  `,
  styles: `
    .fields {
      display: flex;
      flex-direction: column;
      gap: 14px;
    }
    berth-select {
      width: 100%;
    }
  `,
})
export class FilterSheet {
  protected readonly ref = inject(DialogRef);
  protected readonly data = inject<{ readonly query: Signal<ListQuery>; readonly change: (patch: Partial<ListQuery>) => void }>(
    DIALOG_DATA,
  );
  protected readonly options = filterOptions(this.data.query);
  protected readonly placeOf = placeOf;
  protected readonly none = NO_FILTERS;
}
