import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject, signal } from '@angular/core';
import { newIdempotencyKey, ProblemMessages, toProblem, type Problem } from '@berth/web/data';
import { DialogFrame, Field, FieldControl } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { type Group, type GroupRule, GroupsApi } from '../data/groups-api';
import { RuleField } from './rule-field';

const kinds = ['static', 'rule'] as const;

/** Makes a group, or changes its name and rule; closes with what it is then. i18n: admin.groups.kind.* */
@Component({
  selector: 'berth-group-dialog',
  imports: [DialogFrame, Field, FieldControl, RuleField, TranslatePipe],
  template: `
    <berth-dialog-frame [heading]="(group ? 'admin.groups.change' : 'admin.groups.add') | translate" [subtitle]="null">
      <form id="group" autocomplete="off" novalidate (submit)="send($event, name.value, description.value)">
        <div role="alert">
          @if (problem(); as failed) {
            @if (failed.errors.length === 0) {
              <p class="note error">{{ messages.title(failed) }}</p>
            }
          }
        </div>
        <berth-field [label]="'admin.groups.name' | translate" [error]="errorOf('name')">
          <input #name berthControl name="name" maxlength="200" [value]="group?.name ?? ''" />
        </berth-field>
        <berth-field
          [label]="'admin.groups.description' | translate"
          [note]="'admin.optional' | translate"
          [error]="errorOf('description')"
        >
          <input #description berthControl name="description" maxlength="1000" [value]="group?.description ?? ''" />
        </berth-field>
        @if (!group) {
          <fieldset>
            <legend>{{ 'admin.groups.whoIsIn' | translate }}</legend>
            @for (it of kinds; track it) {
              <label class="check">
                <input type="radio" name="kind" [checked]="kind() === it" (change)="kind.set(it)" />
                <span>{{ 'admin.groups.kind.' + it | translate }}</span>
              </label>
            }
          </fieldset>
        }
        @if (kind() === 'rule') {
          <berth-rule-field [error]="ruleError()" [(rule)]="rule" />
        }
      </form>
      <button dialogActions type="button" class="btn" (click)="ref.close()">{{ 'admin.cancel' | translate }}</button>
      <button dialogActions type="submit" form="group" class="btn primary" [disabled]="busy() || !isWhole()">
        {{ (group ? 'admin.save.save' : 'admin.groups.create') | translate }}
      </button>
    </berth-dialog-frame>
  `,
  styles: `
    form,
    fieldset {
      display: grid;
      gap: 12px;
      margin: 0;
      padding: 0;
      border: 0;
    }
    fieldset {
      gap: 8px;
    }
    legend {
      margin-bottom: 4px;
      font-size: 13px;
      font-weight: 550;
    }
    input:not([type]) {
      width: 100%;
    }
  `,
})
export class GroupDialog {
  private readonly api = inject(GroupsApi);
  protected readonly group = inject<Group | null>(DIALOG_DATA, { optional: true });
  protected readonly messages = inject(ProblemMessages);
  protected readonly ref = inject<DialogRef<Group>>(DialogRef);
  private key = newIdempotencyKey();

  protected readonly kinds = kinds;
  protected readonly kind = signal<Group['kind']>(this.group?.kind ?? 'static');
  protected readonly rule = signal<GroupRule | null>(this.group?.rule ?? null);
  protected readonly isWhole = computed(() => this.kind() === 'static' || this.rule() !== null);
  protected readonly busy = signal(false);
  protected readonly problem = signal<Problem | null>(null);
  protected readonly ruleError = computed(() => {
    const error = this.problem()?.errors.find((it) => it.pointer.startsWith('/rule'));
    return error ? this.messages.field(error) : null;
  });

  protected errorOf(field: string): string | null {
    const error = this.problem()?.errorOf(field);
    return error ? this.messages.field(error) : null;
  }

  protected async send(event: Event, name: string, text: string): Promise<void> {
    event.preventDefault();
    if (!this.isWhole()) return;
    this.busy.set(true);
    this.problem.set(null);
    const rule = this.kind() === 'rule' ? { rule: this.rule() ?? {} } : {};
    const values = { name: name.trim(), description: text.trim() || null, ...rule };
    try {
      this.ref.close(await (this.group ? this.api.change(this.group, values) : this.api.add(values, this.key)));
    } catch (error) {
      this.key = newIdempotencyKey();
      this.problem.set(toProblem(error));
    } finally {
      this.busy.set(false);
    }
  }
}
