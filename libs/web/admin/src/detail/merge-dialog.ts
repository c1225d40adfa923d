import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject, signal } from '@angular/core';
import { DialogFrame } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { FieldWords } from './field-words';
import { settle, type Clash, type Merge } from './merge';
import type { DraftKey, DraftValues } from './resource-draft';

/** Yours, theirs, and what will be saved; closes with that, with `reload`, or with nothing. */
@Component({
  selector: 'berth-merge-dialog',
  imports: [DialogFrame, TranslatePipe],
  template: `
    <berth-dialog-frame [heading]="'admin.merge.title' | translate: { name: data.name }" [subtitle]="null">
      <p>{{ (data.joined.clashes.length > 0 ? 'admin.merge.clashes' : 'admin.merge.noClashes') | translate }}</p>
      @if (theirs()) {
        <p class="muted">{{ 'admin.merge.theirs' | translate: { fields: theirs() } }}</p>
      }
      @if (data.joined.clashes.length > 0) {
        <table class="table cards">
          <caption class="visually-hidden">
            {{
              'admin.merge.title' | translate: { name: data.name }
            }}
          </caption>
          <thead>
            <tr>
              <th scope="col">{{ 'admin.merge.field' | translate }}</th>
              <th scope="col">{{ 'admin.merge.yours' | translate }}</th>
              <th scope="col">{{ 'admin.merge.other' | translate }}</th>
              <th scope="col">{{ 'admin.merge.result' | translate }}</th>
            </tr>
          </thead>
          <tbody>
            @for (clash of data.joined.clashes; track clash.key) {
              <tr>
                <th scope="row">{{ words.field(clash.key) }}</th>
                <td>
                  <label class="check"
                    ><input type="radio" [name]="clash.key" [checked]="mine().has(clash.key)" (change)="choose(clash, true)" />
                    <span>{{ words.value(clash.key, clash.mine) }}</span></label
                  >
                </td>
                <td>
                  <label class="check"
                    ><input type="radio" [name]="clash.key" [checked]="!mine().has(clash.key)" (change)="choose(clash, false)" />
                    <span>{{ words.value(clash.key, clash.theirs) }}</span></label
                  >
                </td>
                <td class="result">
                  <b>{{ words.value(clash.key, mine().has(clash.key) ? clash.mine : clash.theirs) }}</b>
                </td>
              </tr>
            }
          </tbody>
        </table>
      }
      <ng-container dialogActions>
        <button type="button" class="btn" (click)="ref.close('reload')">{{ 'admin.merge.reload' | translate }}</button>
        <button type="button" class="btn primary" (click)="save()">{{ 'admin.merge.save' | translate }}</button>
      </ng-container>
    </berth-dialog-frame>
  `,
  styles: `
    p {
      max-width: 640px;
      margin-bottom: 8px;
    }
    td,
    th {
      vertical-align: top;
      overflow-wrap: anywhere;
    }
    .check {
      align-items: flex-start;
      padding: 4px 0;
    }
    input {
      margin-top: 2px;
    }
    .result {
      background: var(--accent-soft);
    }
    @media (max-width: 719px) {
      .result {
        padding: 6px 8px !important;
        border-radius: var(--radius-control);
      }
    }
  `,
})
export class MergeDialog {
  protected readonly ref = inject<DialogRef<DraftValues | 'reload'>>(DialogRef);
  protected readonly data = inject<{ readonly name: string; readonly joined: Merge }>(DIALOG_DATA);
  protected readonly words = inject(FieldWords);
  protected readonly mine = signal<ReadonlySet<DraftKey>>(new Set(this.data.joined.clashes.map((it) => it.key)));
  protected readonly theirs = computed(() => this.words.fields(this.data.joined.theirs));

  protected choose(clash: Clash, isMine: boolean): void {
    this.mine.update((all) => {
      const next = new Set(all);
      if (isMine) next.add(clash.key);
      else next.delete(clash.key);
      return next;
    });
  }

  protected save(): void {
    this.ref.close(settle(this.data.joined, this.mine()));
  }
}
