import type { Sql, Statement } from './sql';

const PORTION = 2_000;

/**
 * Deletes all there is, in statements so small that none runs into its time limit and nobody waits for one: also what has piled up while
 * nobody swept.
 * @param portion deletes so many rows at most and returns one for each
 * @returns how many were deleted
 */
export async function deleteInPortions(db: Sql, portion: (limit: number) => Statement): Promise<number> {
  for (let deleted = 0; ;) {
    const rows = await db.run(portion(PORTION));
    deleted += rows.length;
    if (rows.length < PORTION) return deleted;
  }
}
