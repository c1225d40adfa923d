import { permissionsOf, type Permission, type Role } from '@berth/contracts';
import { may, maySomewhere, type Rights } from '@berth/platform/auth';
import type { NameAudience } from './names';

/** In which order day, month and year are written; `language` does as the language does. */
export const dateOrders = ['language', 'dmy', 'mdy', 'ymd'] as const;
export type DateOrder = (typeof dateOrders)[number];

/** How the console may look; `system` goes by the device, its wish for more contrast included. */
export const themes = ['system', 'light', 'dark', 'high-contrast'] as const;

/** How a person wants the console to be, and to be named to others. */
export interface Preferences {
  readonly language: string;
  readonly theme: (typeof themes)[number];
  /** null follows the device. */
  readonly timeZone: string | null;
  readonly hourCycle: 'h23' | 'h12';
  readonly dateOrder: DateOrder;
  /** 1 is Monday. */
  readonly weekStart: number;
  readonly density: 'comfortable' | 'default' | 'compact';
  readonly defaultSiteId: string | null;
  /** How long a booking is for which nobody says it. */
  readonly defaultDurationMinutes: number;
  /** Single-key shortcuts (WCAG 2.1.4). */
  readonly shortcuts: boolean;
  /** Who reads the name on what the person booked. */
  readonly nameShownTo: NameAudience;
}

export const personStatuses = ['active', 'suspended'] as const;
export type PersonStatus = (typeof personStatuses)[number];

export interface PersonRow {
  id: string;
  username: string;
  display_name: string;
  email: string;
  role: Role;
  status: PersonStatus;
  created_at: Date;
  version: number;
}

/** A person as others in the organization see them. */
export interface Person {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly email: string;
  readonly role: Role;
  readonly status: PersonStatus;
  readonly createdAt: string;
  readonly version: number;
}

export const toPerson = (row: PersonRow): Person => ({
  id: row.id,
  username: row.username,
  displayName: row.display_name,
  email: row.email,
  role: row.role,
  status: row.status,
  createdAt: row.created_at.toISOString(),
  version: row.version,
});

/** Rights somebody has at a site, or of a resource with its parts; exactly one is set. */
export interface PlacedRights {
  readonly siteId: string | null;
  readonly resourceId: string | null;
  readonly permissions: readonly Permission[];
}

/** What a person may do, in a fixed order: what the console offers. What really holds is asked by each route. */
export function rightsShown(rights: Rights): {
  permissions: readonly Permission[];
  everywhere: readonly Permission[];
  places: readonly PlacedRights[];
} {
  const held = [...new Set([...permissionsOf[rights.role], ...rights.grants.flatMap((it) => [...it.permissions])])].sort();
  const permissions = held.filter((it) => maySomewhere(rights, it));
  const everywhere = permissions.filter((it) => may(rights, it));
  const places = rights.grants
    .filter((it) => it.siteId !== null || it.resourceId !== null)
    .map(({ siteId, resourceId, permissions: placed }) => ({
      siteId,
      resourceId,
      permissions: permissions.filter((it) => placed.has(it)),
    }));
  return { permissions, everywhere, places };
}

/** What holds for whoever has not chosen: the organization's language and week. */
export const preferencesOf = (chosen: Partial<Preferences>, organization: { language: string; week_start: number }): Preferences => ({
  language: organization.language,
  theme: 'system',
  timeZone: null,
  hourCycle: 'h23',
  dateOrder: 'language',
  weekStart: organization.week_start,
  density: 'default',
  defaultSiteId: null,
  defaultDurationMinutes: 60,
  shortcuts: true,
  nameShownTo: 'everyone',
  ...chosen,
});
