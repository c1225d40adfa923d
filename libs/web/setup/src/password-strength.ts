/** How long a password would stand against guessing, in words. Advice only, never a wall. */
export type Strength = 'none' | 'weak' | 'fair' | 'good';

const common = [
  'password',
  'passwort',
  'qwerty',
  'azerty',
  'letmein',
  'welcome',
  'admin',
  'berth',
  '123456',
  'iloveyou',
  'contraseña',
  'motdepasse',
];

/**
 * Rates by length, variety and what is easily guessed.
 * @param about words of the person and the organization, which are poor passwords
 */
export function strengthOf(password: string, about: readonly string[] = []): Strength {
  if (password === '') return 'none';
  const lower = password.toLowerCase();
  const guessable = [...common, ...about.map((it) => it.toLowerCase()).filter((it) => it.length > 3)];
  const rest = guessable.reduce((left, word) => left.replaceAll(word, ''), lower);
  const different = new Set(rest).size;
  if (rest.length < 8 || different < 5) return 'weak';
  return rest.length >= 14 || (rest.length >= 11 && different >= 9) ? 'good' : 'fair';
}
