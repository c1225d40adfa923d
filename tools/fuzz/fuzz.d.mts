export interface FuzzOptions {
  readonly url: string;
  readonly token: string;
  readonly renew?: () => Promise<string>;
  readonly seed: number;
  readonly inputs?: number;
  readonly databaseUrl?: string;
  readonly foreign?: Readonly<Record<string, readonly string[]>>;
  readonly secrets?: readonly string[];
  readonly codes?: readonly string[];
  readonly only?: string;
}

export interface Failure {
  readonly rule: string;
  readonly operation: string;
  readonly mutation: string;
  readonly detail: string;
  readonly curl: string;
  readonly times: number;
}

export interface FuzzResult {
  readonly inputs: number;
  readonly seconds: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly neverAccepted: readonly string[];
  readonly failures: readonly Failure[];
}

export function runFuzz(options: FuzzOptions): Promise<FuzzResult>;
