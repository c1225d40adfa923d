import { type Letter, letterLanguageOf, type PublicLinks, words } from '@berth/platform/mail';
import de from './messages/de.json' with { type: 'json' };
import en from './messages/en.json' with { type: 'json' };
import es from './messages/es.json' with { type: 'json' };
import fr from './messages/fr.json' with { type: 'json' };

const messages = { en, es, fr, de };

/** What accounts are written about. */
export type LetterKind = keyof typeof en;

/** Pages of the console a letter leads to; the token follows after `#`. */
const pages: Readonly<Partial<Record<LetterKind, `/${string}`>>> = {
  invitation: '/account/invitation',
  registration: '/account/registration',
  alreadyRegistered: '/login',
  usernameTaken: '/login/register',
  passwordReset: '/account/password',
  emailChange: '/account/email',
  passwordChanged: '/login/forgot',
  recoveryCodeUsed: '/login/forgot',
};

/** The link of a letter, also for handing over by hand. */
export const linkOf = (links: PublicLinks, kind: LetterKind, token?: string): string => links.to(pages[kind] ?? '/', token);

/** A letter in a language, with its values and, where it has one, its link. */
export function letterOf(
  kind: LetterKind,
  language: string,
  values: Readonly<Record<string, string>> & { readonly organization: string },
  link?: string,
): Letter {
  const known = letterLanguageOf(language);
  const say: { subject: string; text: readonly string[]; action?: string; notes: readonly string[] } = messages[known][kind];
  const fill = (sentence: string): string => words(sentence, values);
  return {
    language: known,
    subject: fill(say.subject),
    paragraphs: say.text.map(fill),
    ...(say.action && link && { action: { label: fill(say.action), link } }),
    notes: say.notes.map(fill),
    sender: values.organization,
  };
}
