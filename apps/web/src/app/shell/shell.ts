import { CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, DestroyRef, DOCUMENT, type ElementRef, computed, effect, inject, signal, viewChild } from '@angular/core';
import { Router, RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { LiveUpdates, PendingApprovals, Session, Sites } from '@berth/web/data';
import { Dialogs, Icon, Keys, LiveDot, quickBook, Select, Toasts, Tooltip } from '@berth/web/ui';
import { TranslatePipe, TranslateService } from '@ngx-translate/core';
import { destinations, isOffered } from '../destinations';
import { DemoBanner } from './demo-banner';
import { HelpSheet } from './help-sheet';
import { JobChip } from './job-chip';
import { MoreSheet } from './more-sheet';
import { NotificationBell } from './notification-bell';
import { OfferPill } from './offer-pill';
import { Palette } from './palette';
import { SignInAgain } from './sign-in-again';
import { StandInBanner } from './stand-in-banner';
import { UserMenu } from './user-menu';

const pinnedKey = 'berth.rail.pinned';

/** The frame of every signed-in screen: rail, top bar, the screen, toasts; a bottom bar on a phone. */
@Component({
  selector: 'berth-shell',
  imports: [
    RouterOutlet,
    RouterLink,
    RouterLinkActive,
    TranslatePipe,
    CdkMenuTrigger,
    DemoBanner,
    JobChip,
    LiveDot,
    NotificationBell,
    OfferPill,
    Select,
    StandInBanner,
    Tooltip,
    UserMenu,
    Icon,
  ],
  templateUrl: './shell.html',
  styleUrl: './shell.css',
  host: { '[class.pinned]': 'pinned()' },
})
export class Shell {
  private readonly router = inject(Router);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly translate = inject(TranslateService);
  private readonly find = viewChild.required<ElementRef<HTMLElement>>('find');
  private readonly main = viewChild.required<ElementRef<HTMLElement>>('main');
  protected readonly session = inject(Session);
  protected readonly live = inject(LiveUpdates);
  protected readonly pending = inject(PendingApprovals);
  protected readonly sites = inject(Sites);
  protected readonly book = inject(quickBook, { optional: true });

  protected readonly pinned = signal(localStorage.getItem(pinnedKey) === 'yes');
  protected readonly places = computed(() =>
    destinations
      .filter((it) => !it.isOffRail)
      .filter((it) => isOffered(it, this.session))
      .filter((it) => !it.countsApprovals || this.pending.total() > 0 || this.session.may('approval:manage')),
  );
  /** What only some may see stands at the foot; the first of it is pushed down there. */
  protected readonly firstAtFoot = computed(() => this.places().find((it) => it.permission ?? it.isForManagers));
  protected readonly commandKey = /Mac|iP(hone|ad)/.test(navigator.platform) ? '⌘K' : 'Ctrl K';
  protected readonly siteOptions = computed(() => {
    this.translate.currentLang();
    const all = { value: null, label: String(this.translate.instant('shell.allSites')) };
    return [all, ...this.sites.all().map((it) => ({ value: it.id, label: it.name, hint: it.countryCode }))];
  });
  protected readonly initials = computed(() => initials(this.session.user()?.displayName ?? ''));

  constructor() {
    this.live.start();
    void this.sites.load();
    const unfollow = this.pending.follow();
    const withdraw = inject(Keys).offer(...this.shortcuts());
    const ending = this.listenForPalette(inject(DOCUMENT));
    effect(() => {
      if (this.session.needsSignIn()) this.dialogs.open(SignInAgain, { size: 'narrow', staysOpen: true });
    });
    inject(DestroyRef).onDestroy(() => {
      withdraw();
      ending();
      unfollow();
      this.live.stop();
    });
  }

  protected togglePin(): void {
    this.pinned.update((it) => !it);
    localStorage.setItem(pinnedKey, this.pinned() ? 'yes' : 'no');
  }

  protected skipToMain(event: Event): void {
    event.preventDefault();
    this.main().nativeElement.focus();
  }

  protected openPalette(): void {
    this.dialogs.open(Palette, { over: this.find().nativeElement });
  }

  protected openHelp(): void {
    this.dialogs.open(HelpSheet);
  }

  protected openMore(): void {
    this.dialogs.openSheet(MoreSheet);
  }

  private shortcuts() {
    const book = this.book;
    return [
      ...destinations
        .filter((it) => it.combo !== undefined)
        .map((it) => ({ combo: it.combo!, label: it.label, group: 'global' as const, run: () => void this.router.navigateByUrl(it.path) })),
      ...(book === null ? [] : [{ combo: 'c', label: 'shell.keys.book', group: 'global' as const, run: () => book() }]),
      { combo: 'z', label: 'shell.keys.undo', group: 'global' as const, run: () => void this.toasts.undoLatest() },
      { combo: '?', label: 'shell.keys.help', group: 'global' as const, run: () => this.openHelp() },
    ];
  }

  private listenForPalette(document: Document): () => void {
    const open = (event: KeyboardEvent): void => {
      if (!(event.metaKey || event.ctrlKey) || event.altKey || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      if (document.querySelector('.cdk-dialog-container') === null) this.openPalette();
    };
    document.addEventListener('keydown', open);
    return () => document.removeEventListener('keydown', open);
  }
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((it) => it?.[0] ?? '')
    .join('')
    .toUpperCase();
}
