import { Injectable } from '@angular/core';

/** Without a request for this long, a screen has what it shows first; nobody misses a number beside a name meanwhile. */
const QUIET_MS = 2_000;
/** Where it never gets quiet. */
const LONGEST_MS = 15_000;
const LOOK_MS = 250;

/** Knows when nothing is asked of the server, for what would only stand in the way of the screen. */
@Injectable({ providedIn: 'root' })
export class Quiet {
  private asked = 0;
  private since = performance.now();

  /** Notes that something is asked. @returns to be called when it is answered */
  asking(): () => void {
    this.asked++;
    return () => {
      this.asked--;
      this.since = performance.now();
    };
  }

  /** Does what no screen waits for, once the screen had its turn. @returns takes it back */
  afterTheScreen(work: () => unknown): () => void {
    const from = performance.now();
    this.since = Math.max(this.since, from);
    const timer = setInterval(() => {
      const now = performance.now();
      const isQuiet = this.asked === 0 && now - this.since >= QUIET_MS;
      if (!isQuiet && now - from < LONGEST_MS) return;
      clearInterval(timer);
      work();
    }, LOOK_MS);
    return () => clearInterval(timer);
  }
}
