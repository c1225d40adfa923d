/** Lower case without accents, with as many characters as before, so that places in one are places in the other. */
export function plain(text: string): string {
  return Array.from(text, plainCharacter).join('');
}

function plainCharacter(character: string): string {
  const bare = character.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return bare.length === character.length ? bare : character;
}

/** A text as a part of a regular expression. */
export const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
