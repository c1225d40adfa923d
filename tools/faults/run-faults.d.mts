export interface FaultOptions {
  readonly reservations: number;
  readonly kills: number;
  readonly seed: number;
  readonly hurries?: boolean;
  readonly say?: (line: string) => void;
}

/** Plays and judges: what is wrong, and figures of what was seen. */
export function runFaults(options: FaultOptions): Promise<{ figures: Record<string, unknown>; wrong: string[] }>;
