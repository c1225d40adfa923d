import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject } from '@angular/core';
import { DialogFrame } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import type { Group, GroupUse } from '../data/groups-api';

/** Says what a group is used for before it goes: roles and gates keep it, approvals lose somebody to ask. */
@Component({
  selector: 'berth-remove-group-dialog',
  imports: [DialogFrame, TranslatePipe],
  template: `
    <berth-dialog-frame [heading]="'admin.groups.removeTitle' | translate: { name: group.name }" [subtitle]="null">
      @if (keeping > 0) {
        <p class="note error">{{ words.count('admin.groups.kept.', keeping) }}</p>
      } @else {
        <p>{{ words.count('admin.groups.members.', group.memberCount) }} · {{ 'admin.groups.removeText' | translate }}</p>
        @if (approvals > 0) {
          <p class="note pending">{{ words.count('admin.groups.asked.', approvals) }}</p>
        }
      }
      <button dialogActions type="button" class="btn" (click)="ref.close()">{{ 'admin.cancel' | translate }}</button>
      @if (keeping === 0) {
        <button dialogActions type="button" class="btn danger" (click)="ref.close('remove')">
          {{ 'admin.groups.remove' | translate }}
        </button>
      }
    </berth-dialog-frame>
  `,
  styles: `
    p {
      margin: 0 0 12px;
    }
  `,
})
export class RemoveGroupDialog {
  private readonly data = inject<{ readonly group: Group; readonly uses: readonly GroupUse[] }>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<'remove'>>(DialogRef);
  protected readonly words = inject(AdminWords);
  protected readonly group = this.data.group;
  /** Roles and gates, which the server does not let go of. */
  protected readonly keeping = this.data.uses.filter((it) => it.kind !== 'approval').length;
  protected readonly approvals = this.data.uses.length - this.keeping;
}
