import { addDays, toCivil, toInstant } from '@berth/kernel';
import { type NotificationKind, notificationKinds } from '../notification';

export const channels = ['inApp', 'email', 'push'] as const;
export type Channel = (typeof channels)[number];
export type Channels = Readonly<Record<Channel, boolean>>;
/** Which kinds are told in which ways. */
export type Matrix = Readonly<Record<NotificationKind, Channels>>;

export const presets = ['quiet', 'normal', 'everything', 'own'] as const;
export type Preset = (typeof presets)[number];
export const digests = ['off', 'daily', 'weekly'] as const;
export type Digest = (typeof digests)[number];

/** From when to when mail and push wait; wall clocks of the zone, `HH:mm`. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
}

/** How somebody wants to be told. */
export interface NotificationPreferences {
  readonly preset: Preset;
  readonly matrix: Matrix;
  readonly quietHours: QuietHours | null;
  readonly digest: Digest;
  readonly digestAt: string;
  readonly reminderLeadMinutes: readonly number[];
}

/** What somebody who wants quiet still gets by mail: what waits for them, and what takes their time away. */
const QUIET_MAILS: ReadonlySet<NotificationKind> = new Set([
  ...(['booking-cancelled', 'booking-affected', 'approval-asked', 'question-asked', 'waitlist-offered', 'webhook-disabled'] as const),
  'security',
]);
/** What is not worth a letter of its own, as it is told on the screen and is over soon. */
const NO_MAIL: ReadonlySet<NotificationKind> = new Set(['ending-soon', 'check-in-due', 'job-ended']);
/** What is worth lighting up a telephone for. */
const PUSHED: ReadonlySet<NotificationKind> = new Set([
  ...(['booking-changed', 'booking-cancelled', 'booking-affected', 'reminder', 'check-in-due', 'ending-soon', 'approval-asked'] as const),
  ...(['approval-decided', 'question-asked', 'waitlist-offered', 'provisioning', 'security'] as const),
]);

const matrixOf = (choose: (kind: NotificationKind) => Omit<Channels, 'inApp'>): Matrix =>
  Object.fromEntries(notificationKinds.map((kind) => [kind, { inApp: true, ...choose(kind) }])) as Matrix;

const matrices: Readonly<Record<Exclude<Preset, 'own'>, Matrix>> = {
  quiet: matrixOf((kind) => ({ email: QUIET_MAILS.has(kind), push: false })),
  normal: matrixOf((kind) => ({ email: !NO_MAIL.has(kind), push: PUSHED.has(kind) })),
  everything: matrixOf(() => ({ email: true, push: true })),
};

/**
 * What counts of what was chosen: a preset stands for its matrix, and what is about the security of an account is always mailed.
 * @param own the matrix of somebody who chose for themselves; what it leaves out is as in `normal`
 */
export function matrixFor(preset: Preset, own: Partial<Matrix> | null): Matrix {
  const matrix = preset === 'own' ? { ...matrices.normal, ...own } : matrices[preset];
  return { ...matrix, security: { ...matrix.security, email: true } };
}

/** How those are told who have not chosen. */
export const usualPreferences: NotificationPreferences = {
  preset: 'normal',
  matrix: matrixFor('normal', null),
  quietHours: null,
  digest: 'off',
  digestAt: '08:00',
  reminderLeadMinutes: [15],
};

/** When it may be told: at once, or when the quiet hours it falls into end. */
export function afterQuiet(at: Date, quiet: QuietHours | null): Date {
  if (!quiet) return at;
  const { date, time } = toCivil(at, quiet.timeZone);
  const spansMidnight = quiet.from > quiet.to;
  const isQuiet = spansMidnight ? time >= quiet.from || time < quiet.to : time >= quiet.from && time < quiet.to;
  if (!isQuiet) return at;
  const endsOn = spansMidnight && time >= quiet.from ? addDays(date, 1) : date;
  const end = toInstant(`${endsOn}T${quiet.to}`, quiet.timeZone).instant;
  return end > at ? end : at;
}

/** When the next letter that tells several at once is due; weekly ones on Mondays. */
export function nextDigest(at: Date, digest: Exclude<Digest, 'off'>, clock: string, zone: string): Date {
  const { date } = toCivil(at, zone);
  for (let days = 0; days <= 14; days++) {
    const day = addDays(date, days);
    const due = toInstant(`${day}T${clock}`, zone).instant;
    if (due > at && (digest === 'daily' || toCivil(due, zone).weekday === 1)) return due;
  }
  throw new RangeError(`no ${digest} digest within two weeks of ${at.toISOString()}`);
}
