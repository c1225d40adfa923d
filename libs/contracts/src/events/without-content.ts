type Facts = Readonly<Record<string, unknown>>;

/** Facts of a reservation or a series that say what it is about, not when and where it is. */
const CONTENT: ReadonlySet<string> = new Set([
  ...['title', 'description', 'customFields', 'reason', 'question', 'suggestion', 'message', 'details', 'attendees'],
]);
const CHANGES = ['previous', 'before', 'after'];

/**
 * Facts without what they are about: for those the resource does not show titles to, and of every reservation that is private.
 */
export function withoutContent(facts: Facts): Facts {
  const kept = Object.fromEntries(Object.entries(facts).filter(([name]) => !CONTENT.has(name)));
  for (const name of CHANGES) {
    const change = facts[name];
    if (typeof change === 'object' && change !== null && !Array.isArray(change)) kept[name] = withoutContent({ ...change });
  }
  return 'title' in facts ? { ...kept, title: null } : kept;
}
