import type { PolicyDocument } from '@berth/scheduling';

export const kinds = ['room', 'desk', 'lab', 'vehicle', 'server', 'other'] as const;
/** What an organization shares; each kind brings a resource type with sensible rules. */
export type Kind = (typeof kinds)[number];

/** The resource type of a kind. */
export interface KindOfType {
  readonly key: string;
  readonly name: string;
  readonly icon: string;
  readonly cutype: 'ROOM' | 'RESOURCE';
  readonly policy: PolicyDocument;
}

export const typeOfKind: Readonly<Record<Kind, KindOfType>> = {
  room: { key: 'room', name: 'Room', icon: 'door-open', cutype: 'ROOM', policy: { slotStep: 'PT15M', maxDuration: 'PT12H' } },
  desk: { key: 'desk', name: 'Desk', icon: 'lamp-desk', cutype: 'RESOURCE', policy: { slotStep: 'PT30M', horizon: 'P14D' } },
  lab: {
    key: 'lab',
    name: 'Lab equipment',
    icon: 'flask-conical',
    cutype: 'RESOURCE',
    policy: { slotStep: 'PT30M', bufferAfter: 'PT15M' },
  },
  vehicle: {
    key: 'vehicle',
    name: 'Vehicle',
    icon: 'car-front',
    cutype: 'RESOURCE',
    policy: { slotStep: 'PT30M', maxDuration: 'P14D', mayLeaveOpenHours: true },
  },
  server: {
    key: 'server',
    name: 'Server',
    icon: 'server',
    cutype: 'RESOURCE',
    policy: { slotStep: 'PT1H', minDuration: 'PT1H', maxDuration: 'P30D', mayLeaveOpenHours: true },
  },
  other: { key: 'other', name: 'Something else', icon: 'box', cutype: 'RESOURCE', policy: {} },
};
