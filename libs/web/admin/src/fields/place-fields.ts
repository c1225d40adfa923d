import { Component, computed, inject, input, output, signal } from '@angular/core';
import { ProblemMessages, toProblem, type Problem } from '@berth/web/data';
import { Field, FieldControl } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { Catalogue } from '../data/catalogue';
import { NewSite } from './new-site';

/** Where a resource lies. */
export interface PlaceChoice {
  readonly siteId: string | null;
  readonly floorId: string | null;
}

const NEW = 'new';

/** Site and floor; what is missing can be added on the spot. */
@Component({
  selector: 'berth-place-fields',
  imports: [Field, FieldControl, NewSite, TranslatePipe],
  template: `
    <berth-field [label]="'admin.field.siteId' | translate" [error]="error()">
      <select #site berthControl [disabled]="disabled()" (change)="chooseSite(site)">
        <option value="" [selected]="value().siteId === null">{{ 'admin.place.none' | translate }}</option>
        @for (it of catalogue.sites(); track it.id) {
          <option [value]="it.id" [selected]="it.id === value().siteId">{{ it.name }}</option>
        }
        <option value="new">{{ 'admin.place.newSite' | translate }}</option>
      </select>
    </berth-field>
    @if (value().siteId !== null) {
      <berth-field [label]="'admin.field.floorId' | translate">
        <select #floor berthControl [disabled]="disabled()" (change)="chooseFloor(floor)">
          <option value="" [selected]="value().floorId === null">{{ 'admin.place.noFloor' | translate }}</option>
          @for (it of floors(); track it.id) {
            <option [value]="it.id" [selected]="it.id === value().floorId">{{ it.name }}</option>
          }
          <option value="new">{{ 'admin.place.newFloor' | translate }}</option>
        </select>
      </berth-field>
    }
    @if (adding() === 'site') {
      <berth-new-site
        class="whole"
        (added)="changed.emit({ siteId: $event.id, floorId: null }); adding.set(null)"
        (cancelled)="adding.set(null)"
      />
    }
    @if (adding() === 'floor') {
      <div class="whole card add">
        <berth-field [label]="'admin.place.floorName' | translate" [error]="floorError()">
          <input #name berthControl autocomplete="off" maxlength="200" (keydown.enter)="$event.preventDefault(); addFloor(name.value)" />
        </berth-field>
        <div class="acts">
          <button type="button" class="btn small" (click)="adding.set(null)">{{ 'admin.cancel' | translate }}</button>
          <button type="button" class="btn small accent" (click)="addFloor(name.value)">{{ 'admin.place.addFloor' | translate }}</button>
        </div>
      </div>
    }
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: repeat(2, minmax(0, 1fr));
      gap: 12px;
    }
    select {
      width: 100%;
    }
    .whole {
      grid-column: 1 / -1;
    }
    .add {
      display: flex;
      flex-wrap: wrap;
      align-items: flex-end;
      gap: 10px;
      padding: 12px;
      background: var(--canvas);
    }
    .add berth-field {
      flex: 1;
    }
    .acts {
      display: flex;
      gap: 8px;
      padding-bottom: 3px;
    }
    @media (max-width: 479px) {
      :host {
        grid-template-columns: minmax(0, 1fr);
      }
    }
  `,
})
export class PlaceFields {
  private readonly messages = inject(ProblemMessages);
  protected readonly catalogue = inject(Catalogue);

  readonly value = input.required<PlaceChoice>();
  readonly error = input<string | null>(null);
  readonly disabled = input(false);
  readonly changed = output<PlaceChoice>();

  protected readonly adding = signal<'site' | 'floor' | null>(null);
  private readonly problem = signal<Problem | null>(null);
  protected readonly floors = computed(() => {
    const { siteId } = this.value();
    return siteId === null ? [] : this.catalogue.floorsOf(siteId);
  });
  protected readonly floorError = computed(() => {
    const problem = this.problem();
    const error = problem?.errorOf('name');
    return problem === null ? null : error ? this.messages.field(error) : this.messages.title(problem);
  });

  protected chooseSite(select: HTMLSelectElement): void {
    if (select.value === NEW) {
      select.value = this.value().siteId ?? '';
      this.adding.set('site');
      return;
    }
    this.adding.set(null);
    this.changed.emit({ siteId: select.value || null, floorId: null });
  }

  protected chooseFloor(select: HTMLSelectElement): void {
    if (select.value === NEW) {
      select.value = this.value().floorId ?? '';
      this.problem.set(null);
      this.adding.set('floor');
      return;
    }
    this.adding.set(null);
    this.changed.emit({ ...this.value(), floorId: select.value || null });
  }

  protected async addFloor(name: string): Promise<void> {
    const { siteId } = this.value();
    if (siteId === null || name.trim() === '') return;
    try {
      const floor = await this.catalogue.addFloor({ siteId, name: name.trim() });
      this.changed.emit({ siteId, floorId: floor.id });
      this.adding.set(null);
    } catch (error) {
      this.problem.set(toProblem(error));
    }
  }
}
