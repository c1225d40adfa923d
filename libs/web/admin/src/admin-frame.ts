import { Component, computed, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router, RouterLink, RouterOutlet } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from './admin-words';
import { Catalogue } from './data/catalogue';

const resources = '/admin/resources';
const system = '/admin/system';

/** One line of the navigation at the left. */
interface Line {
  readonly name: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  /** Null where nothing is counted. */
  readonly count: number | null;
  readonly isCurrent: boolean;
}

/** What administration has, at the left: all resources, the same by type and by site, and how the installation is doing. */
@Component({
  selector: 'berth-admin-frame',
  imports: [RouterLink, RouterOutlet, TranslatePipe],
  template: `
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
      background: color-mix(in srgb, var(--text) 5%, transparent);
    }
    a:focus-visible {
      outline-offset: -2px;
    }
    a.on {
      background: var(--accent-soft);
      color: var(--accent);
      font-weight: 550;
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
    }
    @media (max-width: 719px) {
      :host {
        height: auto;
        min-height: 100%;
      }
    }
  `,
})
export class AdminFrame {
  private readonly catalogue = inject(Catalogue);
  private readonly router = inject(Router);
  private readonly params = toSignal(inject(ActivatedRoute).queryParamMap);
  private readonly moves = toSignal(this.router.events);
  private readonly at = computed(() => (this.moves(), this.router.url.split('?')[0]));
  protected readonly words = inject(AdminWords);

  protected readonly groups = computed(() => {
    const { types, sites } = { types: this.catalogue.types(), sites: this.catalogue.sites() };
    const everything = types.reduce((sum, it) => sum + it.resourceCount, 0);
    const isSystem = this.at() === system;
    const isFiltered = ['type', 'site', 'floor', 'tag', 'status', 'seats', 'q'].some((it) => this.params()?.has(it));
    return [
      {
        name: this.words.text('admin.nav.things'),
        lines: [
          { name: this.words.text('admin.page'), path: resources, params: {}, count: everything, isCurrent: !isSystem && !isFiltered },
        ],
      },
      { name: this.words.text('admin.nav.types'), lines: types.filter((it) => it.resourceCount > 0).map((it) => this.line('type', it)) },
      { name: this.words.text('admin.nav.sites'), lines: sites.map((it) => this.line('site', it)) },
      {
        name: this.words.text('admin.nav.installation'),
        lines: [{ name: this.words.text('admin.system.page'), path: system, params: {}, count: null, isCurrent: isSystem }],
      },
    ].filter((it) => it.lines.length > 0);
  });

  constructor() {
    void this.catalogue.load();
  }

  private line(
    param: 'type' | 'site',
    { id, name, resourceCount }: { readonly id: string; readonly name: string; readonly resourceCount: number },
  ): Line {
    return { name, path: resources, params: { [param]: id }, count: resourceCount, isCurrent: this.params()?.get(param) === id };
  }
}
