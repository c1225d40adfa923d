/** Long enough for a screen to ask for what it shows first, short enough for nobody to miss a number beside a name. */
const SCREEN_MS = 2_000;

/** Does what no screen waits for once the screen had its time: it would only stand in the way of the first bars. @returns takes it back */
export function afterTheScreen(work: () => unknown): () => void {
  const timer = setTimeout(work, SCREEN_MS);
  return () => clearTimeout(timer);
}
