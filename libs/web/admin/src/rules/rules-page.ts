import { Component, computed, effect, inject, resource, signal, untracked } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router } from '@angular/router';
import { HistoryFold } from '@berth/web/audit';
import { ProblemMessages, Session } from '@berth/web/data';
import { ErrorPanel, Field, PageTitle, Select, Skeleton, type SelectOption } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { Catalogue } from '../data/catalogue';
import type { LayerKey } from '../data/layers-api';
import { ResourcesApi } from '../data/resources-api';
import { SaveBar } from '../detail/save-bar';
import { LayerEditor } from './layer-editor';
import { PolicySimulator } from './policy-simulator';
import { RuleList } from './rule-list';
import { RuleWords } from './rule-words';

/** `/admin/rules`: what the organization, a site or a type says for all of its resources, with somebody to try it out on. */
@Component({
  selector: 'berth-rules-page',
  imports: [ErrorPanel, Field, HistoryFold, PolicySimulator, RuleList, SaveBar, Select, Skeleton, TranslatePipe],
  templateUrl: './rules-page.html',
  styleUrl: './rules-page.css',
  host: { class: 'page' },
})
export class RulesPage {
  private readonly router = inject(Router);
  private readonly route = inject(ActivatedRoute);
  private readonly resources = inject(ResourcesApi);
  private readonly ruleWords = inject(RuleWords);
  private readonly messages = inject(ProblemMessages);
  private readonly title = inject(PageTitle);
  private readonly params = toSignal(this.route.queryParamMap, { initialValue: this.route.snapshot.queryParamMap });
  protected readonly session = inject(Session);
  protected readonly words = inject(AdminWords);
  protected readonly catalogue = inject(Catalogue);
  protected readonly editor = inject(LayerEditor);

  protected readonly key = computed<LayerKey>(() => {
    const of = this.params().get('of') ?? '';
    return of.startsWith('site:') || of.startsWith('type:') ? (of as LayerKey) : 'organization';
  });
  /** The thing in the log whose rules these are. */
  protected readonly layerObject = computed(() => {
    const [kind = '', id = this.session.user()?.organization?.id] = this.key().split(':');
    return id === undefined ? null : { kind: { site: 'sites', type: 'resource-types' }[kind] ?? 'organizations', id };
  });
  /** Resources the layer counts for, to try it out on. */
  private readonly found = resource({
    params: () => this.key(),
    loader: ({ params, abortSignal }) => this.resources.list(filterOf(params), null, abortSignal).catch(() => null),
  });
  protected readonly candidates = computed(() =>
    this.found.hasValue() ? (this.found.value()?.data ?? []).filter((it) => it.bookable) : [],
  );
  /** What has rules of its own: the organization, its sites and its types. */
  protected readonly scopes = computed<readonly SelectOption<string>[]>(() => [
    { value: 'organization', label: this.session.user()?.organization.name ?? '' },
    ...this.catalogue.sites().map((it) => ({ value: `site:${it.id}`, label: it.name, hint: this.words.text('admin.nav.sites') })),
    ...this.catalogue.types().map((it) => ({ value: `type:${it.id}`, label: it.name, hint: this.words.text('admin.nav.types') })),
  ]);
  protected readonly triable = computed(() => this.candidates().map((it) => ({ value: it.id, label: it.name })));
  private readonly chosen = signal<string | null>(null);
  protected readonly tried = computed(() => this.candidates().find((it) => it.id === this.chosen()) ?? this.candidates()[0] ?? null);
  protected readonly changes = computed(() => this.words.list(this.editor.changed().map((it) => this.ruleWords.name(it))));
  protected readonly refusal = computed(() => {
    const problem = this.editor.refused();
    return problem === null ? null : { title: this.messages.title(problem), detail: problem.errors.length > 0 ? null : problem.detail };
  });

  constructor() {
    effect(() => {
      const key = this.key();
      untracked(() => void this.editor.open(key));
    });
    effect(() => this.title.thing.set(this.editor.layer()?.name ?? null));
  }

  protected show(of: string): void {
    void this.router.navigate([], { relativeTo: this.route, queryParams: { of: of === 'organization' ? null : of } });
  }

  protected tryOn(id: string): void {
    this.chosen.set(id);
  }

  protected retry(): void {
    void this.editor.open(this.key());
  }
}

function filterOf(key: LayerKey) {
  const id = key.slice(key.indexOf(':') + 1);
  return {
    ...{ q: '', status: ['available'] as const, floorId: null, tags: [], capacity: null, sort: 'name' as const },
    siteId: key.startsWith('site:') ? id : null,
    typeId: key.startsWith('type:') ? id : null,
  };
}
