import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { PreferencesStore, Session, apiUrl, languageNames, languages } from '@berth/web/data';
import { quickBook, type IconName } from '@berth/web/ui';
import { TranslateService } from '@ngx-translate/core';
import { firstValueFrom } from 'rxjs';
import { destinations } from '../destinations';

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
}

interface FoundResource {
  readonly id: string;
  readonly name: string;
  readonly type: { readonly name: string } | null;
  readonly site: { readonly name: string } | null;
  readonly floor: { readonly name: string } | null;
}

interface Recent {
  readonly id: string;
  readonly text?: string;
  readonly hint?: string;
  readonly url: string;
}

const recentKey = 'berth.recent';
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
    return answer.data.map((it) => ({
      id: `resource:${it.id}`,
      group: 'resource',
      icon: 'box',
      text: it.name,
      hint: [it.type?.name, it.site?.name, it.floor?.name].filter(Boolean).join(' · '),
      url: `/timeline?q=${encodeURIComponent(it.name)}`,
    }));
  }

  /** Puts an entry that leads somewhere in front of the recents of this device. */
  remember(entry: PaletteEntry): void {
    if (entry.url === undefined) return;
    const recent: Recent = {
      id: entry.id,
      url: entry.url,
      ...(entry.text ? { text: entry.text } : {}),
      ...(entry.hint ? { hint: entry.hint } : {}),
    };
    const kept = [recent, ...this.stored().filter((it) => it.id !== entry.id)].slice(0, keptRecents);
    localStorage.setItem(recentKey, JSON.stringify(kept));
  }

  private recents(): PaletteEntry[] {
    return this.stored().flatMap((it): PaletteEntry[] => {
      const page = this.pages().find((known) => known.id === it.id);
      if (page !== undefined) return [{ ...page, group: 'recent' }];
      return it.text === undefined ? [] : [{ ...it, group: 'recent', icon: 'box' }];
    });
  }

  private pages(): PaletteEntry[] {
    return destinations
      .filter((it) => !it.permission || this.session.may(it.permission))
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
      command('sign-out', 'log-out', 'shell.signOut', () => void this.session.signOut().then(() => location.assign('/login'))),
    ];
  }

  private stored(): Recent[] {
    try {
      return JSON.parse(localStorage.getItem(recentKey) ?? '[]') as Recent[];
    } catch {
      return [];
    }
  }
}

function command(id: string, icon: IconName, label: string, run: () => void, combo?: string): PaletteEntry {
  return { id: `command:${id}`, group: 'command', icon, label, run, ...(combo === undefined ? {} : { combo }) };
}
