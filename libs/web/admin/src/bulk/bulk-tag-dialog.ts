import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject, signal } from '@angular/core';
import { DialogFrame, Toasts } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import type { Resource } from '../data/resource';
import { TagsField } from '../fields/tags-field';
import { BulkActs } from './bulk-acts';
import { BulkOutcome } from './bulk-outcome';
import type { Outcome } from './each-of';

/** Gives tags to the ticked resources; closes with them as they are now. */
@Component({
  selector: 'berth-bulk-tag-dialog',
  imports: [BulkOutcome, DialogFrame, TagsField, TranslatePipe],
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
            {{ finished() === null ? words.count('admin.bulk.tagRun.', resources.length) : ('admin.bulk.progress' | translate: { done: finished(), all: resources.length }) }}
          </button>
        }
      </ng-container>
    </berth-dialog-frame>
  `,
})
export class BulkTagDialog {
  private readonly ref = inject<DialogRef<readonly Resource[]>>(DialogRef);
  private readonly acts = inject(BulkActs);
  private readonly toasts = inject(Toasts);
  protected readonly words = inject(AdminWords);
  protected readonly resources = inject<readonly Resource[]>(DIALOG_DATA);

  protected readonly tags = signal<readonly string[]>([]);
  protected readonly finished = signal<number | null>(null);
  protected readonly outcome = signal<Outcome<Resource, Resource> | null>(null);

  protected async run(): Promise<void> {
    this.finished.set(0);
    const outcome = await this.acts.addTags(this.resources, this.tags(), (it) => this.finished.set(it));
    const changed = outcome.done.filter(({ item, result }) => item.version !== result.version);
    this.outcome.set(outcome);
    if (outcome.failed.length > 0) return;
    // Only what really got a new tag loses it again.
    const added = this.tags();
    this.toasts.done(this.words.count('admin.bulk.tagged.', changed.length, { tags: this.words.list(added) }));
    this.close();
  }

  protected close(): void {
    this.ref.close(this.outcome()?.done.map((it) => it.result) ?? []);
  }
}
