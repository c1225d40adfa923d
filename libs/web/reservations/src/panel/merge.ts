import type { Reservation, ReservationDetails } from '@berth/web/booking';

/** What can be edited without touching the time. */
export interface EditableDetails {
  readonly title: string | null;
  readonly description: string | null;
  readonly attendees: number | null;
  readonly private: boolean;
}

export type DetailField = keyof EditableDetails;

/** One field that two people changed differently. */
export interface Clash {
  readonly field: DetailField;
  readonly yours: EditableDetails[DetailField];
  readonly theirs: EditableDetails[DetailField];
}

const fields = ['title', 'description', 'attendees', 'private'] as const;

export function detailsOf({ title, description, attendees, private: isPrivate }: Reservation): EditableDetails {
  return { title, description, attendees, private: isPrivate };
}

/** The merge patch that turns one into the other; empty when they are the same. */
export function patchOf(base: EditableDetails, wanted: EditableDetails): ReservationDetails {
  return Object.fromEntries(fields.filter((it) => base[it] !== wanted[it]).map((it) => [it, wanted[it]]));
}

/** Fields both have changed since the base, and not to the same. */
export function clashesOf(base: EditableDetails, yours: EditableDetails, theirs: EditableDetails): Clash[] {
  return fields
    .filter((it) => yours[it] !== base[it] && theirs[it] !== base[it] && yours[it] !== theirs[it])
    .map((field) => ({ field, yours: yours[field], theirs: theirs[field] }));
}

/** Everyone's changes together; where they clash, as chosen. */
export function merged(
  base: EditableDetails,
  yours: EditableDetails,
  theirs: EditableDetails,
  keepsTheirs: ReadonlySet<DetailField>,
): EditableDetails {
  const value = (it: DetailField) => (yours[it] === base[it] || keepsTheirs.has(it) ? theirs[it] : yours[it]);
  return Object.fromEntries(fields.map((it) => [it, value(it)])) as unknown as EditableDetails;
}
