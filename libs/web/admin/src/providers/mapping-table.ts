import { Component, computed, inject, input, model } from '@angular/core';
import { Field, FieldControl, Icon, Select, type SelectOption } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import type { ProviderMapping } from '../data/providers-api';

/** What groups and roles at a provider give here, a line each. i18n: admin.providers.source.group .role */
@Component({
  selector: 'berth-mapping-table',
  imports: [Field, FieldControl, Icon, Select, TranslatePipe],
  template: `
    @for (line of mapping(); track $index) {
      <div class="line">
        <berth-field [label]="'admin.providers.sourceName' | translate">
          <berth-select
            [label]="'admin.providers.sourceName' | translate"
            [options]="sources()"
            [value]="line.source"
            (chosen)="change($index, { source: $event === 'role' ? 'role' : 'group' })"
          />
        </berth-field>
        <berth-field [label]="'admin.providers.value' | translate">
          <input
            #value
            berthControl
            maxlength="500"
            autocomplete="off"
            spellcheck="false"
            [value]="line.value"
            (input)="change($index, { value: value.value })"
          />
        </berth-field>
        <berth-field [label]="'admin.providers.target' | translate">
          <berth-select
            [label]="'admin.providers.target' | translate"
            [options]="targets()"
            [value]="targetOf(line)"
            (chosen)="aim($index, $event)"
          />
        </berth-field>
        <button
          type="button"
          class="btn quiet square"
          [attr.aria-label]="'admin.providers.removeLine' | translate: { value: line.value }"
          (click)="remove($index)"
        >
          <svg berthIcon="x"></svg>
        </button>
      </div>
    }
    <div>
      <button type="button" class="btn small" [disabled]="targets().length === 0" (click)="add()">
        <svg berthIcon="plus"></svg>{{ 'admin.providers.addLine' | translate }}
      </button>
    </div>
  `,
  styles: `
    :host {
      display: grid;
      gap: 10px;
    }
    .line {
      display: grid;
      grid-template-columns: minmax(0, 1fr) minmax(0, 1.4fr) minmax(0, 1.4fr) auto;
      gap: 8px;
      align-items: end;
    }
    input {
      width: 100%;
    }
    @media (max-width: 719px) {
      .line {
        grid-template-columns: minmax(0, 1fr) auto;
      }
      .line > berth-field {
        grid-column: 1;
      }
    }
  `,
})
export class MappingTable {
  private readonly words = inject(AdminWords);

  readonly mapping = model.required<readonly ProviderMapping[]>();
  /** Groups and roles to choose from; values are `group:` or `role:` and the id. */
  readonly targets = input.required<readonly SelectOption[]>();

  protected readonly sources = computed<readonly SelectOption[]>(() =>
    (['group', 'role'] as const).map((value) => ({ value, label: this.words.text(`admin.providers.source.${value}`) })),
  );

  protected targetOf({ groupId, roleId }: ProviderMapping): string | null {
    if (groupId !== null) return `group:${groupId}`;
    return roleId === null ? null : `role:${roleId}`;
  }

  protected aim(index: number, target: string): void {
    const [kind, id = ''] = target.split(':');
    this.change(index, kind === 'group' ? { groupId: id, roleId: null } : { groupId: null, roleId: id });
  }

  protected change(index: number, change: Partial<ProviderMapping>): void {
    this.mapping.update((all) => all.map((it, i) => (i === index ? { ...it, ...change } : it)));
  }

  protected remove(index: number): void {
    this.mapping.update((all) => all.filter((_, i) => i !== index));
  }

  /** A line gives nothing until somebody says what: no right is handed on by a default. */
  protected add(): void {
    this.mapping.update((all) => [...all, { source: 'group', value: '', groupId: null, roleId: null }]);
  }
}
