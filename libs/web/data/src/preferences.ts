import { HttpClient } from '@angular/common/http';
import { DOCUMENT, Injectable, computed, inject, signal } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { apiUrl } from './api-url';
import { languages, type Language } from './languages';
import { toProblem } from './problem';
import { Texts } from './texts';

/** How the console may look; `system` goes by the device, its wish for more contrast included. */
export const themes = ['system', 'light', 'dark', 'high-contrast'] as const;
export type Theme = (typeof themes)[number];
export type Density = 'comfortable' | 'default' | 'compact';
export type HourCycle = 'h23' | 'h12';
/** Order of day, month and year; `language` writes as the language does. */
export type DateOrder = 'language' | 'dmy' | 'mdy' | 'ymd';

/** Who reads the name on what one booked; `groups` is who is in a group with one. */
export const nameAudiences = ['everyone', 'groups', 'nobody'] as const;
export type NameAudience = (typeof nameAudiences)[number];

/** How one person wants the console to look and speak, and to be named to others. */
export interface Preferences {
  readonly language: Language;
  readonly theme: Theme;
  readonly density: Density;
  readonly hourCycle: HourCycle;
  readonly dateOrder: DateOrder;
  /** IANA zone, or null to follow the device. */
  readonly timeZone: string | null;
  /** 1 = Monday … 7 = Sunday. */
  readonly weekStart: number;
  readonly defaultSiteId: string | null;
  /** How long a booking is for which nobody says it. */
  readonly defaultDurationMinutes: number;
  /** Whether single-key shortcuts work. */
  readonly shortcuts: boolean;
  readonly nameShownTo: NameAudience;
}

const storageKey = 'berth.preferences';
const moreContrast = '(prefers-contrast: more)';

/** Applies preferences at once, keeps them on the device and, when someone is signed in, with the account. */
@Injectable({ providedIn: 'root' })
export class PreferencesStore {
  private readonly document = inject(DOCUMENT);
  private readonly texts = inject(Texts);
  private readonly http = inject(HttpClient);
  private readonly current = signal<Preferences>(this.initial());
  private account = false;

  readonly value = this.current.asReadonly();
  readonly language = computed(() => this.current().language);
  readonly theme = computed(() => this.current().theme);
  readonly density = computed(() => this.current().density);
  readonly hourCycle = computed(() => this.current().hourCycle);
  readonly dateOrder = computed(() => this.current().dateOrder);
  readonly shortcuts = computed(() => this.current().shortcuts);
  readonly weekStart = computed(() => this.current().weekStart);
  /** The zone the person reads times in: the chosen one or the device's. */
  readonly timeZone = computed(() => this.current().timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone);

  /** Loads the first language; the console shows nothing before its words are there. */
  async start(): Promise<void> {
    await this.texts.speak(this.language());
    this.document.defaultView?.matchMedia(moreContrast).addEventListener('change', () => this.paint());
    this.apply();
  }

  /** Takes over what the account remembers, after sign-in; the language stays when its texts do not come. */
  async adopt(preferences: Partial<Preferences>): Promise<void> {
    this.account = true;
    const language = sane({ ...this.current(), ...preferences }).language;
    const spoken = await this.texts.speak(language).then(
      () => language,
      () => this.language(),
    );
    this.current.update((it) => sane({ ...it, ...preferences, language: spoken }));
    this.apply();
  }

  /** Forgets the account; what was chosen stays on this device. */
  release(): void {
    this.account = false;
  }

  /**
   * Changes some of them: visible at once, then saved. A failed save leaves the change on this device only.
   * @throws when the texts of another language do not come; nothing has changed then
   */
  async change(patch: Partial<Preferences>): Promise<void> {
    if (patch.language !== undefined) await this.texts.speak(patch.language);
    this.current.update((it) => sane({ ...it, ...patch }));
    this.apply();
    if (!this.account) return;
    await firstValueFrom(this.http.patch(apiUrl('/users/me/preferences'), patch)).catch((error: unknown) => {
      throw toProblem(error);
    });
  }

  private apply(): void {
    const { language, density } = this.current();
    const root = this.document.documentElement;
    root.lang = language;
    root.setAttribute('data-density', density);
    this.paint();
    remember(this.current());
  }

  /** The theme, here and in the browser's own bar. `theme.js` says the same of the last visit, before the first paint. */
  private paint(): void {
    const root = this.document.documentElement;
    const window = this.document.defaultView;
    const asDevice = window?.matchMedia(moreContrast).matches ? 'high-contrast' : null;
    const shown = this.theme() === 'system' ? asDevice : this.theme();
    if (shown === null) root.removeAttribute('data-theme');
    else root.setAttribute('data-theme', shown);
    // As the token says it: a colour on its way to another one would be told as the one it was.
    const canvas = /^light-dark\(([^,]+),\s*([^,]+)\)$/.exec(window?.getComputedStyle(root).getPropertyValue('--canvas').trim() ?? '');
    if (canvas === null) return;
    for (const meta of this.document.querySelectorAll('meta[name="theme-color"]')) {
      const isDark = shown === 'dark' || (shown !== 'light' && (meta.getAttribute('media')?.includes('dark') ?? false));
      meta.setAttribute('content', canvas[isDark ? 2 : 1] ?? '');
    }
  }

  private initial(): Preferences {
    const browser = this.document.defaultView?.navigator.language ?? 'en';
    return sane({
      language: browser.slice(0, 2) as Language,
      theme: 'system',
      density: 'default',
      hourCycle: prefers12Hours(browser) ? 'h12' : 'h23',
      dateOrder: 'language',
      timeZone: null,
      weekStart: 1,
      defaultSiteId: null,
      defaultDurationMinutes: 60,
      shortcuts: true,
      nameShownTo: 'everyone',
      ...recall(),
    });
  }
}

function sane(preferences: Preferences): Preferences {
  return languages.includes(preferences.language) ? preferences : { ...preferences, language: 'en' };
}

function prefers12Hours(locale: string): boolean {
  return new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions().hourCycle?.startsWith('h1') ?? false;
}

function recall(): Partial<Preferences> {
  try {
    return JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Partial<Preferences>;
  } catch {
    return {};
  }
}

function remember(preferences: Preferences): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(preferences));
  } catch {
    // Storage may be full or forbidden; the preference then lives as long as the page.
  }
}
