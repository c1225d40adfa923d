import { levelOf, type PlacePath } from '@berth/places';
import { limits } from '../catalogue/resource-limits';

/**
 * The place a location text names: `HQ/Floor 2/East Wing` is a site, a floor and a room; deeper parts belong to the room.
 * A text of one part is a description of a place, not the name of a site, and so is `A/V store`: a single letter is only
 * a site when a level follows.
 */
export function pathOf(location: string | undefined): PlacePath | undefined {
  const parts = (location ?? '').split(/[/\\▸›>→]/u).map((it) => it.trim());
  const [site, floor, ...rooms] = parts;
  if (!site || !floor || parts.some((it) => it === '' || it.length > limits.name)) return undefined;
  if ([...site].length === 1 && levelOf(floor) === null) return undefined;
  const room = rooms.join('/');
  return room === '' ? { site, floor } : { site, floor, room: room.slice(0, limits.name) };
}
