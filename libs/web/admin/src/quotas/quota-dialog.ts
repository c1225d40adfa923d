import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject, resource, signal } from '@angular/core';
import { PersonField } from '@berth/web/booking';
import { ProblemMessages, toProblem, type Problem } from '@berth/web/data';
import { DialogFrame, Field, FieldControl, Formats, Segments, Select, type SelectOption } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { Catalogue } from '../data/catalogue';
import { GroupsApi } from '../data/groups-api';
import { RolesApi } from '../data/roles-api';
import { AssignmentWords } from '../delegation/assignment-words';
import { PlaceField } from '../explain/place-field';
import { draftOf, hasWindow, holders, isWhole, measures, type Named, objects, type QuotaDraft, windows, wishOf } from './quota-draft';
import { type QuotaRule, QuotasApi, type Simulation } from './quotas-api';

/**
 * Says a quota: whose, of what, how much; and what it would have refused last month. Closes with its id.
 * i18n: admin.quotas.whoKind.* admin.quotas.whatKind.* admin.quotas.measure.* booking.quota.per.* admin.quotas.unit.*
 */
@Component({
  selector: 'berth-quota-dialog',
  imports: [DialogFrame, Field, FieldControl, PersonField, PlaceField, Segments, Select, TranslatePipe],
  templateUrl: './quota-dialog.html',
  styleUrl: './quota-dialog.css',
})
export class QuotaDialog {
  private readonly api = inject(QuotasApi);
  private readonly groupsApi = inject(GroupsApi);
  private readonly rolesApi = inject(RolesApi);
  private readonly catalogue = inject(Catalogue);
  private readonly messages = inject(ProblemMessages);
  private readonly formats = inject(Formats);
  private readonly roleWords = inject(AssignmentWords);
  protected readonly words = inject(AdminWords);
  protected readonly ref = inject<DialogRef<string>>(DialogRef);
  /** null where a new one is written. */
  protected readonly rule = inject<{ readonly rule: QuotaRule | null }>(DIALOG_DATA).rule;

  protected readonly draft = signal<QuotaDraft>(draftOf(this.rule));
  protected readonly isWhole = computed(() => isWhole(this.draft()));
  protected readonly hasWindow = computed(() => hasWindow(this.draft().measure));
  protected readonly busy = signal(false);
  protected readonly problem = signal<Problem | null>(null);
  protected readonly simulation = signal<Simulation | null>(null);

  protected readonly whoKinds = computed(() => this.choices(holders, 'admin.quotas.whoKind.'));
  protected readonly whatKinds = computed(() => this.choices(objects, 'admin.quotas.whatKind.'));
  protected readonly measureOptions = computed(() => this.choices(measures, 'admin.quotas.measure.'));
  protected readonly windowOptions = computed(() => this.choices(windows, 'booking.quota.per.'));
  private readonly groups = resource({ loader: () => this.groupsApi.all().catch(() => []) });
  private readonly roles = resource({ loader: () => this.rolesApi.roles().catch(() => []) });
  protected readonly people = computed(() => {
    const { whoKind, who } = this.draft();
    return whoKind === 'person' && who !== null ? { id: who.id, displayName: who.name, email: '' } : null;
  });
  protected readonly whoOptions = computed<readonly SelectOption[]>(() =>
    this.draft().whoKind === 'group'
      ? (this.groups.value() ?? []).map((it) => ({ value: it.id, label: it.name, hint: this.words.number(it.memberCount) }))
      : (this.roles.value() ?? []).map((it) => ({ value: it.id, label: this.roleWords.role(it) })),
  );
  protected readonly whatOptions = computed<readonly SelectOption[]>(() =>
    (this.draft().whatKind === 'type' ? this.catalogue.types() : this.catalogue.sites()).map((it) => ({ value: it.id, label: it.name })),
  );
  protected readonly place = computed(() => {
    const { whatKind, what } = this.draft();
    return whatKind === 'resource' && what !== null ? { kind: 'resource' as const, ...what } : null;
  });
  protected readonly refusal = computed(() => {
    const problem = this.problem();
    return problem === null || problem.errors.length > 0 ? null : [this.messages.title(problem), problem.detail].filter(Boolean).join(' ');
  });

  protected errorOf(pointer: string): string | null {
    const error = this.problem()?.errors.find((it) => it.pointer.startsWith(pointer));
    return error ? this.messages.field(error) : null;
  }

  protected set(patch: Partial<QuotaDraft>): void {
    this.draft.update((it) => ({ ...it, ...patch }));
    this.simulation.set(null);
  }

  protected chooseWho(id: string): void {
    this.set({ who: named(this.whoOptions(), id) });
  }

  protected chooseWhat(id: string): void {
    this.set({ what: named(this.whatOptions(), id) });
  }

  /** Only a resource can be meant here: sites have a kind of their own. */
  protected choosePlace({ kind, id, name }: { readonly kind: string; readonly id: string; readonly name: string }): void {
    if (kind === 'resource') this.set({ what: { id, name } });
  }

  protected when(instant: string): string {
    return this.words.moment(instant, this.formats.ownZone());
  }

  protected simulate(): Promise<void> {
    return this.act(async () => this.simulation.set(await this.api.simulate(wishOf(this.draft()))));
  }

  protected send(event: Event): Promise<void> {
    event.preventDefault();
    if (!this.isWhole()) return Promise.resolve();
    const wish = wishOf(this.draft());
    return this.act(async () => {
      const { id } = this.rule === null ? await this.api.addRule(wish) : await this.api.changeRule(this.rule, wish);
      this.ref.close(id);
    });
  }

  private choices<T extends string>(values: readonly T[], prefix: string): readonly { readonly value: T; readonly label: string }[] {
    return values.map((value) => ({ value, label: this.words.text(prefix + value) }));
  }

  private async act(work: () => Promise<void>): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.problem.set(null);
    try {
      await work();
    } catch (error) {
      this.problem.set(toProblem(error));
    } finally {
      this.busy.set(false);
    }
  }
}

const named = (options: readonly SelectOption[], id: string): Named => ({ id, name: options.find((it) => it.value === id)?.label ?? id });
