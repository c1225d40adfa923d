import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject, signal } from '@angular/core';
import { type Problem, ProblemMessages, toProblem } from '@berth/web/data';
import { DialogFrame, Field, FieldControl, Icon, Select, type SelectOption } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { type IssuerReport, type Provider, ProvidersApi } from '../data/providers-api';
import { type Role, RolesApi } from '../data/roles-api';
import { MappingTable } from './mapping-table';
import {
  admissions,
  draftOf,
  emptyDraft,
  keyOf,
  newProviderOf,
  newRoles,
  patchOf,
  prompts,
  type ProviderDraft,
  textOf,
} from './provider-draft';

/**
 * Sets a provider up, or changes one; closes with what was saved.
 * i18n: admin.providers.admission.linked .invited .anyone admin.users.role.admin .user .guest admin.providers.prompts.*
 */
@Component({
  selector: 'berth-provider-dialog',
  imports: [DialogFrame, Field, FieldControl, Icon, MappingTable, Select, TranslatePipe],
  templateUrl: './provider-dialog.html',
  styleUrl: './provider-dialog.css',
})
export class ProviderDialog {
  private readonly api = inject(ProvidersApi);
  private readonly rolesApi = inject(RolesApi);
  private readonly messages = inject(ProblemMessages);
  private readonly words = inject(AdminWords);
  protected readonly ref = inject<DialogRef<Provider>>(DialogRef);
  /** null adds one. */
  protected readonly provider = inject<Provider | null>(DIALOG_DATA);

  protected readonly admissions = admissions;
  protected readonly draft = signal<ProviderDraft>(this.provider ? draftOf(this.provider) : emptyDraft);
  protected readonly busy = signal(false);
  protected readonly testing = signal(false);
  protected readonly report = signal<IssuerReport | null>(null);
  protected readonly foundText = computed(() => (this.report() ? textOf(this.report()!) : ''));
  protected readonly copied = signal(false);
  private readonly problem = signal<Problem | null>(null);
  private readonly groups = signal<readonly { readonly id: string; readonly name: string }[]>([]);
  private readonly roles = signal<readonly Role[]>([]);
  private addKey = crypto.randomUUID();

  protected readonly redirectUri = computed(
    () => this.provider?.redirectUri ?? `${location.origin}/api/v1/auth/oidc/${this.draft().key}/callback`,
  );
  protected readonly roleOptions = computed<readonly SelectOption[]>(() =>
    newRoles.map((value) => ({ value, label: this.words.text(`admin.users.role.${value}`) })),
  );
  protected readonly promptOptions = computed<readonly SelectOption[]>(() =>
    prompts.map((value) => ({ value, label: this.words.text(`admin.providers.prompts.${value}`) })),
  );
  protected readonly targets = computed<readonly SelectOption[]>(() => [
    ...this.groups().map((it) => ({ value: `group:${it.id}`, label: this.words.text('admin.providers.toGroup', { name: it.name }) })),
    ...this.roles().map((it) => ({ value: `role:${it.id}`, label: this.words.text('admin.providers.toRole', { name: this.nameOf(it) }) })),
  ]);

  constructor() {
    void this.api.groups().then(
      (found) => this.groups.set(found),
      () => undefined,
    );
    void this.rolesApi.roles().then(
      (found) => this.roles.set(found),
      () => undefined,
    );
  }

  protected set(change: Partial<ProviderDraft>): void {
    this.draft.update((it) => ({ ...it, ...change }));
  }

  /** The key follows the name until somebody chooses another. */
  protected rename(name: string): void {
    const { name: before, key } = this.draft();
    const follows = this.provider === null && key === keyOf(before);
    this.set({ name, ...(follows && { key: keyOf(name) }) });
  }

  protected setRole(role: string): void {
    this.set({ newRole: newRoles.find((it) => it === role) ?? 'user' });
  }

  protected setPrompt(prompt: string): void {
    this.set({ prompt: prompts.find((it) => it === prompt) ?? 'none' });
  }

  protected errorOf(field: string): string | null {
    const error = this.problem()?.errorOf(field);
    return error ? this.messages.field(error) : null;
  }

  /** What belongs to no field that is shown. */
  protected failure(): string | null {
    const problem = this.problem();
    if (problem === null || problem.errors.some((it) => this.errorOf(it.pointer.slice(1)) !== null)) return null;
    return `${this.messages.title(problem)}. ${problem.detail ?? ''}`;
  }

  protected async test(): Promise<void> {
    this.testing.set(true);
    this.report.set(null);
    try {
      this.report.set(await this.api.test(this.draft().issuer.trim()));
    } catch (error) {
      this.problem.set(toProblem(error));
    } finally {
      this.testing.set(false);
    }
  }

  protected async copy(): Promise<void> {
    await navigator.clipboard.writeText(this.redirectUri());
    this.copied.set(true);
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    this.busy.set(true);
    this.problem.set(null);
    try {
      const draft = this.draft();
      this.ref.close(
        await (this.provider ? this.api.change(this.provider, patchOf(draft)) : this.api.add(newProviderOf(draft), this.addKey)),
      );
    } catch (error) {
      this.addKey = crypto.randomUUID();
      this.problem.set(toProblem(error));
    } finally {
      this.busy.set(false);
    }
  }

  private nameOf(role: Role): string {
    return role.isBuiltIn ? this.words.text(`admin.roles.builtIn.${role.id}`) : (role.name ?? '');
  }
}
