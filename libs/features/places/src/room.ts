/** An area of a floor that resources lie in; not itself booked. */
export interface Room {
  readonly id: string;
  readonly floorId: string;
  readonly name: string;
  readonly version: number;
}

export interface RoomRow {
  id: string;
  floor_id: string;
  name: string;
  version: number;
  sort_name: string;
}

export const toRoom = (row: RoomRow): Room => ({ id: row.id, floorId: row.floor_id, name: row.name, version: row.version });
