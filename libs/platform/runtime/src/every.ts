/**
 * Does some work again and again, never twice at once: while it goes on, its turns pass.
 * @param milliseconds from one turn to the next
 * @param failed is told what the work threw; the next turn comes all the same
 * @returns ends it: no turn comes any more, and the one that goes on is waited for
 */
export function every(milliseconds: number, work: () => Promise<unknown>, failed: (error: unknown) => void): () => Promise<void> {
  let running: Promise<void> | undefined;
  const timer = setInterval(() => {
    running ??= work()
      .then(() => undefined, failed)
      .finally(() => (running = undefined));
  }, milliseconds);
  return async () => {
    clearInterval(timer);
    await running;
  };
}
