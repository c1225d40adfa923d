import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject, signal } from '@angular/core';
import { ProblemMessages, newIdempotencyKey, toProblem, type Problem } from '@berth/web/data';
import { DialogFrame, Field, FieldControl } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { Catalogue } from '../data/catalogue';
import type { NewResource, Resource } from '../data/resource';
import { ResourcesApi } from '../data/resources-api';
import { PlaceFields, type PlaceChoice } from '../fields/place-fields';
import { TagsField } from '../fields/tags-field';

/** What the list is narrowed to is the first answer to the questions here. */
export interface CreateData {
  readonly typeId: string | null;
  readonly siteId: string | null;
  readonly floorId: string | null;
}

/** A new resource in one form; closes with it. */
@Component({
  selector: 'berth-create-dialog',
  imports: [DialogFrame, Field, FieldControl, PlaceFields, TagsField, TranslatePipe],
  templateUrl: './create-dialog.html',
  styles: `
    form {
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
  `,
})
export class CreateDialog {
  private readonly api = inject(ResourcesApi);
  private readonly messages = inject(ProblemMessages);
  private readonly data = inject<CreateData>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<Resource>>(DialogRef);
  protected readonly catalogue = inject(Catalogue);

  private readonly key = signal(newIdempotencyKey());
  protected readonly draft = signal<NewResource & PlaceChoice>({
    name: '',
    typeId: this.data.typeId ?? this.catalogue.defaultType()?.id,
    siteId: this.data.siteId ?? (this.catalogue.sites().length === 1 ? this.catalogue.sites()[0]!.id : null),
    floorId: this.data.floorId,
    capacity: null,
    units: 1,
    tags: [],
  });
  protected readonly place = computed<PlaceChoice>(() => ({ siteId: this.draft().siteId, floorId: this.draft().floorId }));
  protected readonly problem = signal<Problem | null>(null);
  protected readonly isNameMissing = signal(false);
  protected readonly isBusy = signal(false);
  /** What went wrong as a whole, when no field is to blame. */
  protected readonly general = computed(() => {
    const problem = this.problem();
    return problem === null || problem.errors.length > 0 ? null : this.messages.title(problem);
  });

  protected set(patch: Partial<NewResource & PlaceChoice>): void {
    this.draft.update((it) => ({ ...it, ...patch }));
  }

  protected errorOf(field: string): string | null {
    const error = this.problem()?.errorOf(field);
    return error ? this.messages.field(error) : null;
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    const draft = { ...this.draft(), name: this.draft().name.trim() };
    this.isNameMissing.set(draft.name === '');
    if (draft.name === '' || this.isBusy()) return;
    this.isBusy.set(true);
    this.problem.set(null);
    try {
      this.ref.close(await this.api.add(draft, this.key()));
    } catch (error) {
      this.problem.set(toProblem(error));
      // The next attempt carries other contents, which is another act.
      this.key.set(newIdempotencyKey());
    }
    this.isBusy.set(false);
  }
}
