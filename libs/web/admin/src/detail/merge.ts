import { changesBetween, isSame, withChange, type DraftKey, type DraftValues } from './resource-draft';

/** A field two people changed to different values. */
export interface Clash {
  readonly key: DraftKey;
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

/** What became of a draft after somebody else saved first. */
export interface Merge {
  /** Their state with my changes that nobody else touched. */
  readonly merged: DraftValues;
  readonly clashes: readonly Clash[];
  /** Fields only they changed. */
  readonly theirs: readonly DraftKey[];
}

/** Joins two changes of the same state; fields both changed to the same value are settled. */
export function merge(base: DraftValues, mine: DraftValues, theirs: DraftValues): Merge {
  const myChanges = changesBetween(base, mine);
  const theirChanges = changesBetween(base, theirs);
  const clashes: Clash[] = [];
  let merged = theirs;
  for (const change of myChanges) {
    const theirChange = theirChanges.find((it) => it.key === change.key);
    if (theirChange === undefined) merged = withChange(merged, change);
    else if (!isSame(theirChange.to, change.to))
      clashes.push({ key: change.key, base: change.from, mine: change.to, theirs: theirChange.to });
  }
  const mineKeys = new Set(myChanges.map((it) => it.key));
  return { merged, clashes, theirs: theirChanges.map((it) => it.key).filter((it) => !mineKeys.has(it)) };
}

/** The joined state with my value wherever I insist. */
export function settle({ merged, clashes }: Merge, mine: ReadonlySet<DraftKey>): DraftValues {
  return clashes.filter((it) => mine.has(it.key)).reduce((values, it) => withChange(values, { key: it.key, to: it.mine }), merged);
}
