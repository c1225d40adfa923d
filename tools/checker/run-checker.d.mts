export interface RunOptions {
  readonly url: string;
  readonly token: string;
  readonly seed: number;
  readonly clients?: number;
  readonly people?: number;
  readonly operations?: number;
  readonly cut?: number;
  readonly double?: number;
  readonly abandoned?: number;
  readonly longestUndo?: number;
  readonly sweepMs?: number;
  readonly slackMs?: number;
  readonly expireHold?: (holdId: string) => Promise<void>;
}

export interface Violation {
  readonly invariant: string;
  readonly detail: string;
  /** The evidence. */
  readonly operations: readonly Operation[];
}

export interface Operation {
  readonly f: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly result: Readonly<Record<string, unknown>>;
}

export interface Figures {
  readonly operations: number;
  readonly seconds: number;
  readonly perSecond: number;
  readonly retried: number;
  readonly unresolved: number;
  readonly serverErrors: Readonly<Record<string, number>>;
  readonly byKind: Readonly<Record<string, { ok: number; fail: number; info: number; p50: number; p99: number }>>;
}

export function runChecker(options: RunOptions): Promise<{ history: unknown; violations: Violation[]; figures: Figures }>;
