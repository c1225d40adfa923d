import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { PreferencesStore, Session, apiUrl, languageNames, languages } from '@berth/web/data';
import { quickBook, type IconName } from '@berth/web/ui';
import { TranslateService } from '@ngx-translate/core';
import { firstValueFrom } from 'rxjs';
import { destinations, isOffered } from '../destinations';

/** One line of the palette; named by a translation key (`label`) or by plain text. */
export interface PaletteEntry {
  readonly id: string;
  readonly group: 'recent' | 'page' | 'command' | 'resource';
  readonly icon: IconName;
  readonly label?: string;
  readonly text?: string;
  readonly hint?: string;
  readonly combo?: string;
  readonly url?: string;
  readonly run?: () => void;
  /** The resource behind the entry; choosing it opens the booking dialog. */
  readonly resource?: { readonly id: string; readonly name: string };
}

interface FoundResource {
  readonly id: string;
  readonly name: string;
  readonly type: { readonly name: string } | null;
  readonly site: { readonly name: string } | null;
  readonly floor: { readonly name: string } | null;
}

/** What was chosen last; pages by their entry's id, resources with what is needed to show them again. */
interface Recent {
  readonly id: string;
  readonly resource?: { readonly id: string; readonly name: string };
  readonly hint?: string;
}

const keptRecents = 5;

/** What the palette can offer: from memory at once, from the server a moment later. */
@Injectable({ providedIn: 'root' })
export class PaletteEntries {
  private readonly http = inject(HttpClient);
  private readonly session = inject(Session);
  private readonly preferences = inject(PreferencesStore);
  private readonly translate = inject(TranslateService);
  private readonly book = inject(quickBook, { optional: true });

  /** Recents first, then pages and commands whose name has every word of the query. */
  local(query: string): PaletteEntry[] {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const entries = [...this.recents(), ...this.pages(), ...this.commands()];
    const seen = new Set<string>();
    return entries.filter((it) => {
      const name = `${it.text ?? String(this.translate.instant(it.label ?? ''))} ${it.hint ?? ''}`.toLowerCase();
      const fits = words.every((word) => name.includes(word)) && !seen.has(it.id);
      if (fits) seen.add(it.id);
      return fits;
    });
  }

  /** Resources the server finds; none when it cannot be reached. */
  async fromServer(query: string): Promise<PaletteEntry[]> {
    const answer = await firstValueFrom(
      this.http.get<{ data: FoundResource[] }>(apiUrl('/resources'), { params: { q: query, limit: 8 } }),
    ).catch(() => ({ data: [] }));
    return answer.data.map((it) => this.resourceEntry(it, [it.type?.name, it.site?.name, it.floor?.name].filter(Boolean).join(' · ')));
  }

  /** Puts a page or resource in front of what this person used last on this device. */
  remember({ id, url, resource, hint }: PaletteEntry): void {
    if (url === undefined && resource === undefined) return;
    const recent: Recent = resource === undefined ? { id } : { id, resource, ...(hint === undefined ? {} : { hint }) };
    const kept = [recent, ...this.stored().filter((it) => it.id !== id)].slice(0, keptRecents);
    localStorage.setItem(this.recentKey(), JSON.stringify(kept));
  }

  private recents(): PaletteEntry[] {
    const pages = this.pages();
    return this.stored().flatMap(({ id, resource, hint }): PaletteEntry[] => {
      if (resource !== undefined) return [{ ...this.resourceEntry(resource, hint ?? ''), group: 'recent' }];
      const page = pages.find((it) => it.id === id);
      return page === undefined ? [] : [{ ...page, group: 'recent' }];
    });
  }

  private resourceEntry({ id, name }: { readonly id: string; readonly name: string }, hint: string): PaletteEntry {
    const resource = { id, name };
    return { id: `resource:${id}`, group: 'resource', icon: 'box', text: name, hint, resource, run: () => this.book?.(resource) };
  }

  private pages(): PaletteEntry[] {
    return destinations
      .filter((it) => isOffered(it, this.session))
      .map((it) => ({
        id: `page:${it.path}`,
        group: 'page',
        icon: it.icon,
        label: it.label,
        url: it.path,
        ...(it.combo ? { combo: it.combo } : {}),
      }));
  }

  private commands(): PaletteEntry[] {
    const book = this.book;
    const dark = this.preferences.theme() === 'dark';
    return [
      ...(book === null ? [] : [command('book', 'calendar-plus', 'palette.book', () => book(), 'c')]),
      dark
        ? command('light', 'sun', 'palette.light', () => void this.preferences.change({ theme: 'light' }))
        : command('dark', 'moon', 'palette.dark', () => void this.preferences.change({ theme: 'dark' })),
      ...languages
        .filter((it) => it !== this.preferences.language())
        .map((language): PaletteEntry => ({
          id: `language:${language}`,
          group: 'command',
          icon: 'languages',
          text: languageNames[language],
          hint: String(this.translate.instant('shell.language')),
          run: () => void this.preferences.change({ language }),
        })),
      command(
        'sign-out',
        'log-out',
        'shell.signOut',
        () => void this.session.signOut().then((there) => location.assign(there ?? '/login')),
      ),
    ];
  }

  private recentKey(): string {
    return `berth.recent.${this.session.user()?.id ?? ''}`;
  }

  private stored(): Recent[] {
    try {
      return JSON.parse(localStorage.getItem(this.recentKey()) ?? '[]') as Recent[];
    } catch {
      return [];
    }
  }
}

function command(id: string, icon: IconName, label: string, run: () => void, combo?: string): PaletteEntry {
  return { id: `command:${id}`, group: 'command', icon, label, run, ...(combo === undefined ? {} : { combo }) };
}
