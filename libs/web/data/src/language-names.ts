import type { Language } from './languages';

/** Each language in its own words, as people look for it. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', es: 'Español', fr: 'Français', de: 'Deutsch' };
