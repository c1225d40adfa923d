import { Component, computed, effect, inject, input, output, signal, untracked } from '@angular/core';
import { Combobox, type ComboOption } from '@berth/web/booking';
import { Icon, Segments } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { Catalogue } from '../data/catalogue';
import { ResourcesApi } from '../data/resources-api';
import { scopeKinds, type Scope, type ScopeKind } from './webhooks-api';

const ANY = { q: '', status: null, typeId: null, siteId: null, floorId: null, tags: [], capacity: null, sort: 'name' } as const;
const MOST_OFFERED = 20;

/** Chooses where things must happen to be told: everywhere, at some sites, of some types, or of some resources and what is under them. i18n: admin.webhooks.kind.* */
@Component({
  selector: 'berth-scope-field',
  imports: [Combobox, Icon, Segments, TranslatePipe],
  template: `
    <berth-segments
      [label]="'admin.webhooks.where' | translate"
      [choices]="kinds()"
      [value]="scope().kind"
      (valueChange)="choose($event)"
    />
    @if (scope().kind !== 'all') {
      @if (scope().ids.length > 0) {
        <ul [attr.aria-label]="'admin.webhooks.where' | translate">
          @for (it of named(); track it.id) {
            <li class="chip on">
              {{ it.name }}
              <button type="button" [attr.aria-label]="'admin.gates.without' | translate: { name: it.name }" (click)="drop(it.id)">
                <svg berthIcon="x" [size]="14"></svg>
              </button>
            </li>
          }
        </ul>
      }
      <berth-combobox
        name="scope"
        [label]="words.text('admin.webhooks.add.' + scope().kind)"
        [placeholder]="words.text('admin.webhooks.add.' + scope().kind)"
        [text]="''"
        [options]="options()"
        [emptyText]="words.text('admin.webhooks.nothingFound')"
        [invalid]="error() !== null"
        (typed)="search($event)"
        (chosen)="add($event)"
      />
      @if (scope().kind === 'resources') {
        <label class="check">
          <input
            #below
            type="checkbox"
            [checked]="scope().descendants"
            (change)="changed.emit({ kind: scope().kind, ids: scope().ids, descendants: below.checked })"
          />
          <span>{{ 'admin.webhooks.descendants' | translate }}</span>
        </label>
      }
    }
    @if (error(); as wrong) {
      <p class="error">{{ wrong }}</p>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 8px;
      justify-items: start;
    }
    ul {
      display: flex;
      flex-wrap: wrap;
      gap: 6px;
    }
    li button {
      display: inline-grid;
      place-items: center;
      min-width: 24px;
      min-height: 24px;
      padding: 0;
      border: 0;
      background: none;
      color: inherit;
    }
    .error {
      margin: 0;
      font-size: 13px;
      color: var(--danger);
    }
    berth-segments {
      flex-wrap: wrap;
    }
  `,
})
export class ScopeField {
  private readonly api = inject(ResourcesApi);
  private readonly catalogue = inject(Catalogue);
  protected readonly words = inject(AdminWords);

  readonly scope = input.required<Scope>();
  readonly error = input<string | null>(null);
  readonly changed = output<Scope>();

  protected readonly kinds = computed(() => scopeKinds.map((value) => ({ value, label: this.words.text(`admin.webhooks.kind.${value}`) })));
  private readonly q = signal('');
  private readonly found = signal<readonly ComboOption<string>[]>([]);
  /** Names of resources that are chosen; those of sites and types are known. */
  private readonly names = signal<ReadonlyMap<string, string>>(new Map());
  private readonly known = computed(() => (this.scope().kind === 'sites' ? this.catalogue.sites() : this.catalogue.types()));
  protected readonly named = computed(() =>
    this.scope().ids.map((id) => ({ id, name: this.known().find((it) => it.id === id)?.name ?? this.names().get(id) ?? '…' })),
  );
  protected readonly options = computed<readonly ComboOption<string>[]>(() => {
    const chosen = new Set(this.scope().ids);
    const q = this.q().toLowerCase();
    const known = this.known().map((it) => ({ value: it.id, label: it.name }));
    const all = this.scope().kind === 'resources' ? this.found() : known.filter((it) => it.label.toLowerCase().includes(q));
    return all.filter((it) => !chosen.has(it.value));
  });
  private turn = 0;

  constructor() {
    effect(() => {
      const { kind, ids } = this.scope();
      if (kind === 'resources') untracked(() => void this.name(ids));
    });
  }

  protected choose(kind: ScopeKind): void {
    if (kind === this.scope().kind) return;
    this.changed.emit({ kind, ids: [], descendants: kind === 'resources' });
    void this.search('', kind);
  }

  protected async search(text: string, kind = this.scope().kind): Promise<void> {
    const turn = ++this.turn;
    this.q.set(text.trim());
    if (kind !== 'resources') return;
    const page = await this.api.list({ ...ANY, q: text.trim() }, null).catch(() => ({ data: [] }));
    if (turn !== this.turn) return;
    this.found.set(page.data.slice(0, MOST_OFFERED).map((it) => ({ value: it.id, label: it.name, note: this.words.place(it) })));
  }

  protected add(id: string): void {
    const label = this.options().find((it) => it.value === id)?.label;
    if (label !== undefined) this.names.update((all) => new Map([...all, [id, label]]));
    this.changed.emit({ ...this.scope(), ids: [...this.scope().ids, id] });
    void this.search('');
  }

  protected drop(id: string): void {
    this.changed.emit({ ...this.scope(), ids: this.scope().ids.filter((it) => it !== id) });
  }

  private async name(ids: readonly string[]): Promise<void> {
    if (this.found().length === 0) void this.search('', 'resources');
    const unknown = ids.filter((it) => !this.names().has(it));
    const resources = await Promise.all(unknown.map((it) => this.api.one(it).catch(() => null)));
    const named = resources.flatMap((it) => (it === null ? [] : [[it.id, it.name] as const]));
    if (named.length > 0) this.names.update((all) => new Map([...all, ...named]));
  }
}
