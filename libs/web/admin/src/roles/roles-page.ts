import { Component, computed, inject, resource, signal } from '@angular/core';
import { HistoryFold } from '@berth/web/audit';
import { type Problem, ProblemMessages, toProblem } from '@berth/web/data';
import { Dialogs, Field, FieldControl, Icon, PageTitle, Select, type SelectOption, Toasts } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { type Permission, type Right, type Role, RolesApi } from '../data/roles-api';
import { SaveBar } from '../detail/save-bar';
import { LeaveDialog } from '../list/leave-dialog';
import { type MatrixColumn, RoleMatrix } from './role-matrix';

/** `/admin/roles`: what each role allows, two of them compared, and whom a change would touch. i18n: admin.roles.builtIn.* */
@Component({
  selector: 'berth-roles-page',
  imports: [Field, FieldControl, HistoryFold, Icon, RoleMatrix, SaveBar, Select, TranslatePipe],
  templateUrl: './roles-page.html',
  styleUrl: './roles-page.css',
  host: { class: 'page' },
})
export class RolesPage {
  private readonly api = inject(RolesApi);
  private readonly dialogs = inject(Dialogs);
  private readonly messages = inject(ProblemMessages);
  private readonly toasts = inject(Toasts);
  protected readonly words = inject(AdminWords);

  protected readonly roles = signal<readonly Role[]>([]);
  protected readonly permissions = signal<readonly Permission[]>([]);
  protected readonly shown = signal<string | null>('user');
  protected readonly compared = signal<string | null>('admin');
  /** What is allowed but not saved, by role. */
  private readonly drafts = signal<ReadonlyMap<string, ReadonlySet<Right>>>(new Map());
  protected readonly failed = signal<Problem | null>(null);
  protected readonly isSaving = signal(false);
  /** The name of a role that is being made; null while none is. */
  protected readonly newName = signal<string | null>(null);
  protected readonly nameError = signal<string | null>(null);
  private addKey = crypto.randomUUID();

  protected readonly options = computed<readonly SelectOption[]>(() => this.roles().map((it) => ({ value: it.id, label: this.name(it) })));
  protected readonly others = computed<readonly SelectOption[]>(() => [
    { value: '', label: this.words.text('admin.roles.compareNone') },
    ...this.options().filter((it) => it.value !== this.shown()),
  ]);
  protected readonly columns = computed<readonly MatrixColumn[]>(() =>
    [this.shown(), this.compared()].flatMap((id, i, all) => {
      const role = this.roles().find((it) => it.id === id);
      if (!role || all.indexOf(id) !== i) return [];
      const stored = new Set(role.permissions);
      const allowed = this.drafts().get(role.id) ?? stored;
      return [{ id: role.id, name: this.name(role), people: role.holderCount, isEditable: !role.isBuiltIn, stored, allowed }];
    }),
  );
  protected readonly own = computed(() => this.roles().find((it) => it.id === this.shown() && !it.isBuiltIn) ?? null);
  protected readonly changed = computed(() =>
    [...this.drafts()].flatMap(([id, allowed]) => {
      const role = this.roles().find((it) => it.id === id);
      const count = role ? this.permissions().filter((it) => allowed.has(it.name) !== role.permissions.includes(it.name)).length : 0;
      return role && count > 0 ? [{ role, allowed: [...allowed], count }] : [];
    }),
  );
  protected readonly isDirty = computed(() => this.changed().length > 0);
  protected readonly changes = computed(() =>
    this.words.list(this.changed().map((it) => `${this.name(it.role)}: ${this.words.count('admin.roles.changes.', it.count)}`)),
  );
  protected readonly refusal = computed(() => {
    const problem = this.failed();
    return problem === null ? null : { title: this.messages.title(problem), detail: problem.detail };
  });
  /** Whom what is not saved yet would touch. */
  protected readonly preview = resource({
    params: () => (this.isDirty() ? this.changed().map((it) => ({ id: it.role.id, allowed: it.allowed })) : undefined),
    loader: async ({ params, abortSignal }) => {
      const previews = await Promise.all(params.map((it) => this.api.preview(it.id, it.allowed, abortSignal)));
      const sum = (count: 'gain' | 'lose'): number => previews.reduce((all, it) => all + it[count], 0);
      return { gain: sum('gain'), lose: sum('lose'), people: previews.flatMap((it) => it.people) };
    },
  });

  constructor() {
    inject(PageTitle).thing.set(null);
    void this.load();
  }

  /** Asked before another page is shown. */
  mayLeave(): boolean | Promise<boolean> {
    if (!this.isDirty()) return true;
    const ref = this.dialogs.open<'discard'>(LeaveDialog, { size: 'narrow', data: this.words.text('admin.roles.leave') });
    return new Promise((resolve) => ref.closed.subscribe((answer) => resolve(answer === 'discard')));
  }

  protected name(role: Role): string {
    return role.isBuiltIn ? this.words.text(`admin.roles.builtIn.${role.id}`) : (role.name ?? '');
  }

  protected toggle({ roleId, right }: { readonly roleId: string; readonly right: Right }): void {
    const role = this.roles().find((it) => it.id === roleId);
    if (!role) return;
    const allowed = new Set(this.drafts().get(roleId) ?? role.permissions);
    if (!allowed.delete(right)) allowed.add(right);
    this.failed.set(null);
    this.drafts.update((all) => new Map([...all, [roleId, allowed]]));
  }

  protected discard(): void {
    this.drafts.set(new Map());
    this.failed.set(null);
  }

  protected async save(): Promise<void> {
    this.isSaving.set(true);
    try {
      for (const { role, allowed } of this.changed()) {
        const saved = await this.api.change(role, allowed);
        this.roles.update((all) => all.map((it) => (it.id === saved.id ? saved : it)));
      }
      this.discard();
      this.toasts.done(this.words.text('admin.roles.saved'));
    } catch (error) {
      await this.tell(toProblem(error));
    } finally {
      this.isSaving.set(false);
    }
  }

  /** A new role begins with what the shown one allows. */
  protected async add(): Promise<void> {
    const name = this.newName()?.trim() ?? '';
    if (name === '') return this.nameError.set(this.words.text('fieldError.required'));
    const like = this.columns()[0]?.allowed ?? new Set<Right>();
    try {
      const role = await this.api.add(name, [...like], this.addKey);
      this.addKey = crypto.randomUUID();
      this.roles.update((all) => [...all, role]);
      this.newName.set(null);
      this.compared.set(this.shown());
      this.shown.set(role.id);
      this.toasts.done(this.words.text('admin.roles.added', { name }));
    } catch (error) {
      this.addKey = crypto.randomUUID();
      this.nameError.set(this.messages.title(toProblem(error)));
    }
  }

  protected async remove(role: Role): Promise<void> {
    try {
      await this.api.remove(role);
      this.drafts.update((all) => new Map([...all].filter(([id]) => id !== role.id)));
      this.roles.update((all) => all.filter((it) => it.id !== role.id));
      this.shown.set('user');
      this.toasts.done(this.words.text('admin.roles.removed', { name: role.name ?? '' }));
    } catch (error) {
      await this.tell(toProblem(error));
    }
  }

  /** Where somebody else was faster, what they saved is shown. */
  private async tell(problem: Problem): Promise<void> {
    this.failed.set(problem);
    if (problem.code === 'precondition-failed') await this.load();
  }

  private async load(): Promise<void> {
    try {
      const [roles, permissions] = await Promise.all([this.api.roles(), this.api.permissions()]);
      this.roles.set(roles);
      this.permissions.set(permissions);
    } catch (error) {
      this.failed.set(toProblem(error));
    }
  }
}
