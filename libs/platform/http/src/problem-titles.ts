import { problems, type ProblemCode } from '@berth/contracts';
import de from './messages/de.json' with { type: 'json' };
import es from './messages/es.json' with { type: 'json' };
import fr from './messages/fr.json' with { type: 'json' };

const translated: Readonly<Record<string, Readonly<Record<string, string>>>> = { de, es, fr };

/** The title of a problem; English where a language has none. */
export const titleOf = (code: ProblemCode, language: string): string => translated[language]?.[code] ?? problems[code].title;

/** The first language of `Accept-Language` (RFC 9110 §12.5.4) that Berth speaks. */
export function languageOf(header: string | undefined): string {
  const wanted = (header ?? '')
    .split(',', 20)
    .map((it) => {
      const [tag = '', q] = it.trim().split(';q=');
      return { language: tag.slice(0, 2).toLowerCase(), quality: q === undefined ? 1 : Number(q) || 0 };
    })
    .sort((a, b) => b.quality - a.quality);
  return wanted.find((it) => it.quality > 0 && (it.language === 'en' || it.language in translated))?.language ?? 'en';
}
