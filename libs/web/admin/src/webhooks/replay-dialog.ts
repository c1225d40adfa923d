import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject, signal } from '@angular/core';
import { ProblemMessages, toProblem } from '@berth/web/data';
import { DialogFrame, Field, FieldControl, Formats, ZoneChip } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { fieldOf, instantOf } from './delivery-url';
import { type Webhook, WebhooksApi } from './webhooks-api';

const DAY_MS = 86_400_000;

/** Sends everything again that failed since a moment; closes with how many that were. */
@Component({
  selector: 'berth-replay-dialog',
  imports: [DialogFrame, Field, FieldControl, TranslatePipe, ZoneChip],
  template: `
    <berth-dialog-frame [heading]="'admin.webhooks.replaySince' | translate" [subtitle]="webhook.name">
      <form id="replay-since" novalidate (submit)="send($event, since.value)">
        <berth-field [label]="'admin.webhooks.since' | translate" [hint]="'admin.webhooks.replaySinceText' | translate" [error]="failure()">
          <input #since berthControl type="datetime-local" name="since" [value]="yesterday" />
        </berth-field>
        <berth-zone-chip [zone]="zone()" />
      </form>
      <button dialogActions type="button" class="btn" (click)="ref.close()">{{ 'admin.cancel' | translate }}</button>
      <button dialogActions type="submit" form="replay-since" class="btn primary" [disabled]="busy()">
        {{ 'admin.webhooks.replayNow' | translate }}
      </button>
    </berth-dialog-frame>
  `,
  styles: `
    form {
      display: grid;
      justify-items: start;
      gap: 8px;
    }
  `,
})
export class ReplayDialog {
  private readonly api = inject(WebhooksApi);
  private readonly messages = inject(ProblemMessages);
  protected readonly webhook = inject<Webhook>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<number>>(DialogRef);

  protected readonly zone = inject(Formats).ownZone;
  protected readonly yesterday = fieldOf(new Date(Date.now() - DAY_MS).toISOString(), this.zone());
  protected readonly busy = signal(false);
  protected readonly failure = signal<string | null>(null);

  protected async send(event: Event, text: string): Promise<void> {
    event.preventDefault();
    const since = instantOf(text, this.zone());
    if (since === null || this.busy()) return;
    this.busy.set(true);
    this.failure.set(null);
    try {
      this.ref.close(await this.api.replaySince(this.webhook.id, since));
    } catch (error) {
      const problem = toProblem(error);
      this.failure.set([this.messages.title(problem), problem.detail].filter(Boolean).join(' '));
    } finally {
      this.busy.set(false);
    }
  }
}
