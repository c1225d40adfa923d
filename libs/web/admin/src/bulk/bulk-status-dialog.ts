import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject, signal } from '@angular/core';
import { Session, ServerClock } from '@berth/web/data';
import { DialogFrame } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import type { Resource, ResourceStatus, StatusChange } from '../data/resource';
import { MaintenanceFields, NEW_MAINTENANCE, endOf } from '../fields/maintenance-fields';
import { BulkActs, type BulkDone, type BulkOutcome } from './bulk-acts';
import { BulkOutcomeList } from './bulk-outcome-list';

/** Puts the ticked resources into one state; what bookings stand against stays as it is and is told. */
@Component({
  selector: 'berth-bulk-status-dialog',
  imports: [BulkOutcomeList, DialogFrame, MaintenanceFields, TranslatePipe],
  template: `
    <berth-dialog-frame
      [heading]="words.count('admin.bulk.statusTitle.' + data.status + '.', count)"
      [closable]="false"
      (closing)="close()"
    >
      @if (outcome(); as it) {
        <berth-bulk-outcome [outcome]="it" />
      } @else {
        <p class="text">{{ 'admin.bulk.statusText.' + data.status | translate }}</p>
        @if (data.status === 'maintenance') {
          <berth-maintenance-fields [zone]="zone()" [(value)]="wish" />
        }
      }
      <ng-container dialogActions>
        @if (outcome()) {
          <button type="button" class="btn" (click)="close()">{{ 'admin.close' | translate }}</button>
        } @else {
          <button type="button" class="btn" (click)="close()">{{ 'admin.cancel' | translate }}</button>
          <button type="button" class="btn primary" [disabled]="finished() !== null" (click)="run()">
            {{
              finished() === null
                ? words.count('admin.bulk.statusRun.', count)
                : ('admin.bulk.progress' | translate: { done: finished(), all: count })
            }}
          </button>
        }
      </ng-container>
    </berth-dialog-frame>
  `,
  styles: `
    .text {
      margin-bottom: 12px;
    }
  `,
})
export class BulkStatusDialog {
  private readonly ref = inject<DialogRef<BulkDone>>(DialogRef);
  private readonly acts = inject(BulkActs);
  private readonly clock = inject(ServerClock);
  private readonly session = inject(Session);
  protected readonly words = inject(AdminWords);
  protected readonly data = inject<{ readonly resources: readonly Resource[]; readonly status: ResourceStatus }>(DIALOG_DATA);

  protected readonly count = this.data.resources.length;
  protected readonly wish = signal(NEW_MAINTENANCE);
  protected readonly finished = signal<number | null>(null);
  protected readonly outcome = signal<BulkOutcome | null>(null);
  /** The zone all of them share, else the organization's. */
  protected readonly zone = computed(() => {
    const zones = new Set(this.data.resources.map((it) => it.timeZone));
    return zones.size === 1 ? [...zones][0]! : (this.session.user()?.organization.timeZone ?? 'UTC');
  });

  protected async run(): Promise<void> {
    const change = this.change();
    if (change === null) return;
    this.finished.set(0);
    const outcome = await this.acts.setStatus(this.data.resources, change, (it) => this.finished.set(it));
    this.outcome.set(outcome);
    if (outcome.failed.length === 0) this.close();
  }

  /** What could not be changed has been read by now; what was done can be taken back. */
  protected close(): void {
    const outcome = this.outcome();
    if (outcome === null) return this.ref.close();
    const message = this.words.count(`admin.bulk.statusDone.${this.data.status}.`, outcome.done.length);
    this.ref.close({ message, undo: () => this.acts.restoreStatus(outcome) });
  }

  private change(): StatusChange | null {
    const { status } = this.data;
    if (status !== 'maintenance') return { status };
    const until = endOf(this.wish(), this.zone(), new Date(this.clock.now()));
    return until === undefined ? null : { status, until, reason: this.wish().reason.trim() || null };
  }
}
