import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject, signal } from '@angular/core';
import { BookingWords } from '@berth/web/booking';
import { DialogFrame } from '@berth/web/ui';
import { clashesOf, merged, questionOf, valueOf, type Clash, type DetailField, type DetailValue, type EditableDetails } from './merge';

export interface MergeData {
  readonly base: EditableDetails;
  readonly yours: EditableDetails;
  readonly theirs: EditableDetails;
}

/** Yours, theirs and the result side by side, for what two people changed differently. i18n: reservations.field.* */
@Component({
  selector: 'berth-merge-dialog',
  imports: [DialogFrame],
  template: `
    <berth-dialog-frame [heading]="words.text('reservations.merge.title')">
      <p class="why">{{ words.text('reservations.merge.why') }}</p>
      <table class="table cards">
        <thead>
          <tr>
            <th scope="col">{{ words.text('reservations.merge.field') }}</th>
            <th scope="col">{{ words.text('reservations.merge.yours') }}</th>
            <th scope="col">{{ words.text('reservations.merge.theirs') }}</th>
            <th scope="col">{{ words.text('reservations.merge.result') }}</th>
          </tr>
        </thead>
        <tbody>
          @for (clash of clashes; track clash.field) {
            <tr>
              <th scope="row">{{ name(clash.field) }}</th>
              <td>
                <label class="check">
                  <input type="radio" [name]="clash.field" [checked]="!keepsTheirs().has(clash.field)" (change)="choose(clash, false)" />
                  <span
                    ><span class="only-phone who">{{ words.text('reservations.merge.yours') }}</span> {{ shown(clash.yours) }}</span
                  >
                </label>
              </td>
              <td>
                <label class="check">
                  <input type="radio" [name]="clash.field" [checked]="keepsTheirs().has(clash.field)" (change)="choose(clash, true)" />
                  <span
                    ><span class="only-phone who">{{ words.text('reservations.merge.theirs') }}</span> {{ shown(clash.theirs) }}</span
                  >
                </label>
              </td>
              <td class="result not-phone">{{ shown(resultOf(clash.field)) }}</td>
            </tr>
          }
        </tbody>
      </table>
      <button dialogActions type="button" class="btn" (click)="ref.close()">{{ words.text('reservations.merge.back') }}</button>
      <button dialogActions type="button" class="btn primary" (click)="ref.close(result())">
        {{ words.text('reservations.merge.save') }}
      </button>
    </berth-dialog-frame>
  `,
  styles: `
    .why {
      margin-bottom: 10px;
      max-width: 560px;
    }
    td {
      overflow-wrap: anywhere;
    }
    .result {
      font-weight: 550;
    }
    .who {
      color: var(--muted);
    }
  `,
})
export class MergeDialog {
  protected readonly ref = inject<DialogRef<EditableDetails>>(DialogRef);
  protected readonly words = inject(BookingWords);
  private readonly data = inject<MergeData>(DIALOG_DATA);

  protected readonly clashes = clashesOf(this.data.base, this.data.yours, this.data.theirs);
  protected readonly keepsTheirs = signal<ReadonlySet<DetailField>>(new Set());
  protected readonly result = computed(() => merged(this.data.base, this.data.yours, this.data.theirs, this.keepsTheirs()));

  protected choose({ field }: Clash, theirs: boolean): void {
    this.keepsTheirs.update((all) => new Set([...[...all].filter((it) => it !== field), ...(theirs ? [field] : [])]));
  }

  protected resultOf(field: DetailField): DetailValue {
    return valueOf(this.result(), field);
  }

  /** What a question is called only its type knows; its key tells them apart as well. */
  protected name(field: DetailField): string {
    return questionOf(field) ?? this.words.text(`reservations.field.${field}`);
  }

  protected shown(value: DetailValue): string {
    if (typeof value === 'boolean') return this.words.text(value ? 'reservations.yes' : 'reservations.no');
    return value === null ? this.words.text('reservations.nothing') : String(value);
  }
}
