import { randomInt } from 'node:crypto';

/** Letters that spell no words and are not taken for one another (RFC 8628 §6.1): 20^8 codes. */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';
const LENGTH = 8;

export const newUserCode = (): string => Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');

/** As it is shown: `BCDF-GHJK`. */
export const shownUserCode = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`;

/** What somebody typed as it is kept, whatever case and separators they took. */
export const readUserCode = (typed: string): string => typed.toUpperCase().replace(/[^A-Z]/g, '');
