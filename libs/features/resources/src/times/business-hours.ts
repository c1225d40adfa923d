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
  /** Of the resource, site or organization they were read for, whatever these inherit: what `If-Match` names where they are set there. */
  readonly settingsVersion: number;
}

/** Hours as they were set somewhere, in force for something at a version. */
interface HoursInForce extends Pick<BusinessHours, 'timeZone' | 'source' | 'settingsVersion'> {
  readonly hours: HoursDocument | null;
}

const ALWAYS_OPEN: HoursDocument = { days: [] };

export const toBusinessHours = ({ hours, timeZone, source, settingsVersion }: HoursInForce): BusinessHours => {
  const { days, exceptions = [] } = hours ?? ALWAYS_OPEN;
  return { days, exceptions, timeZone, source: hours ? source : { level: 'default' }, settingsVersion };
};
