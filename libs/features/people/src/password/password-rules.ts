/** `standard` follows NIST SP 800-63B: length and no guessable words. `composition` asks for kinds of characters. */
export const passwordPresets = ['standard', 'composition'] as const;
export type PasswordPreset = (typeof passwordPresets)[number];

export const passwordRules = [
  ...['too-short', 'too-long', 'common', 'about-you', 'repetitive', 'sequence'],
  ...['needs-upper', 'needs-lower', 'needs-digit', 'needs-special', 'has-username'],
] as const;

/** A rule a password breaks, with what a sentence about it needs. */
export interface BrokenPasswordRule {
  readonly rule: string;
  readonly params: Readonly<Record<string, string | number>>;
  /** English, for those who have no translation. */
  readonly detail: string;
}

/** Whose password it is to be. */
export interface PasswordOwner {
  readonly username: string;
  /** E-mail address, display name, name of the organization: what somebody who knows the person tries first. */
  readonly about: readonly string[];
}

/** Fewest characters, by preset. */
export const PASSWORD_MIN: Readonly<Record<PasswordPreset, number>> = { standard: 12, composition: 8 };
/** Most, in UTF-16 units; nothing is cut off. */
export const PASSWORD_MAX = 256;
/** What has to be left of a password without the words about its owner. */
const LEFT_MIN = 8;
const WORD_MIN = 4;
/** A common word with so much put before and after it is still that word. */
const TRIMMED_MAX = 6;

/**
 * The rules a password breaks, in a fixed order; empty when it may be taken. Counted in characters after NFC, the form
 * in which it is hashed.
 * @param isCommon whether a word, in small letters, is one that many people use
 */
export function brokenPasswordRules(
  password: string,
  preset: PasswordPreset,
  owner: PasswordOwner,
  isCommon: (word: string) => boolean,
): BrokenPasswordRule[] {
  const text = password.normalize('NFC');
  const lengths = brokenLengths(text, PASSWORD_MIN[preset]);
  return [...lengths, ...(preset === 'composition' ? brokenComposition(text, owner) : brokenGuesses(text, owner, isCommon))];
}

function brokenLengths(text: string, min: number): BrokenPasswordRule[] {
  if ([...text].length < min) return [{ rule: 'too-short', params: { min }, detail: `takes at least ${min} characters` }];
  if (text.length > PASSWORD_MAX)
    return [{ rule: 'too-long', params: { max: PASSWORD_MAX }, detail: `takes at most ${PASSWORD_MAX} characters` }];
  return [];
}

function brokenComposition(text: string, { username }: PasswordOwner): BrokenPasswordRule[] {
  const kinds: readonly (readonly [string, RegExp, string])[] = [
    ['needs-upper', /\p{Lu}/u, 'needs a capital letter'],
    ['needs-lower', /\p{Ll}/u, 'needs a small letter'],
    ['needs-digit', /\p{Nd}/u, 'needs a digit'],
    ['needs-special', /[^\p{L}\p{N}]/u, 'needs a character that is neither letter nor digit'],
  ];
  const broken = kinds.filter(([, pattern]) => !pattern.test(text)).map(([rule, , detail]) => ({ rule, params: {}, detail }));
  const hasName = username !== '' && text.toLowerCase().includes(username.toLowerCase());
  return hasName ? [...broken, { rule: 'has-username', params: {}, detail: 'must not have the user name in it' }] : broken;
}

function brokenGuesses(text: string, owner: PasswordOwner, isCommon: (word: string) => boolean): BrokenPasswordRule[] {
  const lower = text.toLowerCase();
  const unit = repeatedUnit(lower);
  if (formsOf(lower).some(isCommon) || formsOf(unit).some(isCommon))
    return [{ rule: 'common', params: {}, detail: 'is one that many people use' }];
  if (new Set(lower).size < 4 || (unit.length <= WORD_MIN && unit !== lower))
    return [{ rule: 'repetitive', params: {}, detail: 'repeats the same few characters' }];
  if (isSequence(lower)) return [{ rule: 'sequence', params: {}, detail: 'is a row of neighbours of the alphabet or the keyboard' }];
  const word = wordsAbout(owner).find((it) => lower.includes(it));
  const left = wordsAbout(owner).reduce((rest, it) => rest.replaceAll(it, ''), lower);
  return word !== undefined && [...left].length < LEFT_MIN
    ? [{ rule: 'about-you', params: { word }, detail: `is little more than “${word}”, which is about you` }]
    : [];
}

/** How one word is written by those who want to look clever: other signs for letters, some before, some after. */
function formsOf(lower: string): string[] {
  const ends = [lower, trimmed(lower, /[^\p{L}]+$/gu), trimmed(lower, /^[^\p{L}]+|[^\p{L}]+$/gu)];
  return ends.filter((it) => it.length >= WORD_MIN).flatMap((it) => [it, it.replace(/[0134578@$!|]/g, (sign) => LOOKALIKES[sign] ?? sign)]);
}

const LOOKALIKES: Readonly<Record<string, string>> = {
  ...{ '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '8': 'b', '@': 'a', $: 's', '!': 'i', '|': 'l' },
};

/** Without the digits and signs at its ends, where those are few. */
function trimmed(text: string, ends: RegExp): string {
  const core = text.replace(ends, '');
  return text.length - core.length <= TRIMMED_MAX ? core : text;
}

/** The shortest beginning that, repeated, gives the text: `abab` → `ab`; the text itself where it does not repeat. */
function repeatedUnit(text: string): string {
  // A text that repeats is found in itself doubled, before its own end (the classic string rotation argument).
  const at = (text + text).indexOf(text, 1);
  return at < text.length ? text.slice(0, at) : text;
}

const KEYBOARD = ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'qwertzuiop', 'yxcvbnm', 'azertyuiop', 'qsdfghjklm', 'wxcvbn'];

/** Whether nearly every character is the neighbour of the one before it, in the alphabet or on a row of keys. */
function isSequence(lower: string): boolean {
  const characters = [...lower];
  const steps = characters.slice(1).filter((it, i) => areNeighbours(characters[i] ?? '', it)).length;
  return steps >= (characters.length - 1) * 0.75;
}

function areNeighbours(a: string, b: string): boolean {
  if (Math.abs((a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0)) <= 1) return true;
  return KEYBOARD.some((row) => row.includes(a) && row.includes(b) && Math.abs(row.indexOf(a) - row.indexOf(b)) === 1);
}

const wordsAbout = ({ username, about }: PasswordOwner): string[] =>
  [username, ...about, 'berth']
    .flatMap((it) => [it, ...it.split(/[^\p{L}\p{N}]+/u)])
    .map((it) => it.normalize('NFC').toLowerCase())
    .filter((it) => [...it].length >= WORD_MIN)
    .sort((a, b) => b.length - a.length);
