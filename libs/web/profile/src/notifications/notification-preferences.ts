import type { NotificationKind } from '@berth/web/data';

export const channels = ['inApp', 'email', 'push'] as const;
export type Channel = (typeof channels)[number];
export type Preset = 'quiet' | 'normal' | 'everything' | 'own';
export type Digest = 'off' | 'daily' | 'weekly';
export type Matrix = Readonly<Record<NotificationKind, Readonly<Record<Channel, boolean>>>>;

/** Times are wall clocks such as `22:00`. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
}

/** How somebody wants to be told, as the API gives it. */
export interface NotificationPreferences {
  readonly preset: Preset;
  readonly matrix: Matrix;
  readonly quietHours: QuietHours | null;
  readonly digest: Digest;
  readonly digestAt: string;
  /** Minutes before a booking begins; three at most. */
  readonly reminderLeadMinutes: readonly number[];
  readonly version: number;
}

/** What is about the security of an account is always mailed. */
export const isFixed = (kind: NotificationKind, channel: Channel): boolean => kind === 'security' && channel === 'email';

/** With one cell the other way round; from then on the choice is one's own. */
export function toggled(preferences: NotificationPreferences, kind: NotificationKind, channel: Channel): NotificationPreferences {
  if (isFixed(kind, channel)) return preferences;
  const ways = preferences.matrix[kind];
  return { ...preferences, preset: 'own', matrix: { ...preferences.matrix, [kind]: { ...ways, [channel]: !ways[channel] } } };
}

/** Most reminders a booking can have. */
export const MOST_LEADS = 3;

/** With a reminder more or less; a fourth is not taken. */
export function withLead(leads: readonly number[], minutes: number): readonly number[] {
  if (leads.includes(minutes)) return leads.filter((it) => it !== minutes);
  return leads.length < MOST_LEADS ? [...leads, minutes].sort((a, b) => a - b) : leads;
}
