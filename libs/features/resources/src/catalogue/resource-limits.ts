/** How much a resource can carry; the same through every door. Lengths are in characters. */
export const limits = {
  name: 200,
  description: 5000,
  location: 500,
  externalId: 200,
  reason: 500,
  tag: 64,
  tags: 50,
  capacity: 1_000_000,
  units: 1000,
} as const;

/** The tags once each: two that differ in capital letters only are one. */
export function distinctTags(tags: readonly string[]): string[] {
  const seen = new Map<string, string>();
  for (const tag of tags) if (!seen.has(tag.toLowerCase())) seen.set(tag.toLowerCase(), tag);
  return [...seen.values()];
}
