import { Component, computed, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, NavigationEnd, Router, RouterLink, RouterOutlet } from '@angular/router';
import { Session } from '@berth/web/data';
import { InView } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { filter } from 'rxjs';
import { AdminWords } from './admin-words';
import { Catalogue } from './data/catalogue';

const RESOURCES = '/admin/resources';
const TYPES = '/admin/types';
const RULES = '/admin/rules';
const QUOTAS = '/admin/quotas';
const ROLES = '/admin/roles';
const USERS = '/admin/users';
const CLIENTS = '/admin/clients';
const WEBHOOKS = '/admin/webhooks';
const GROUPS = '/admin/groups';
const DELEGATION = '/admin/delegation';
const EXPLAIN = '/admin/explain';
const PROVIDERS = '/admin/providers';
const SECURITY = '/admin/security';
const AUDIT = '/admin/audit';
const SYSTEM = '/admin/system';

/** One line of the navigation at the left. */
interface Line {
  readonly name: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  /** Null where nothing is counted. */
  readonly count: number | null;
  readonly isCurrent: boolean;
}

/** What administration has, at the left: all resources, the same by type and by site, booking, and how the installation is doing. */
@Component({
  selector: 'berth-admin-frame',
  imports: [InView, RouterLink, RouterOutlet, TranslatePipe],
  template: `
    <nav class="pages" [attr.aria-label]="'admin.nav.pages' | translate">
      @for (page of pages(); track page.path) {
        <a
          [routerLink]="page.path"
          [berthInView]="isOn(page.path)"
          [class.on]="isOn(page.path)"
          [attr.aria-current]="isOn(page.path) ? 'page' : null"
          >{{ page.name }}</a
        >
      }
    </nav>
    <nav class="sub not-phone" [attr.aria-label]="'admin.navigation' | translate">
      @for (group of groups(); track group.name) {
        <b>{{ group.name }}</b>
        @for (line of group.lines; track line.name) {
          <a
            [routerLink]="line.path"
            [queryParams]="line.params"
            [class.on]="line.isCurrent"
            [attr.aria-current]="line.isCurrent ? 'page' : null"
          >
            <span class="ellipsis">{{ line.name }}</span>
            @if (line.count !== null) {
              <span class="count">{{ words.number(line.count) }}</span>
            }
          </a>
        }
      }
    </nav>
    <router-outlet />
  `,
  styles: `
    router-outlet {
      position: absolute;
    }
    :host {
      display: grid;
      grid-template-columns: 192px minmax(0, 1fr);
      height: 100%;
      min-height: 0;
    }
    .pages {
      display: none;
      gap: 4px;
      padding: 10px 20px 0;
      overflow-x: auto;
      white-space: nowrap;
      font-size: 13px;
    }
    .sub {
      display: flex;
      flex-direction: column;
      gap: 1px;
      padding: 16px 0 16px 20px;
      font-size: 13px;
      overflow-y: auto;
    }
    b {
      padding: 10px 10px 4px;
      font-size: 12px;
      font-weight: 550;
      color: var(--muted);
    }
    b:first-child {
      padding-top: 4px;
    }
    a {
      display: flex;
      align-items: center;
      gap: 8px;
      min-height: 30px;
      padding: 4px 10px;
      border-radius: var(--radius-control);
      line-height: 20px;
    }
    a:hover {
      background: var(--hover);
    }
    a:focus-visible {
      outline-offset: -2px;
    }
    a.on {
      background: var(--accent-soft);
      color: var(--accent);
      font-weight: 550;
      box-shadow: var(--chosen-ring);
    }
    .count {
      margin-left: auto;
      color: var(--muted);
      font-size: 12px;
      font-weight: 400;
    }
    .on .count {
      color: inherit;
    }
    @media (max-width: 1099px) {
      :host {
        grid-template-columns: minmax(0, 1fr);
      }
      .sub {
        display: none;
      }
      .pages {
        display: flex;
      }
      :host {
        grid-template-rows: auto minmax(0, 1fr);
      }
    }
    @media (max-width: 719px) {
      .pages {
        padding: 8px 12px 0;
      }
      .pages a {
        min-height: 44px;
      }
      :host {
        height: auto;
        min-height: 100%;
      }
    }
  `,
})
export class AdminFrame {
  private readonly catalogue = inject(Catalogue);
  private readonly session = inject(Session);
  private readonly params = toSignal(inject(ActivatedRoute).queryParamMap);
  protected readonly words = inject(AdminWords);

  private readonly router = inject(Router);
  private readonly navigated = toSignal(this.router.events.pipe(filter((it) => it instanceof NavigationEnd)));
  protected readonly path = computed(() => (this.navigated()?.urlAfterRedirects ?? this.router.url).split('?')[0]);
  /** Those the person has a use for: who manages one place only has fewer. */
  protected readonly pages = computed(() => {
    const manages = this.session.may('resource:manage');
    const managesAll = this.session.mayEverywhere('resource:manage');
    const readsRoles = this.session.may('role:read');
    return [
      { name: this.words.text('admin.page'), path: RESOURCES, isOffered: manages },
      { name: this.words.text('admin.types.title'), path: TYPES, isOffered: managesAll },
      { name: this.words.text('admin.rulesPage.title'), path: RULES, isOffered: managesAll },
      { name: this.words.text('admin.nav.quotas'), path: QUOTAS, isOffered: this.session.may('quota:manage') },
      { name: this.words.text('admin.nav.users'), path: USERS, isOffered: this.session.may('user:manage') },
      {
        name: this.words.text('admin.nav.groups'),
        path: GROUPS,
        isOffered: this.session.may('group:manage') || (this.session.user()?.decidesMembership ?? false),
      },
      { name: this.words.text('admin.nav.roles'), path: ROLES, isOffered: this.session.mayEverywhere('role:read') },
      { name: this.words.text('admin.nav.delegation'), path: DELEGATION, isOffered: readsRoles },
      { name: this.words.text('admin.nav.explain'), path: EXPLAIN, isOffered: readsRoles },
      { name: this.words.text('admin.nav.clients'), path: CLIENTS, isOffered: this.session.may('client:manage') },
      { name: this.words.text('admin.nav.webhooks'), path: WEBHOOKS, isOffered: this.session.may('webhook:manage') },
      { name: this.words.text('admin.nav.providers'), path: PROVIDERS, isOffered: this.session.mayEverywhere('organization:manage') },
      { name: this.words.text('admin.nav.security'), path: SECURITY, isOffered: this.session.mayEverywhere('organization:manage') },
      { name: this.words.text('admin.nav.audit'), path: AUDIT, isOffered: this.session.may('audit:read') },
      { name: this.words.text('admin.system.page'), path: SYSTEM, isOffered: this.session.may('system:read') },
    ].filter((it) => it.isOffered);
  });

  protected readonly groups = computed<readonly { readonly name: string; readonly lines: readonly Line[] }[]>(() => {
    const { types, sites } = { types: this.catalogue.types(), sites: this.catalogue.sites() };
    const isOfPlaces = this.session.isOfPlaces();
    const everything = types.reduce((sum, it) => sum + it.resourceCount, 0);
    const isFiltered = ['type', 'site', 'floor', 'tag', 'status', 'seats', 'q'].some((it) => this.params()?.has(it));
    return [
      {
        name: this.words.text('admin.nav.things'),
        lines: [
          {
            name: this.words.text('admin.page'),
            path: RESOURCES,
            params: {},
            count: isOfPlaces ? null : everything,
            isCurrent: this.path() === RESOURCES && !isFiltered,
          },
        ],
      },
      {
        name: this.words.text('admin.nav.booking'),
        lines: [...this.plain(TYPES).map((it) => ({ ...it, count: types.length })), ...this.plain(RULES), ...this.plain(QUOTAS)],
      },
      {
        name: this.words.text('admin.nav.people'),
        lines: [USERS, GROUPS, ROLES, DELEGATION, EXPLAIN, PROVIDERS].flatMap((it) => this.plain(it)),
      },
      // Types are counted in the whole organization.
      {
        name: this.words.text('admin.nav.types'),
        lines: (isOfPlaces ? [] : types).filter((it) => it.resourceCount > 0).map((it) => this.line('type', it)),
      },
      { name: this.words.text('admin.nav.sites'), lines: sites.map((it) => this.line('site', it)) },
      {
        name: this.words.text('admin.nav.installation'),
        lines: [CLIENTS, WEBHOOKS, SECURITY, AUDIT, SYSTEM].flatMap((it) => this.plain(it)),
      },
    ].filter((it) => it.lines.length > 0);
  });

  constructor() {
    void this.catalogue.load();
  }

  /** Whether a page is shown, or what lies below it. */
  protected isOn(path: string): boolean {
    return `${this.path()}/`.startsWith(`${path}/`);
  }

  /** The page of a path, as a line without a count. */
  private plain(path: string): Line[] {
    return this.pages()
      .filter((it) => it.path === path)
      .map((it) => ({ ...it, params: {}, count: null, isCurrent: this.isOn(path) }));
  }

  private line(
    param: 'type' | 'site',
    { id, name, resourceCount }: { readonly id: string; readonly name: string; readonly resourceCount: number },
  ): Line {
    const isCurrent = this.path() === RESOURCES && this.params()?.get(param) === id;
    return { name, path: RESOURCES, params: { [param]: id }, count: resourceCount, isCurrent };
  }
}
