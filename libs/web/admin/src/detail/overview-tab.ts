import { Component, computed, inject } from '@angular/core';
import { Session } from '@berth/web/data';
import { Dialogs, Field, FieldControl, Icon } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { Catalogue } from '../data/catalogue';
import { PlaceFields, type PlaceChoice } from '../fields/place-fields';
import { TagsField } from '../fields/tags-field';
import { ZoneInput } from '../fields/zone-input';
import { ResourceEditor } from './resource-editor';

/** What a resource is and where it lies; every field is edited in place. */
@Component({
  selector: 'berth-overview-tab',
  imports: [Field, FieldControl, Icon, PlaceFields, TagsField, TranslatePipe, ZoneInput],
  templateUrl: './overview-tab.html',
  styles: `
    :host {
      display: grid;
      grid-template-columns: repeat(2, minmax(0, 1fr));
      gap: 14px 12px;
      align-items: start;
    }
    .whole {
      grid-column: 1 / -1;
    }
    .wide {
      width: 100%;
    }
    .number {
      width: 104px;
      text-align: right;
    }
    .external {
      width: 100%;
      max-width: 264px;
    }
    .check-cell {
      display: flex;
      flex-direction: column;
      gap: 2px;
      padding-top: 20px;
    }
    @media (max-width: 479px) {
      .check-cell {
        padding-top: 0;
        grid-column: 1 / -1;
      }
    }
  `,
})
export class OverviewTab {
  private readonly catalogue = inject(Catalogue);
  private readonly session = inject(Session);
  private readonly dialogs = inject(Dialogs);
  private readonly words = inject(AdminWords);
  protected readonly editor = inject(ResourceEditor);

  protected readonly place = computed<PlaceChoice>(() => ({
    siteId: this.editor.values()!.siteId,
    floorId: this.editor.values()!.floorId,
  }));
  /** All types, and the resource's own while they are not here yet. */
  protected readonly types = computed(() => {
    const own = this.editor.resource()?.type;
    const all = this.catalogue.types();
    return own === undefined || all.some((it) => it.id === own.id) ? all : [own, ...all];
  });
  private readonly site = computed(() => this.catalogue.sites().find((it) => it.id === this.place().siteId));
  protected readonly inheritedZone = computed(() => this.site()?.timeZone ?? this.session.user()?.organization.timeZone ?? '');
  protected readonly zoneHint = computed(() => {
    if (this.editor.values()!.timeZone !== null) return this.words.text('admin.hint.ownZone');
    return this.words.text('admin.hint.zoneOf', {
      zone: this.inheritedZone(),
      name: this.site()?.name ?? this.session.user()?.organization.name ?? '',
    });
  });

  protected setPlace(place: PlaceChoice): void {
    this.editor.set('siteId', place.siteId);
    this.editor.set('floorId', place.floorId);
  }

  /** The code to check in by, as a sign for the door. */
  protected async showCode(): Promise<void> {
    const { CheckInCodeDialog } = await import('../check-in/check-in-code-dialog');
    this.dialogs.open(CheckInCodeDialog, { size: 'wide', data: this.editor.resource() });
  }

  protected setUnits(units: number): void {
    if (Number.isInteger(units) && units >= 1) this.editor.set('units', units);
  }
}
