/** A fact that happened; told to subscribers after the transaction that made it has committed. */
export interface DomainEvent<Type extends string = string, Data = unknown> {
  /** `object.past_tense` */
  readonly type: Type;
  /** What it happened to: a kind and an id, `reservations/0197…` on the wire. */
  readonly subject: { readonly kind: string; readonly id: string };
  readonly data: Data;
}

/** An event as it is told: CloudEvents 1.0 attributes and what Berth adds to them. */
export interface ToldEvent<Type extends string = string, Data = unknown> {
  /** UUIDv7; the same on every repetition. */
  readonly id: string;
  readonly type: Type;
  readonly source: string;
  readonly subject: string;
  /** RFC 3339, UTC */
  readonly time: string;
  readonly organizationId: string;
  /** Gap-free per organization, in the order things were committed. */
  readonly sequence: number;
  /** Account that did it; null when Berth did it by itself. */
  readonly actor: string | null;
  readonly data: Data;
}
