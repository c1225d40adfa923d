import { Component, computed, inject, linkedSignal, resource, signal } from '@angular/core';
import { HistoryFold } from '@berth/web/audit';
import { ProblemMessages, Session, toProblem } from '@berth/web/data';
import { ErrorPanel, Skeleton } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { RolesApi } from '../data/roles-api';
import { type PasswordPreset, passwordPresets, SecurityApi } from './security-api';

type About = 'roles' | 'preset' | 'erases';

/**
 * `/admin/security`: whose people must have a second factor, with how many have none, which passwords are taken, and who
 * may erase themselves.
 * i18n: admin.security.preset.* admin.security.presetText.* admin.roles.builtIn.*
 */
@Component({
  selector: 'berth-admin-security-page',
  imports: [ErrorPanel, HistoryFold, Skeleton, TranslatePipe],
  templateUrl: './security-page.html',
  styleUrl: './security-page.css',
  host: { class: 'page' },
})
export class SecurityPage {
  private readonly api = inject(SecurityApi);
  private readonly rolesApi = inject(RolesApi);
  private readonly messages = inject(ProblemMessages);
  protected readonly words = inject(AdminWords);
  protected readonly presets = passwordPresets;

  private readonly session = inject(Session);
  protected readonly organizationId = computed(() => this.session.user()?.organization?.id ?? null);

  private readonly loaded = resource({
    loader: async () => {
      const [standing, policy, passwords, roles, privacy] = await Promise.all([
        this.api.standing(),
        this.api.policy(),
        this.api.passwordRules(),
        this.rolesApi.roles(),
        this.api.privacyRules(),
      ]);
      const versions: Readonly<Record<About, number>> = { roles: policy.version, preset: passwords.version, erases: privacy.version };
      return { standing, asked: policy.roles, preset: passwords.preset, roles, erases: privacy.mayEraseOneself, versions };
    },
  });
  protected readonly seen = computed(() => (this.loaded.hasValue() ? this.loaded.value() : null));
  protected readonly problem = computed(() => (this.loaded.error() ? toProblem(this.loaded.error()) : null));

  protected readonly asked = linkedSignal<ReadonlySet<string>>(() => new Set(this.seen()?.asked ?? []));
  protected readonly preset = linkedSignal<PasswordPreset>(() => this.seen()?.preset ?? 'standard');
  protected readonly erases = linkedSignal(() => this.seen()?.erases ?? false);
  protected readonly looksAfterPeople = computed(() => this.session.mayEverywhere('user:manage'));
  protected readonly roles = computed(() => {
    const counts = new Map(this.seen()?.standing.roles.map((it) => [it.roleId, it]) ?? []);
    return (this.seen()?.roles ?? []).map(({ id, name, isBuiltIn }) => ({
      ...{ id, people: counts.get(id)?.people ?? 0, without: counts.get(id)?.without ?? 0 },
      name: isBuiltIn ? this.words.text(`admin.roles.builtIn.${id}`) : name,
    }));
  });
  /** At most: who has two of the roles counts twice. */
  protected readonly newlyAsked = computed(() => {
    const before = new Set(this.seen()?.asked ?? []);
    return this.roles().reduce((sum, it) => sum + (this.asked().has(it.id) && !before.has(it.id) ? it.without : 0), 0);
  });
  protected readonly rolesChanged = computed(() => {
    const before = new Set(this.seen()?.asked ?? []);
    return before.size !== this.asked().size || [...before].some((it) => !this.asked().has(it));
  });

  protected readonly busy = signal(false);
  protected readonly said = signal<{ readonly about: About; readonly text: string; readonly failed: boolean } | null>(null);

  protected ask(roleId: string, must: boolean): void {
    this.asked.update((all) => new Set(must ? [...all, roleId] : [...all].filter((it) => it !== roleId)));
  }

  protected retry(): void {
    this.loaded.reload();
  }

  protected saveRoles(event: Event): Promise<void> {
    event.preventDefault();
    return this.save('roles', (version) => this.api.askOf([...this.asked()], version));
  }

  protected savePreset(event: Event): Promise<void> {
    event.preventDefault();
    return this.save('preset', (version) => this.api.choosePreset(this.preset(), version));
  }

  protected saveErases(event: Event): Promise<void> {
    event.preventDefault();
    return this.save('erases', (version) => this.api.letEraseOneself(this.erases(), version));
  }

  private async save(about: About, work: (version: number) => Promise<unknown>): Promise<void> {
    const seen = this.seen();
    if (this.busy() || seen === null) return;
    this.busy.set(true);
    this.said.set(null);
    try {
      await work(seen.versions[about]);
      this.said.set({ about, text: this.words.text('admin.security.saved'), failed: false });
      this.loaded.reload();
    } catch (error) {
      const problem = toProblem(error);
      this.said.set({ about, text: this.messages.title(problem), failed: true });
      // Somebody was faster: what they saved is shown, to be decided anew.
      if (problem.code === 'precondition-failed') this.loaded.reload();
    } finally {
      this.busy.set(false);
    }
  }
}
