import english from '../i18n/en.json';

/** The English words of the sheet, for specs of screens that import. */
export const importTexts = english;
