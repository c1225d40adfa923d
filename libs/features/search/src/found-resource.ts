import type { Interval } from '@berth/kernel';
import type { Candidate, CandidateFilter } from './candidates.queries';

/** What is shown of a resource that was found. */
export interface FoundResource {
  readonly id: string;
  readonly name: string;
  readonly type: { readonly id: string; readonly key: string; readonly name: string; readonly icon: string };
  readonly site: { readonly id: string; readonly name: string } | null;
  readonly floor: { readonly id: string; readonly name: string } | null;
  readonly capacity: number | null;
  readonly units: number;
  readonly tags: readonly string[];
  readonly location: string | null;
  readonly timeZone: string;
}

/** Why a hit stands where it stands; the client says it in words. */
export type Reason =
  | { readonly code: 'capacity-fits'; readonly wanted: number; readonly capacity: number }
  | { readonly code: 'same-floor' | 'same-site' | 'favourite' }
  | { readonly code: 'earliest-start' };

export const foundResource = (it: Candidate): FoundResource => ({
  id: it.id,
  name: it.name,
  type: { id: it.type_id, key: it.type_key, name: it.type_name, icon: it.type_icon },
  site: it.site_id === null ? null : { id: it.site_id, name: it.site_name ?? '' },
  floor: it.floor_id === null ? null : { id: it.floor_id, name: it.floor_name ?? '' },
  capacity: it.capacity,
  units: it.units,
  tags: it.tags,
  location: it.location,
  timeZone: it.time_zone,
});

/** Of the best first: how it fits, how near it is, how soon it starts. */
export function reasonsFor(candidate: Candidate, search: CandidateFilter & { readonly window: Interval }, slot: Interval): Reason[] {
  const { capacity, near } = search;
  const isNear = candidate.distance === 0;
  return [
    ...(capacity !== undefined && candidate.capacity !== null
      ? [{ code: 'capacity-fits', wanted: capacity, capacity: candidate.capacity } as const]
      : []),
    ...(near.floorId && isNear ? [{ code: 'same-floor' } as const] : []),
    ...(near.siteId && !near.floorId && isNear ? [{ code: 'same-site' } as const] : []),
    ...(candidate.favourite ? [{ code: 'favourite' } as const] : []),
    ...(slot.start.getTime() === search.window.start.getTime() ? [{ code: 'earliest-start' } as const] : []),
  ];
}
