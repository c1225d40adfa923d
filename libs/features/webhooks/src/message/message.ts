export const payloads = ['thin', 'full', 'provisioning'] as const;
/** How much a webhook is told: which thing it is, what happened to it, or also what setting it up takes. */
export type Payload = (typeof payloads)[number];

/** What a message is about. */
export interface Told {
  readonly id: string;
  readonly type: string;
  /** RFC 3339, UTC */
  readonly time: string;
  readonly organizationId: string;
  readonly sequence: number;
  /** A kind and an id: `reservations/0197…` */
  readonly subject: string;
}

const MAX_BYTES = 20_000;

/** Facts by name, as an event has them. */
export type Facts = Readonly<Record<string, unknown>>;

/** The thing an event is about, and no more: whoever is told asks the API. */
export function thinFacts(told: Told, facts: Facts): Facts {
  const [kind = '', id = ''] = told.subject.split('/');
  const version = facts['version'];
  return { kind, id, ...(typeof version === 'number' && { version }) };
}

/** A message as the payload `thin` has it. */
export function thinned(body: string, subject: string): string {
  const { data, timestamp: time, ...told } = JSON.parse(body) as Told & { readonly timestamp: string; readonly data: Facts };
  const about = { ...told, time, subject };
  return bodyOf(about, [thinFacts(about, data)]);
}

/**
 * The body of a message: the first of the candidates that keeps it under 20 kB. `truncated` names what the others had and it has not.
 * @param candidates from the fullest to the smallest, which is always small enough
 */
export function bodyOf({ id, type, time, organizationId, sequence }: Told, candidates: readonly Facts[]): string {
  const names = Object.keys(candidates[0] ?? {});
  const bodies = candidates.map((facts) => {
    const missing = names.filter((it) => !(it in facts));
    const data = missing.length > 0 ? { ...facts, truncated: missing } : facts;
    return JSON.stringify({ id, type, timestamp: time, organizationId, sequence, data });
  });
  const fitting = bodies.find((it) => Buffer.byteLength(it) < MAX_BYTES);
  if (fitting === undefined) throw new Error(`no message about ${type} is small enough`);
  return fitting;
}
