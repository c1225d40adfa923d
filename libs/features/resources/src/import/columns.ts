import { unreadable } from './unreadable';

/** What a column of a file can mean. */
export type ImportField =
  | 'name'
  | 'external_id'
  | 'type'
  | 'tags'
  | 'description'
  | 'location'
  | 'site'
  | 'floor'
  | 'room'
  | 'capacity'
  | 'units'
  | 'time_zone'
  | 'requires_approval';

/** Columns of a file by what they mean. */
export interface Columns {
  readonly of: ReadonlyMap<ImportField, Column>;
  /** Headers that mean something, as they are written and in their order. */
  readonly used: readonly string[];
  /** Headers that mean nothing here; their cells are not looked at. */
  readonly ignored: readonly string[];
  /** Cells a row can have. */
  readonly width: number;
}

export interface Column {
  readonly index: number;
  /** As it is written in the file. */
  readonly header: string;
}

/** Other words people have for a field, folded like headers are; the field's own word comes first. */
const words: { readonly [F in ImportField]: readonly string[] } = {
  name: ['name', 'resourcename', 'resource', 'title', 'bezeichnung', 'nom', 'nombre'],
  external_id: ['externalid', 'extid', 'foreignid', 'reference', 'inventorynumber', 'assetid', 'assettag'],
  type: ['type', 'resourcetype', 'kind', 'category', 'typ', 'tipo', 'art', 'categorie', 'kategorie', 'categoria'],
  tags: ['tags', 'tag', 'labels', 'keywords', 'features', 'equipment', 'schlagworte', 'etiquettes', 'etiquetas'],
  description: ['description', 'desc', 'details', 'note', 'comment', 'beschreibung', 'descripcion'],
  location: ['location', 'place', 'where', 'standort', 'ort', 'lieu', 'emplacement', 'ubicacion', 'lugar'],
  site: ['site', 'building', 'campus', 'gebaude', 'batiment', 'edificio', 'sitio', 'sede'],
  floor: ['floor', 'level', 'storey', 'story', 'etage', 'stockwerk', 'piso', 'planta'],
  room: ['room', 'area', 'wing', 'raum', 'bereich', 'salle', 'sala'],
  capacity: [
    'capacity',
    'seats',
    'seat',
    'people',
    'persons',
    'kapazitat',
    'platze',
    'sitzplatze',
    'capacite',
    'places',
    'capacidad',
    'plazas',
  ],
  units: ['units', 'unit', 'quantity', 'qty', 'count', 'copies', 'amount', 'anzahl', 'quantite', 'cantidad', 'unidades'],
  time_zone: ['timezone', 'tz', 'zone', 'zeitzone', 'fuseauhoraire', 'zonahoraria'],
  requires_approval: ['requiresapproval', 'needsapproval', 'approvalrequired', 'approval', 'genehmigung', 'approbation', 'aprobacion'],
};

/**
 * Finds what each column means by its header: its own word, another word for it, or one nearly so spelled. Of several that
 * mean the same the best written one counts.
 * @throws Problem `validation-failed` when a header is there twice, or none of them means the name
 */
export function mapColumns(headers: readonly string[]): Columns {
  demandDistinct(headers);
  const of = new Map<ImportField, Column>();
  for (const means of [isOwnWord, isOtherWord, isNearly]) {
    headers.forEach((header, index) => {
      const taken = [...of.values()].some((it) => it.index === index);
      const field = taken ? undefined : fields.find((it) => !of.has(it) && means(it, fold(header)));
      if (field) of.set(field, { index, header });
    });
  }
  if (!of.has('name')) throw unreadable('missing-column', 'No column is called “name”.', { column: 'name' });
  const used = new Set([...of.values()].map((it) => it.index));
  return {
    of,
    used: headers.filter((_, index) => used.has(index)),
    ignored: headers.filter((header, index) => !used.has(index) && header !== ''),
    width: headers.length,
  };
}

const fields = Object.keys(words) as ImportField[];

/** Letters and digits alone: `Requires Approval?` and `requires_approval` are one. */
const fold = (header: string): string =>
  header
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

const isOwnWord = (field: ImportField, header: string): boolean => words[field][0] === header;
const isOtherWord = (field: ImportField, header: string): boolean => words[field].includes(header);
const isNearly = (field: ImportField, header: string): boolean =>
  words[field].some((word) => word.length >= 5 && header.length <= 40 && distance(word, header) <= (word.length >= 9 ? 2 : 1));

function demandDistinct(headers: readonly string[]): void {
  const folded = headers.map(fold);
  const twice = headers.find((header, index) => header !== '' && folded.indexOf(fold(header)) < index);
  if (twice !== undefined) throw unreadable('duplicate-header', `The column “${twice.slice(0, 100)}” is there twice.`);
}

/** Levenshtein distance: letters to add, take away or change. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, changed));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
