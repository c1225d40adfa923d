import { Component, ElementRef, computed, inject, input, output, signal } from '@angular/core';
import { Icon } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import type { Permission, Right } from '../data/roles-api';

/** One role that is shown, with what it would allow when it were saved now. */
export interface MatrixColumn {
  readonly id: string;
  readonly name: string;
  readonly people: number;
  readonly isEditable: boolean;
  readonly allowed: ReadonlySet<Right>;
  /** As it is stored. */
  readonly stored: ReadonlySet<Right>;
}

interface Group {
  readonly noun: string;
  readonly rows: readonly Permission[];
}

/**
 * What one role allows, or two beside each other: rights down, roles across. A grid of one tab stop: arrows, Home and End
 * move, Space and Enter allow or take away. i18n: admin.roles.noun.*, admin.roles.may.*
 */
@Component({
  selector: 'berth-role-matrix',
  imports: [Icon, TranslatePipe],
  templateUrl: './role-matrix.html',
  styleUrl: './role-matrix.css',
  host: { '(keydown)': 'onKey($event)' },
})
export class RoleMatrix {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  protected readonly words = inject(AdminWords);

  readonly permissions = input.required<readonly Permission[]>();
  readonly columns = input.required<readonly MatrixColumn[]>();
  readonly toggled = output<{ readonly roleId: string; readonly right: Right }>();

  /** The cell that has the tab stop: row and column. */
  protected readonly at = signal<readonly [number, number]>([0, 0]);
  protected readonly groups = computed<readonly Group[]>(() =>
    [...Map.groupBy(this.permissions(), (it) => it.name.slice(0, it.name.indexOf(':')))].map(([noun, rows]) => ({ noun, rows })),
  );
  /** Rows in the order they are shown, whatever group they are in. */
  private readonly order = computed(() => this.groups().flatMap((it) => it.rows.map((row) => row.name)));
  protected readonly current = computed<readonly [number, number]>(() => {
    const [row, column] = this.at();
    return [Math.min(row, this.order().length - 1), Math.min(column, this.columns().length - 1)];
  });

  protected rowOf(right: Right): number {
    return this.order().indexOf(right);
  }

  protected isStop(right: Right, column: number): boolean {
    const [row, at] = this.current();
    return this.order()[row] === right && at === column;
  }

  /** A right this console has no words for is called by its name. */
  protected label({ name, allows }: Permission): string {
    const key = `admin.roles.may.${name}`;
    const text = this.words.text(key);
    return text === key ? allows : text;
  }

  protected differs(right: Right): boolean {
    const [one, other] = this.columns();
    return one !== undefined && other !== undefined && one.allowed.has(right) !== other.allowed.has(right);
  }

  /** `Lab help, see resources, allowed`. */
  protected cellLabel(column: MatrixColumn, permission: Permission): string {
    const state = this.words.text(column.allowed.has(permission.name) ? 'admin.roles.allowed' : 'admin.roles.notAllowed');
    const changed = this.isChanged(column, permission.name) ? `, ${this.words.text('admin.roles.unsaved')}` : '';
    return `${column.name}, ${this.label(permission)}, ${state}${changed}`;
  }

  protected isChanged(column: MatrixColumn, right: Right): boolean {
    return column.allowed.has(right) !== column.stored.has(right);
  }

  protected toggle(column: MatrixColumn, right: Right, at: number): void {
    this.at.set([this.rowOf(right), at]);
    if (column.isEditable) this.toggled.emit({ roleId: column.id, right });
  }

  protected onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const [row, column] = this.current();
    const last = this.order().length - 1;
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowDown: [Math.min(last, row + 1), column],
      ArrowUp: [Math.max(0, row - 1), column],
      ArrowRight: [row, Math.min(this.columns().length - 1, column + 1)],
      ArrowLeft: [row, Math.max(0, column - 1)],
      Home: [0, column],
      End: [last, column],
    };
    const to = moves[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.at.set(to);
    const right = this.order()[to[0]];
    this.host.nativeElement.querySelector<HTMLElement>(`[data-cell="${right}/${to[1]}"]`)?.focus();
  }
}
