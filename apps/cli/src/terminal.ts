/** What a command works with: its surroundings, given by whoever starts it. */
export interface Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Data. */
  out(text: string): void;
  /** Everything else. */
  tell(text: string): void;
  wait(milliseconds: number): Promise<void>;
  now(): number;
}

/** Exit codes other programs rely on. */
export const exit = { ok: 0, failed: 1, usage: 2, notFound: 3, auth: 4, forbidden: 5, conflict: 6, limited: 7, unreachable: 8 } as const;
export type ExitCode = (typeof exit)[keyof typeof exit];

/** Ends a command with a code and a word for the person. */
export class Refusal extends Error {
  constructor(
    readonly code: ExitCode,
    message: string,
  ) {
    super(message);
  }
}

/** The exit code of an HTTP status. */
export function exitOf(status: number): ExitCode {
  if (status < 400) return exit.ok;
  if (status >= 500) return exit.unreachable;
  const known: Readonly<Record<number, ExitCode>> = {
    401: exit.auth,
    403: exit.forbidden,
    404: exit.notFound,
    409: exit.conflict,
    412: exit.conflict,
    422: exit.conflict,
    429: exit.limited,
  };
  return known[status] ?? exit.failed;
}
