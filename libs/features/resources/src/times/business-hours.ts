import type { HoursDocument, PolicySource } from '@berth/scheduling';

/** When something may be booked, in clock times of its zone. */
export interface BusinessHours {
  /** No line at all is always open. */
  readonly days: HoursDocument['days'];
  readonly exceptions: NonNullable<HoursDocument['exceptions']>;
  /** IANA zone the times are in. */
  readonly timeZone: string;
  /** Where they were set; level `default` where nobody did. */
  readonly source: PolicySource;
}

const ALWAYS_OPEN: HoursDocument = { days: [] };

export const toBusinessHours = (hours: HoursDocument | null, timeZone: string, source: PolicySource): BusinessHours => {
  const { days, exceptions = [] } = hours ?? ALWAYS_OPEN;
  return { days, exceptions, timeZone, source: hours ? source : { level: 'default' } };
};
