import type { Resource } from '../data/resource';
import { changesBetween, isSame, patchOf, valuesOf, withChange } from './resource-draft';

const turing = {
  id: 'r1',
  name: 'Turing',
  description: null,
  location: 'East Wing',
  type: { id: 't1', key: 'room', name: 'Room', icon: 'door-open' },
  site: { id: 's1', name: 'Berlin HQ', timeZone: 'Europe/Berlin' },
  floor: { id: 'f3', name: 'Floor 3' },
  room: null,
  parentId: null,
  capacity: 10,
  units: 1,
  tags: ['display'],
  timeZone: 'Europe/Berlin',
  status: 'available',
  statusFrom: null,
  statusUntil: null,
  statusReason: null,
  assigned: false,
  bookable: true,
  policy: { slotStep: 'PT15M', approval: { mode: 'required', deadline: 'P2D', approvers: [] } },
  rules: {},
  requiresApproval: true,
  externalId: null,
  version: 3,
} as const satisfies Resource;

describe('the draft of a resource', () => {
  const before = valuesOf(turing, 'Europe/Paris');

  it('says nothing while nothing has changed', () => {
    expect(changesBetween(before, valuesOf(turing, 'Europe/Paris'))).toEqual([]);
  });

  it('becomes a patch of what has changed only', () => {
    const after = { ...before, name: 'Turing 2', capacity: null };

    expect(patchOf(changesBetween(before, after))).toEqual({ name: 'Turing 2', capacity: null });
  });

  it('sends a rule that is inherited again as null', () => {
    const after = withChange(withChange(before, { key: 'policy.slotStep', to: undefined }), { key: 'policy.minDuration', to: 'PT30M' });

    expect(patchOf(changesBetween(before, after))).toEqual({ policy: { slotStep: null, minDuration: 'PT30M' } });
  });

  it('leaves the old floor behind with the old site', () => {
    expect(patchOf([{ key: 'siteId', from: 's1', to: 's2' }])).toEqual({ siteId: 's2', floorId: null });
  });

  it('does not take the zone of its site for its own', () => {
    expect(before.timeZone).toBeNull();
    expect(valuesOf({ ...turing, timeZone: 'Asia/Tokyo' }, 'Europe/Paris').timeZone).toBe('Asia/Tokyo');
  });

  it('does not mind the order of keys', () => {
    expect(isSame({ mode: 'required', deadline: 'P2D' }, { deadline: 'P2D', mode: 'required' })).toBe(true);
    expect(isSame(['a', 'b'], ['b', 'a'])).toBe(false);
  });
});
