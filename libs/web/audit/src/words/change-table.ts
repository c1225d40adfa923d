import { Component, computed, inject, input, signal } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { LogEntry } from '../log-entry';
import { AuditWords } from './audit-words';

/** What is written where a secret was. */
const HIDDEN = '[hidden]';

/** What an event changed, field by field or as JSON. */
@Component({
  selector: 'berth-change-table',
  imports: [TranslatePipe],
  template: `
    <div class="head">
      <b>{{ 'audit.changes' | translate }}</b>
      <button type="button" class="btn small" (click)="isRaw.set(!isRaw())">
        {{ (isRaw() ? 'audit.fields' : 'audit.json') | translate }}
      </button>
    </div>
    @if (isRaw()) {
      <pre tabindex="0" [attr.aria-label]="'audit.json' | translate">{{ raw() }}</pre>
    } @else if (rows().length > 0) {
      <table>
        <caption class="visually-hidden">
          {{
            'audit.changes' | translate
          }}
        </caption>
        <thead>
          <tr>
            <th scope="col">{{ 'audit.column.field' | translate }}</th>
            <th scope="col">{{ 'audit.column.before' | translate }}</th>
            <th scope="col">{{ 'audit.column.after' | translate }}</th>
          </tr>
        </thead>
        <tbody>
          @for (row of rows(); track row.field) {
            <tr>
              <th scope="row">{{ row.name }}</th>
              <td class="before">
                @if (row.isHidden.before) {
                  <em>{{ 'audit.hidden' | translate }}</em>
                } @else {
                  {{ row.before }}
                }
              </td>
              <td class="after">
                @if (row.isHidden.after) {
                  <em>{{ 'audit.hidden' | translate }}</em>
                } @else {
                  {{ row.after }}
                }
              </td>
            </tr>
          }
        </tbody>
      </table>
    } @else {
      <p class="muted">{{ 'audit.noChanges' | translate }}</p>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 8px;
      min-width: 0;
    }
    .head {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 8px;
    }
    b,
    p {
      margin: 0;
      font-size: 14px;
    }
    table {
      width: 100%;
      border-collapse: collapse;
      table-layout: fixed;
      font-size: 13px;
    }
    th,
    td {
      padding: 6px 8px 6px 0;
      border-top: 1px solid var(--line);
      text-align: left;
      vertical-align: top;
      overflow-wrap: anywhere;
      white-space: pre-line;
    }
    thead th {
      border: 0;
      color: var(--muted);
      font-weight: 550;
    }
    tbody th {
      font-weight: 550;
    }
    .before {
      color: var(--muted);
      text-decoration: line-through;
      text-decoration-color: color-mix(in srgb, var(--muted) var(--soft-edge), transparent);
    }
    pre {
      max-height: 360px;
      margin: 0;
      padding: 10px 12px;
      border: 1px solid var(--line);
      border-radius: var(--radius-control);
      overflow: auto;
      font-size: 12px;
      line-height: 18px;
    }
  `,
})
export class ChangeTable {
  private readonly words = inject(AuditWords);

  readonly entry = input.required<Pick<LogEntry, 'changes' | 'names'>>();
  /** Shown as JSON; without it the changes themselves. */
  readonly data = input<unknown>();

  protected readonly isRaw = signal(false);
  protected readonly raw = computed(() => JSON.stringify(this.data() ?? this.entry().changes, null, 2));
  protected readonly rows = computed(() => {
    const { changes, names } = this.entry();
    // What reads the same before and after is no change to look at: what is made says all of its fields, empty ones too.
    const told = changes.filter((it) => it.before !== null || it.after !== null);
    const rows = told.map(({ field, before, after }) => {
      const values: Readonly<Record<'before' | 'after', unknown>> = { before, after };
      return {
        field,
        name: this.words.field(field),
        ...{ before: this.words.value(values.before, names), after: this.words.value(values.after, names) },
        isHidden: { before: values.before === HIDDEN, after: values.after === HIDDEN },
      };
    });
    return rows.filter((it) => it.isHidden.before || it.isHidden.after || it.before !== it.after);
  });
}
