import words from '@zxcvbn-ts/language-common/src/passwords.json' with { type: 'json' };

/** Some 49,000 words of the list that ships with zxcvbn-ts (MIT): what leaked passwords are made of. */
const common: ReadonlySet<string> = new Set(words);

/** Whether many people use a word as their password. @param word in small letters */
export const isCommonPassword = (word: string): boolean => common.has(word);
