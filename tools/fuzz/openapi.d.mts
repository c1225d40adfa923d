/** One route as the OpenAPI document declares it, references resolved. */
export interface Operation {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a schema is what the document says
  readonly bodies: Readonly<Record<string, any>>;
  readonly needsToken: boolean;
}

export function operationsOf(document: unknown): Operation[];
