import { Injectable, InjectionToken, inject } from '@angular/core';
import { TranslateService, type TranslationObject } from '@ngx-translate/core';
import { firstValueFrom } from 'rxjs';
import type { Language } from './languages';

/** Fetches the texts of one part in one language; `tools/i18n/texts.mjs` tells what a part is. */
export type FetchTexts = (part: string, language: Language) => Promise<TranslationObject>;

/** Where texts come from. Without a source there are none: specs bring theirs. */
export const fetchTexts = new InjectionToken<FetchTexts>('fetchTexts', { providedIn: 'root', factory: () => () => Promise.resolve({}) });

/** The part every page has. */
const FIRST = 'first';

/**
 * What the console says, loaded in parts: what everything says with the first page, the rest with the code that says it. The language
 * changes when every part in use has been loaded in it, so that nobody sees the name of a text.
 */
@Injectable({ providedIn: 'root' })
export class Texts {
  private readonly fetch = inject(fetchTexts);
  private readonly translate = inject(TranslateService);
  private readonly inUse = new Set([FIRST]);
  private readonly fetched = new Map<string, Promise<void>>();
  private language: Language | null = null;
  private turn: Promise<void> = Promise.resolve();

  /**
   * Changes the language, one change after the other.
   * @throws what the source of the texts throws; the language before stays
   */
  speak(language: Language): Promise<void> {
    const change = this.turn.then(() => this.change(language));
    this.turn = change.catch(() => undefined);
    return change;
  }

  /**
   * Loads code together with the parts it speaks by, which stay in use from then on.
   * @throws what loading either throws; the next call tries again
   */
  async with<T>(parts: readonly string[], load: () => Promise<T>): Promise<T> {
    const [code] = await Promise.all([load(), this.use(parts)]);
    return code;
  }

  private async use(parts: readonly string[]): Promise<void> {
    const added = parts.filter((it) => !this.inUse.has(it));
    for (const part of added) this.inUse.add(part);
    try {
      await Promise.all(parts.map((it) => this.have(it, this.language ?? 'en')));
    } catch (error) {
      // A part nobody could be shown holds no change of language back.
      for (const part of added) this.inUse.delete(part);
      throw error;
    }
  }

  private async change(language: Language): Promise<void> {
    const missing = () => [...this.inUse].filter((it) => !this.fetched.has(nameOf(it, language)));
    if (this.language === language) return;
    // Again, because a screen may have come into use meanwhile.
    do await Promise.all([...this.inUse].map((it) => this.have(it, language)));
    while (missing().length > 0);
    this.language = language;
    await firstValueFrom(this.translate.use(language));
  }

  private have(part: string, language: Language): Promise<void> {
    const name = nameOf(part, language);
    const known = this.fetched.get(name);
    if (known !== undefined) return known;
    const coming = this.fetch(part, language).then(
      (texts) => this.translate.setTranslation(language, texts, true),
      (error: unknown) => {
        this.fetched.delete(name);
        throw error;
      },
    );
    this.fetched.set(name, coming);
    return coming;
  }
}

/** For a route: its code, and the texts its screens speak by. */
export function speaking<T>(parts: readonly string[], load: () => Promise<T>): () => Promise<T> {
  return () => inject(Texts).with(parts, load);
}

function nameOf(part: string, language: Language): string {
  return `${part}.${language}`;
}
