import { Component, computed, effect, inject, resource, signal, untracked } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';
import { ProblemMessages, Session, toProblem } from '@berth/web/data';
import { Dialogs, ErrorPanel, Icon, Skeleton, Tabs, Toasts } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { AccessApi, type Assignment, type Place, scopeOf } from '../data/access-api';
import { Catalogue } from '../data/catalogue';
import { ResourcesApi } from '../data/resources-api';
import { GatesForm } from '../gates/gates-form';
import { AssignmentList } from './assignment-list';
import { AssignmentWords } from './assignment-words';
import { GiveRoleDialog } from './give-role-dialog';
import { PlaceTree } from './place-tree';

const tabs = ['roles', 'access'] as const;
type TabName = (typeof tabs)[number];

/** `/admin/delegation`: who has which role where, and who gets in there. i18n: admin.delegation.tab.* admin.delegation.kind.* */
@Component({
  selector: 'berth-delegation-page',
  imports: [AssignmentList, ErrorPanel, GatesForm, Icon, PlaceTree, RouterLink, Skeleton, Tabs, TranslatePipe],
  templateUrl: './delegation-page.html',
  styleUrl: './delegation-page.css',
  host: { class: 'page' },
})
export class DelegationPage {
  private readonly api = inject(AccessApi);
  private readonly catalogue = inject(Catalogue);
  private readonly resources = inject(ResourcesApi);
  private readonly session = inject(Session);
  private readonly router = inject(Router);
  private readonly route = inject(ActivatedRoute);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly messages = inject(ProblemMessages);
  private readonly said = inject(AssignmentWords);
  protected readonly words = inject(AdminWords);
  private readonly params = toSignal(this.route.queryParamMap, { initialValue: this.route.snapshot.queryParamMap });

  /** Where somebody begins who named no place: with all of it, or the first they have a role in. */
  private readonly first = computed(() => {
    if (this.session.mayEverywhere('role:read')) return 'organization';
    const own = this.session.user()?.places.find((it) => it.permissions.includes('role:read'));
    return own?.siteId ? `site:${own.siteId}` : own?.resourceId ? `resource:${own.resourceId}` : 'organization';
  });
  protected readonly at = computed(() => this.params().get('at') ?? this.first());
  protected readonly place = signal<(Place & { readonly siteId: string | null }) | null>(null);
  protected readonly tabs = computed(() => tabs.map((value) => ({ value, label: this.words.text(`admin.delegation.tab.${value}`) })));
  protected readonly tab = computed<TabName>(() => (this.params().get('tab') === 'access' && this.setsGates() ? 'access' : 'roles'));
  /** Goes up whenever roles were given or taken. */
  protected readonly version = signal(0);
  protected readonly list = resource({
    params: () => ({ at: this.at(), version: this.version() }),
    loader: ({ params }) => this.api.countingAt(placeOf(params.at)),
  });
  private readonly all = computed(() => (this.list.hasValue() ? this.list.value() : []));
  protected readonly here = computed(() => this.all().filter((it) => this.isHere(it)));
  protected readonly above = computed(() => this.all().filter((it) => !this.isHere(it)));
  protected readonly failed = computed(() => {
    const error = this.list.error();
    return error ? toProblem(error) : null;
  });
  protected readonly gives = computed(() => this.holds('role:assign'));
  protected readonly setsGates = computed(() => {
    const kind = this.at().split(':')[0];
    return kind === 'site' ? this.holds('place:manage') : kind === 'resource' && this.holds('resource:manage');
  });

  constructor() {
    void this.catalogue.load();
    effect(() => {
      const at = this.at();
      const sites = this.catalogue.sites();
      untracked(() => void this.name(at, sites));
    });
  }

  protected open(place: Place): void {
    void this.router.navigate([], { relativeTo: this.route, queryParams: { at: scopeOf(place) }, queryParamsHandling: 'merge' });
  }

  protected show(tab: TabName): void {
    const queryParams = { tab: tab === 'roles' ? null : tab };
    void this.router.navigate([], { relativeTo: this.route, queryParams, queryParamsHandling: 'merge' });
  }

  protected give(place: Place): void {
    this.dialogs.open<Assignment>(GiveRoleDialog, { data: place, size: 'narrow' }).closed.subscribe((given) => {
      if (!given) return;
      this.version.update((it) => it + 1);
      this.toasts.done(this.words.text('admin.delegation.given', { name: given.holder.name, role: this.said.role(given.role) }));
    });
  }

  protected async take(assignment: Assignment): Promise<void> {
    const { id, holder, role } = assignment;
    await this.act(async () => {
      await this.api.take(id);
      const undo = { label: this.words.text('admin.delegation.giveBack'), run: () => void this.giveBack(assignment) };
      this.toasts.done(this.words.text('admin.delegation.took', { name: holder.name, role: this.said.role(role) }), { actions: [undo] });
    });
  }

  private giveBack({ role, holder, place, from, until }: Assignment): Promise<void> {
    const to = holder.kind === 'person' ? { accountId: holder.id } : { groupId: holder.id };
    const at = place.kind === 'site' ? { siteId: place.id } : place.kind === 'resource' ? { resourceId: place.id } : {};
    const dates = { ...(from !== null && { from }), ...(until !== null && { until }) };
    return this.act(async () => void (await this.api.give({ roleId: role.id, ...to, ...at, ...dates })));
  }

  private async act(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.version.update((it) => it + 1);
    } catch (error) {
      const problem = toProblem(error);
      this.toasts.failed([this.messages.title(problem), problem.detail].filter(Boolean).join(' '));
    }
  }

  private isHere({ place }: Assignment): boolean {
    return scopeOf(place) === this.at();
  }

  private holds(permission: string): boolean {
    const [kind, id = ''] = this.at().split(':');
    if (kind === 'site') return this.session.mayAt(permission, id);
    return kind === 'resource'
      ? this.session.mayAt(permission, this.place()?.siteId ?? null, [id])
      : this.session.mayEverywhere(permission);
  }

  private async name(at: string, sites: readonly { readonly id: string; readonly name: string }[]): Promise<void> {
    const { kind, id } = placeOf(at);
    if (kind === 'resource') {
      const found = await this.resources.one(id).catch(() => null);
      if (this.at() === at) this.place.set({ kind, id, name: found?.name ?? '…', siteId: found?.site?.id ?? null });
      return;
    }
    const organization = this.session.user()?.organization;
    const name = kind === 'site' ? sites.find((it) => it.id === id)?.name : organization?.name;
    this.place.set({ kind, id: kind === 'site' ? id : (organization?.id ?? ''), name: name ?? '…', siteId: kind === 'site' ? id : null });
  }
}

function placeOf(scope: string): Pick<Place, 'kind' | 'id'> {
  const [kind, id = ''] = scope.split(':');
  return { kind: kind === 'site' || kind === 'resource' ? kind : 'organization', id };
}
