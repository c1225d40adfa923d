import { Component, computed, inject, input, linkedSignal, model, resource } from '@angular/core';
import { Field, FieldControl } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { type GroupRule, GroupsApi } from '../data/groups-api';
import { roles } from '../users/users-api';

/**
 * Conditions of a group by rule, and how many people fit them now; null while they say nothing. i18n: admin.users.role.*
 */
@Component({
  selector: 'berth-rule-field',
  imports: [Field, FieldControl, TranslatePipe],
  template: `
    <fieldset>
      <legend>{{ 'admin.groups.roleIs' | translate }}</legend>
      @for (it of roles; track it) {
        <label class="check">
          <input type="checkbox" [checked]="rule()?.roles?.includes(it) ?? false" (change)="toggle(it)" />
          <span>{{ 'admin.users.role.' + it | translate }}</span>
        </label>
      }
    </fieldset>
    <berth-field [label]="'admin.groups.domainIs' | translate" [hint]="'admin.groups.domainHint' | translate" [error]="error()">
      <input #box berthControl name="domains" autocomplete="off" spellcheck="false" [value]="domains()" (input)="type(box.value)" />
    </berth-field>
    <p class="fits" role="status">
      @if (rule() === null) {
        {{ 'admin.groups.noCondition' | translate }}
      } @else if (fitting.hasValue()) {
        {{ words.count('admin.groups.fit.', fitting.value()) }}
      } @else if (fitting.error()) {
        {{ 'admin.groups.fitUnknown' | translate }}
      }
    </p>
  `,
  styles: `
    :host,
    fieldset {
      display: grid;
      gap: 8px;
      margin: 0;
      padding: 0;
      border: 0;
    }
    :host {
      gap: 12px;
    }
    legend {
      margin-bottom: 4px;
      font-size: 13px;
      font-weight: 550;
    }
    input:not([type]) {
      width: 100%;
    }
    .fits {
      min-height: 20px;
      font-weight: 550;
    }
  `,
})
export class RuleField {
  private readonly api = inject(GroupsApi);
  protected readonly words = inject(AdminWords);

  readonly rule = model.required<GroupRule | null>();
  readonly error = input<string | null>(null);
  protected readonly roles = roles;
  /** As it was typed, so that a comma that was just written stays. */
  protected readonly domains = linkedSignal<readonly string[], string>({
    source: computed(() => this.rule()?.domains ?? [], { equal: (a, b) => a.join() === b.join() }),
    computation: (domains, previous) => (previous && split(previous.value).join() === domains.join() ? previous.value : domains.join(', ')),
  });
  protected readonly fitting = resource({
    params: () => this.rule() ?? undefined,
    loader: async ({ params, abortSignal }) => {
      await new Promise((resolve) => setTimeout(resolve, 250));
      return abortSignal.aborted ? 0 : this.api.fitting(params);
    },
  });

  protected toggle(role: (typeof roles)[number]): void {
    const chosen = new Set(this.rule()?.roles);
    if (!chosen.delete(role)) chosen.add(role);
    this.set(
      roles.filter((it) => chosen.has(it)),
      split(this.domains()),
    );
  }

  protected type(text: string): void {
    this.domains.set(text);
    this.set(this.rule()?.roles ?? [], split(text));
  }

  private set(chosen: readonly (typeof roles)[number][], domains: readonly string[]): void {
    const rule = { ...(chosen.length > 0 && { roles: [...chosen] }), ...(domains.length > 0 && { domains: [...domains] }) };
    this.rule.set(Object.keys(rule).length > 0 ? rule : null);
  }
}

const split = (text: string): string[] => [
  ...new Set(
    text
      .toLowerCase()
      .split(/[\s,;]+/)
      .filter(Boolean),
  ),
];
