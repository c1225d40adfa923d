import type { Permission } from '@berth/contracts';

/** An event webhooks are told of. */
export interface OfferedEvent {
  readonly type: string;
  readonly group: string;
  readonly description: string;
}

/** What happens to one kind of thing, and what one must be allowed to read to be told more than that it did. */
interface EventGroup {
  readonly needs: Permission;
  readonly events: Readonly<Record<string, string>>;
}

const groups: Readonly<Record<string, EventGroup>> = {
  reservation: {
    needs: 'reservation:read',
    events: {
      created: 'Somebody booked',
      updated: 'Title, description or answers were changed',
      moved: 'It has another time or another resource; an extension is one',
      cancelled: 'It was cancelled',
      restored: 'A cancellation was taken back',
      transferred: 'It has another organizer',
      approval_requested: 'It waits for approval',
      question_asked: 'An approver asked something',
      question_answered: 'The question was answered',
      approved: 'It was approved',
      rejected: 'It was rejected',
      expired: 'Nobody approved it in time',
      started: 'Its time began; told once',
      ended: 'Its time is over; told once, after it has started',
      checked_in: 'Somebody came',
      no_show: 'Nobody came, and the time was freed',
      affected: 'What it is of was closed or given to somebody',
    },
  },
  series: {
    needs: 'reservation:read',
    events: { created: 'A series was booked', updated: 'A series was changed', cancelled: 'A series was cancelled' },
  },
  hold: {
    needs: 'reservation:read',
    events: {
      created: 'Time is held while somebody fills in the form',
      refreshed: 'It is held longer',
      released: 'It was given back',
      expired: 'It ran out',
    },
  },
  waitlist: {
    needs: 'reservation:manage',
    events: {
      joined: 'Somebody waits',
      offered: 'Time was offered',
      accepted: 'The offer was taken',
      declined: 'The offer was refused',
      expired: 'The offer, or what was waited for, has passed',
      left: 'Somebody waits no more',
    },
  },
  provisioning: { needs: 'reservation:read', events: { reported: 'A provisioner said what came of it' } },
  resource: {
    needs: 'resource:read',
    events: {
      created: 'A resource was added',
      updated: 'A resource was changed',
      status_changed: 'Its status was set',
      available: 'It can be booked again',
      unavailable: 'Its maintenance began',
      archived: 'It was archived',
      assigned: 'It is somebody’s own',
      unassigned: 'It is nobody’s own any more',
      days_shared: 'Its owner shares days of it',
      days_taken_back: 'Its owner takes shared days back',
    },
  },
  blackout: { needs: 'resource:read', events: { created: 'A time was closed', deleted: 'A closed time was opened' } },
  resource_type: { needs: 'resource:read', events: { created: 'A type was added', updated: 'A type was changed' } },
  site: { needs: 'place:read', events: { created: 'A site was added', updated: 'A site was changed' } },
  floor: { needs: 'place:read', events: { created: 'A floor was added', updated: 'A floor was changed' } },
  room: { needs: 'place:read', events: { created: 'A room was added', updated: 'A room was changed' } },
  user: {
    needs: 'user:manage',
    events: {
      created: 'Somebody has an account',
      updated: 'A person was changed',
      suspended: 'A person was suspended',
      reactivated: 'A person was let in again',
      erased: 'A person was forgotten',
      merged: 'Another account of the person was merged into this one; what was of the other is of it',
    },
  },
  group: {
    needs: 'group:read',
    events: {
      created: 'A group was made',
      updated: 'A group was changed',
      deleted: 'A group was deleted',
      membership_changed: 'Somebody joined or left a group',
    },
  },
  role: {
    needs: 'role:read',
    events: {
      created: 'A role was made',
      changed: 'A role was changed',
      deleted: 'A role was deleted',
      assigned: 'A role was given',
      revoked: 'A role was taken away',
    },
  },
  quota: {
    needs: 'quota:manage',
    events: { warning: 'Four fifths of a day’s requests are used', exceeded: 'A day’s requests are used up' },
  },
  webhook: { needs: 'webhook:manage', events: { disabled: 'Nothing is sent to a webhook any more' } },
  import: { needs: 'resource:manage', events: { completed: 'An import is done' } },
};

/** All a webhook can be told of, in the order they are offered. */
export const offeredEvents: readonly OfferedEvent[] = Object.entries(groups).flatMap(([group, { events }]) =>
  Object.entries(events).map(([name, description]) => ({ type: `${group}.${name}`, group, description })),
);

const types: ReadonlySet<string> = new Set(offeredEvents.map((it) => it.type));

export const isOffered = (type: string): boolean => types.has(type);

/** Whether a filter may name it: an event, all of an object, or all. */
export const isFilter = (text: string): boolean =>
  text === '*' || types.has(text) || (text.endsWith('.*') && Object.hasOwn(groups, text.slice(0, -2)));

/** Whether a filter takes a type of event: the type itself, `object.*` or `*`. */
export const takes = (filter: readonly string[], type: string): boolean =>
  filter.includes(type) || filter.includes(`${objectOf(type)}.*`) || filter.includes('*');

const objectOf = (type: string): string => type.slice(0, type.indexOf('.'));

/** The right somebody needs to be told what an event says beyond that it happened. */
export const neededFor = (type: string): Permission | undefined => (types.has(type) ? groups[objectOf(type)]?.needs : undefined);

/** The rights somebody needs to read all that messages about some events say, whatever resource or reservation they are about. */
export const neededForAll = (filter: readonly string[]): readonly Permission[] => [
  ...new Set(offeredEvents.flatMap(({ type }) => (takes(filter, type) ? (neededFor(type) ?? []) : []))),
  'reservation:manage',
  'resource:manage',
];
