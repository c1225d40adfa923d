import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject, signal } from '@angular/core';
import { ProblemMessages, toProblem, type Problem } from '@berth/web/data';
import { DialogFrame, Field, FieldControl } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { QuotasApi, type Tier } from './quotas-api';

/** Says how many requests a tier allows; closes with true. */
@Component({
  selector: 'berth-tier-dialog',
  imports: [DialogFrame, Field, FieldControl, TranslatePipe],
  template: `
    <berth-dialog-frame
      [heading]="(tier === null ? 'admin.quotas.newTier' : 'admin.quotas.changeOne') | translate: { name: tier?.name }"
      [subtitle]="null"
    >
      <form
        class="stack"
        id="tier"
        autocomplete="off"
        novalidate
        (submit)="send($event, name.value, minute.valueAsNumber, day.valueAsNumber)"
      >
        <div role="alert">
          @if (refusal(); as said) {
            <p class="note error">{{ said }}</p>
          }
        </div>
        <berth-field [label]="'admin.quotas.name' | translate" [error]="errorOf('name')">
          <input #name berthControl name="tier-name" maxlength="60" [value]="tier?.name ?? ''" />
        </berth-field>
        <berth-field [label]="'admin.quotas.minute' | translate" [error]="errorOf('perMinute')">
          <input
            #minute
            berthControl
            class="number"
            type="number"
            name="per-minute"
            min="10"
            max="1000000"
            [value]="tier?.perMinute ?? 600"
          />
        </berth-field>
        <berth-field
          [label]="'admin.quotas.day' | translate"
          [note]="'admin.optional' | translate"
          [hint]="'admin.quotas.dayHint' | translate"
          [error]="errorOf('perDay')"
        >
          <input #day berthControl class="number" type="number" name="per-day" min="10" max="1000000000" [value]="tier?.perDay ?? ''" />
        </berth-field>
      </form>
      <button dialogActions type="button" class="btn" (click)="ref.close()">{{ 'admin.cancel' | translate }}</button>
      <button dialogActions type="submit" form="tier" class="btn primary" [disabled]="busy()">{{ 'admin.quotas.save' | translate }}</button>
    </berth-dialog-frame>
  `,
  styles: `
    .number {
      width: 140px;
    }
  `,
})
export class TierDialog {
  private readonly api = inject(QuotasApi);
  private readonly messages = inject(ProblemMessages);
  protected readonly tier = inject<{ readonly tier: Tier | null }>(DIALOG_DATA).tier;
  protected readonly ref = inject<DialogRef<true>>(DialogRef);
  protected readonly busy = signal(false);
  private readonly problem = signal<Problem | null>(null);

  protected refusal(): string | null {
    const problem = this.problem();
    return problem === null || problem.errors.length > 0 ? null : this.messages.title(problem);
  }

  protected errorOf(field: string): string | null {
    const error = this.problem()?.errorOf(field);
    return error ? this.messages.field(error) : null;
  }

  protected async send(event: Event, name: string, perMinute: number, day: number): Promise<void> {
    event.preventDefault();
    if (this.busy()) return;
    this.busy.set(true);
    this.problem.set(null);
    const wish = { name: name.trim(), perMinute, perDay: Number.isNaN(day) ? null : day };
    try {
      await (this.tier === null ? this.api.addTier(wish) : this.api.changeTier(this.tier, wish));
      this.ref.close(true);
    } catch (error) {
      this.problem.set(toProblem(error));
    } finally {
      this.busy.set(false);
    }
  }
}
