import { Component, computed, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, RouterLink, RouterOutlet } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from './admin-words';
import { Catalogue } from './data/catalogue';

/** One line of the navigation at the left. */
interface Line {
  readonly name: string;
  readonly params: Readonly<Record<string, string>>;
  readonly count: number;
  readonly isCurrent: boolean;
}

/** What administration has, at the left: all resources, and the same by type and by site. */
@Component({
  selector: 'berth-admin-frame',
  imports: [RouterLink, RouterOutlet, TranslatePipe],
  template: `
    <nav class="sub not-phone" [attr.aria-label]="'admin.navigation' | translate">
      @for (group of groups(); track group.name) {
        <b>{{ group.name }}</b>
        @for (line of group.lines; track line.name) {
          <a
            routerLink="/admin/resources"
            [queryParams]="line.params"
            [class.on]="line.isCurrent"
            [attr.aria-current]="line.isCurrent ? 'page' : null"
          >
            <span class="ellipsis">{{ line.name }}</span>
            <span class="count">{{ words.number(line.count) }}</span>
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
  private readonly params = toSignal(inject(ActivatedRoute).queryParamMap);
  protected readonly words = inject(AdminWords);

  protected readonly groups = computed(() => {
    const { types, sites } = { types: this.catalogue.types(), sites: this.catalogue.sites() };
    const everything = types.reduce((sum, it) => sum + it.resourceCount, 0);
    const isFiltered = ['type', 'site', 'floor', 'tag', 'status', 'seats', 'q'].some((it) => this.params()?.has(it));
    return [
      {
        name: this.words.text('admin.nav.things'),
        lines: [{ name: this.words.text('admin.page'), params: {}, count: everything, isCurrent: !isFiltered }],
      },
      { name: this.words.text('admin.nav.types'), lines: types.filter((it) => it.resourceCount > 0).map((it) => this.line('type', it)) },
      { name: this.words.text('admin.nav.sites'), lines: sites.map((it) => this.line('site', it)) },
    ].filter((it) => it.lines.length > 0);
  });

  constructor() {
    void this.catalogue.load();
  }

  private line(
    param: 'type' | 'site',
    { id, name, resourceCount }: { readonly id: string; readonly name: string; readonly resourceCount: number },
  ): Line {
    return { name, params: { [param]: id }, count: resourceCount, isCurrent: this.params()?.get(param) === id };
  }
}
