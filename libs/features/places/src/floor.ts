/** A storey, or another part of a site. */
export interface Floor {
  readonly id: string;
  readonly siteId: string;
  readonly name: string;
  /** Its place from the ground up, for order; null where it has none. */
  readonly level: number | null;
  readonly version: number;
}

export interface FloorRow {
  id: string;
  site_id: string;
  name: string;
  level: number | null;
  version: number;
  sort_level: number;
  sort_name: string;
}

export const toFloor = (row: FloorRow): Floor => ({
  id: row.id,
  siteId: row.site_id,
  name: row.name,
  level: row.level,
  version: row.version,
});

/** The level a name tells: `Floor 2` is 2, `B1` tells none. */
export function levelOf(name: string): number | null {
  const [, level] = /^(?:floor|level|etage|étage|piso|planta|stock|stockwerk)\s*(-?\d{1,3})$/iu.exec(name.trim()) ?? [];
  return level === undefined ? null : Number(level);
}
