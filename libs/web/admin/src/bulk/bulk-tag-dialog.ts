import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject, signal } from '@angular/core';
import { DialogFrame } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import type { Resource } from '../data/resource';
import { TagsField } from '../fields/tags-field';
import { BulkActs, isChanged, type BulkDone, type BulkOutcome } from './bulk-acts';
import { BulkOutcomeList } from './bulk-outcome-list';

/** Gives tags to the ticked resources; closes with what was done. */
@Component({
  selector: 'berth-bulk-tag-dialog',
  imports: [BulkOutcomeList, DialogFrame, TagsField, TranslatePipe],
  template: `
    <berth-dialog-frame [heading]="words.count('admin.bulk.tagTitle.', resources.length)" [closable]="false" (closing)="close()">
      @if (outcome(); as it) {
        <berth-bulk-outcome [outcome]="it" />
      } @else {
        <berth-tags-field [label]="'admin.field.tags' | translate" [value]="tags()" (changed)="tags.set($event)" />
      }
      <ng-container dialogActions>
        @if (outcome()) {
          <button type="button" class="btn" (click)="close()">{{ 'admin.close' | translate }}</button>
        } @else {
          <button type="button" class="btn" (click)="close()">{{ 'admin.cancel' | translate }}</button>
          <button type="button" class="btn primary" [disabled]="tags().length === 0 || finished() !== null" (click)="run()">
            {{
              finished() === null
                ? words.count('admin.bulk.tagRun.', resources.length)
                : ('admin.bulk.progress' | translate: { done: finished(), all: resources.length })
            }}
          </button>
        }
      </ng-container>
    </berth-dialog-frame>
  `,
})
export class BulkTagDialog {
  private readonly ref = inject<DialogRef<BulkDone>>(DialogRef);
  private readonly acts = inject(BulkActs);
  protected readonly words = inject(AdminWords);
  protected readonly resources = inject<readonly Resource[]>(DIALOG_DATA);

  protected readonly tags = signal<readonly string[]>([]);
  protected readonly finished = signal<number | null>(null);
  protected readonly outcome = signal<BulkOutcome | null>(null);

  protected async run(): Promise<void> {
    this.finished.set(0);
    const outcome = await this.acts.addTags(this.resources, this.tags(), (it) => this.finished.set(it));
    this.outcome.set(outcome);
    if (outcome.failed.length === 0) this.close();
  }

  /** What could not be changed has been read by now; what was done can be taken back. */
  protected close(): void {
    const outcome = this.outcome();
    if (outcome === null) return this.ref.close();
    const count = outcome.done.filter(isChanged).length;
    const message = this.words.count('admin.bulk.tagged.', count, { tags: this.words.list(this.tags()) });
    this.ref.close({ message, undo: () => this.acts.removeAddedTags(outcome) });
  }
}
