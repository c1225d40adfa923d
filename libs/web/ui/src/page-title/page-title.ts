import { Injectable, effect, inject, signal } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { TitleStrategy, type ActivatedRouteSnapshot, type RouterStateSnapshot } from '@angular/router';
import { TranslateService } from '@ngx-translate/core';

const product = 'Berth';

/**
 * The document's title, `Thing · Section · Berth`. Route titles are translation keys; a screen may put the thing it shows in front
 * with `inject(PageTitle).thing.set('Turing')`, which lasts until the next navigation.
 */
@Injectable({ providedIn: 'root' })
export class PageTitle extends TitleStrategy {
  private readonly title = inject(Title);
  private readonly translate = inject(TranslateService);
  private readonly sections = signal<readonly string[]>([]);

  readonly thing = signal<string | null>(null);

  constructor() {
    super();
    effect(() => {
      this.translate.currentLang();
      const sections = this.sections().map((key) => String(this.translate.instant(key)));
      this.title.setTitle([this.thing(), ...sections, product].filter((it) => it !== null && it !== '').join(' · '));
    });
  }

  override updateTitle(snapshot: RouterStateSnapshot): void {
    const sections = titles(snapshot.root).reverse();
    if (sections.join() === this.sections().join()) return;
    this.thing.set(null);
    this.sections.set(sections);
  }
}

function titles(route: ActivatedRouteSnapshot): string[] {
  const own = route.title === undefined ? [] : [route.title];
  const child = route.firstChild;
  const below = child === null ? [] : titles(child);
  return own[0] === below[0] ? below : [...own, ...below];
}
