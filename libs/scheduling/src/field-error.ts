/** What is wrong with one value of a document, and where: the shape of `errors[]` in a problem (api.md §1.7). */
export interface FieldError {
  /** JSON pointer (RFC 6901) to the value. */
  readonly pointer: string;
  /** Stable word for programs and translations. */
  readonly code: FieldErrorCode;
  /** English sentence for people. */
  readonly detail: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

export type FieldErrorCode =
  | 'unknown-field'
  | 'missing-field'
  | 'wrong-type'
  | 'not-a-duration'
  | 'not-a-date'
  | 'not-a-time'
  | 'not-an-id'
  | 'not-allowed'
  | 'out-of-range'
  | 'duplicate'
  | 'overlapping'
  | 'inconsistent';

/** The pointer one step deeper, its token escaped. */
export function below(pointer: string, token: string | number): string {
  return `${pointer}/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** Whether the value is a JSON object, neither null nor a list. */
export function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Adds an error for each key that is not known, so that a misspelt one is never silently dropped. */
export function refuseOthers(json: object, known: readonly string[], pointer: string, errors: FieldError[]): void {
  for (const key of Object.keys(json)) {
    if (!known.includes(key)) errors.push(unknownField(below(pointer, key), key));
  }
}

export function unknownField(pointer: string, key: string): FieldError {
  return { pointer, code: 'unknown-field', detail: `There is no field «${key}» here.` };
}

/** @param wanted what it must be, with its article: `a list` */
export function wrongType(pointer: string, wanted: string): FieldError {
  return { pointer, code: 'wrong-type', detail: `Must be ${wanted}.` };
}

export function outOfRange(pointer: string, least: string | number, most: string | number): FieldError {
  return { pointer, code: 'out-of-range', detail: `Must be between ${least} and ${most}.`, params: { least, most } };
}
