import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject, signal } from '@angular/core';
import { DialogFrame, Field, FieldControl, Icon } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';

/** Shows a link that nobody mails, once: it is not kept anywhere. */
@Component({
  selector: 'berth-link-dialog',
  imports: [DialogFrame, Field, FieldControl, Icon, TranslatePipe],
  template: `
    <berth-dialog-frame [heading]="'admin.users.linkTitle' | translate" [subtitle]="null">
      <p>{{ 'admin.users.linkText' | translate }}</p>
      <berth-field [label]="'admin.users.link' | translate">
        <input #box berthControl class="mono" readonly [value]="link" (focus)="box.select()" />
      </berth-field>
      <button dialogActions type="button" class="btn" (click)="copy(box)">
        <svg [berthIcon]="copied() ? 'check' : 'copy'"></svg>{{ (copied() ? 'admin.copied' : 'admin.copy') | translate }}
      </button>
      <button dialogActions type="button" class="btn primary" (click)="ref.close()">{{ 'admin.users.done' | translate }}</button>
    </berth-dialog-frame>
  `,
  styles: `
    p {
      margin: 0 0 12px;
    }
    input {
      width: 100%;
    }
  `,
})
export class LinkDialog {
  protected readonly link = inject<{ readonly link: string }>(DIALOG_DATA).link;
  protected readonly ref = inject(DialogRef);
  protected readonly copied = signal(false);

  /** Without a secure origin a page may not copy; the text is then marked. */
  protected async copy(box: HTMLInputElement): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.link);
      this.copied.set(true);
    } catch {
      box.select();
    }
  }
}
