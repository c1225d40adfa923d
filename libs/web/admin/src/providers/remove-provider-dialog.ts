import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject } from '@angular/core';
import { DialogFrame } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import type { Provider } from '../data/providers-api';

/** Asks before a provider goes with all its links. */
@Component({
  selector: 'berth-remove-provider-dialog',
  imports: [DialogFrame, TranslatePipe],
  template: `
    <berth-dialog-frame [heading]="'admin.providers.removeOne' | translate: { name: provider.name }">
      <p>{{ 'admin.providers.removeText' | translate }} {{ words.count('admin.providers.linked.', provider.linkedPeople) }}.</p>
      <button dialogActions type="button" class="btn" (click)="ref.close()">{{ 'admin.cancel' | translate }}</button>
      <button dialogActions type="button" class="btn danger" (click)="ref.close('remove')">
        {{ 'admin.providers.remove' | translate }}
      </button>
    </berth-dialog-frame>
  `,
})
export class RemoveProviderDialog {
  protected readonly ref = inject<DialogRef<'remove'>>(DialogRef);
  protected readonly provider = inject<Provider>(DIALOG_DATA);
  protected readonly words = inject(AdminWords);
}
