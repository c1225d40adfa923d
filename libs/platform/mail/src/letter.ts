export const letterLanguages = ['en', 'es', 'fr', 'de'] as const;
export type LetterLanguage = (typeof letterLanguages)[number];

/** What a letter says: plain text throughout. How it looks, and that nothing in it is taken for markup, is `renderLetter`'s. */
export interface Letter {
  readonly language: LetterLanguage;
  readonly subject: string;
  /** Before what it asks for. */
  readonly paragraphs: readonly string[];
  /** The one thing to do; the link comes from `PublicLinks`. */
  readonly action?: { readonly label: string; readonly link: string };
  /** Other things that can be done instead. */
  readonly more?: readonly { readonly label: string; readonly link: string }[];
  /** An invitation or its cancellation (RFC 5546), as text of iCalendar. */
  readonly calendar?: { readonly method: 'REQUEST' | 'CANCEL'; readonly content: string };
  /** Address that takes a POST of who wants no more such letters (RFC 8058). */
  readonly unsubscribe?: string;
  /** Small print: how long the link is good, and what to do when one did not ask for it. */
  readonly notes: readonly string[];
  /** Who writes: the organization. */
  readonly sender: string;
}

/** A language letters are written in; English for any other. */
export const letterLanguageOf = (language: string | null | undefined): LetterLanguage =>
  letterLanguages.find((it) => it === language) ?? 'en';

/** Puts values into a sentence: `{{name}}`. A name that has no value stays, so that a test sees it. */
export const words = (sentence: string, values: Readonly<Record<string, string>>): string =>
  sentence.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? '') : whole));
