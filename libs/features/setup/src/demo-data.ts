import type { Role } from '@berth/contracts';
import type { PolicyDocument } from '@berth/scheduling';
import type { Kind } from './kinds';

export type DemoSite = (typeof demoSites)[number]['name'];

/** A resource of the demo, with the path of its place. */
export interface DemoResource {
  readonly name: string;
  readonly kind: Kind;
  readonly site: DemoSite;
  readonly floor: string;
  readonly capacity?: number;
  readonly units?: number;
  readonly tags?: readonly string[];
  readonly part?: string;
  readonly policy?: PolicyDocument;
  readonly description?: string;
}

/** People who belong together; one by rule names nobody. */
export interface DemoGroup {
  readonly name: string;
  readonly description: string;
  readonly rule: { readonly roles: readonly Role[] } | null;
  readonly members: readonly string[];
  /** The member who decides who else is in it. */
  readonly delegate: string | null;
}

export const demoSites = [
  {
    name: 'Berlin HQ',
    countryCode: 'DE',
    timeZone: 'Europe/Berlin',
    latitude: 52.52,
    longitude: 13.405,
    address: 'Torstraße 1, 10119 Berlin',
  },
  {
    name: 'Hamburg Workshop',
    countryCode: 'DE',
    timeZone: 'Europe/Berlin',
    latitude: 53.551,
    longitude: 9.994,
    address: 'Hafenstraße 12, 20359 Hamburg',
  },
  {
    name: 'Madrid Lab',
    countryCode: 'ES',
    timeZone: 'Europe/Madrid',
    latitude: 40.417,
    longitude: -3.704,
    address: 'Calle de Alcalá 50, 28014 Madrid',
  },
] as const;

const room = (name: string, site: DemoSite, floor: string, capacity: number, ...tags: string[]): DemoResource => ({
  name,
  kind: 'room',
  site,
  floor,
  capacity,
  tags,
});
const BERLIN = 'Berlin HQ';
const HAMBURG = 'Hamburg Workshop';
const MADRID = 'Madrid Lab';
const THIRD = 'Floor 3';
/** Half a day and more is asked for, and answered within the week. */
const longOnes = { mode: 'requiredFor', deadline: 'P5D', approvers: [], requiredFor: { longerThan: 'PT4H' } } as const;

const desks = (site: DemoSite, floor: string, prefix: string, count: number): DemoResource[] =>
  Array.from({ length: count }, (_, i) => ({
    name: `Desk ${prefix}.${String(i + 1).padStart(2, '0')}`,
    kind: 'desk' as const,
    site,
    floor,
    capacity: 1,
    tags: [['window'], ['dual screen'], ['standing', 'dual screen'], ['quiet']][i % 4],
  }));

/** Sixty things of every kind on five floors. */
export const demoResources: readonly DemoResource[] = [
  room('Turing', BERLIN, THIRD, 12, 'display', 'camera'),
  room('Noether', BERLIN, THIRD, 8, 'display', 'whiteboard'),
  room('Hopper', BERLIN, THIRD, 6, 'display'),
  { ...room('Great Hall', BERLIN, THIRD, 150, 'stage'), description: 'Divides into two halves.' },
  { ...room('Hall A', BERLIN, THIRD, 80), part: 'Great Hall' },
  { ...room('Hall B', BERLIN, THIRD, 70), part: 'Great Hall' },
  room('Lovelace', BERLIN, 'Floor 4', 10, 'display', 'whiteboard'),
  room('Gödel', BERLIN, 'Floor 4', 4, 'display'),
  room('Meitner', BERLIN, 'Floor 4', 8, 'camera', 'display'),
  {
    ...room('Boardroom', BERLIN, 'Floor 4', 20, 'display', 'camera', 'catering'),
    policy: { approval: longOnes, bufferAfter: 'PT15M' },
  },
  room('Phone booth 1', BERLIN, THIRD, 1, 'quiet'),
  room('Phone booth 2', BERLIN, THIRD, 1, 'quiet'),
  room('Phone booth 3', BERLIN, 'Floor 4', 1, 'quiet'),
  room('Elbe', HAMBURG, 'Ground floor', 10, 'display'),
  room('Alster', HAMBURG, 'Ground floor', 6, 'whiteboard'),
  room('Cervantes', MADRID, 'Planta 1', 8, 'display', 'camera'),
  room('Ramón y Cajal', MADRID, 'Planta 1', 12, 'display', 'whiteboard'),
  {
    name: 'SEM-2',
    kind: 'lab',
    site: BERLIN,
    floor: THIRD,
    capacity: 1,
    tags: ['microscope', 'training needed'],
    policy: { approval: longOnes },
    description: 'Scanning electron microscope.',
  },
  { name: 'Laser cutter', kind: 'lab', site: HAMBURG, floor: 'Ground floor', capacity: 1, tags: ['training needed'] },
  { name: 'CNC mill', kind: 'lab', site: HAMBURG, floor: 'Ground floor', capacity: 2, tags: ['training needed'] },
  { name: '3D printer', kind: 'lab', site: HAMBURG, floor: 'Ground floor', units: 3, tags: ['self service'] },
  { name: 'XRD-1', kind: 'lab', site: MADRID, floor: 'Planta 2', tags: ['diffraction'] },
  { name: 'Clean bench', kind: 'lab', site: MADRID, floor: 'Planta 2', units: 2 },
  { name: 'Camera kits', kind: 'other', site: BERLIN, floor: THIRD, units: 4, tags: ['media'] },
  { name: 'Projector', kind: 'other', site: BERLIN, floor: THIRD, units: 2, tags: ['media'] },
  { name: 'Van 1', kind: 'vehicle', site: BERLIN, floor: 'Yard', capacity: 3, tags: ['tow bar'] },
  { name: 'Van 2', kind: 'vehicle', site: BERLIN, floor: 'Yard', capacity: 7 },
  { name: 'E-bike', kind: 'vehicle', site: BERLIN, floor: 'Yard', units: 5, capacity: 1 },
  { name: 'Pool car', kind: 'vehicle', site: MADRID, floor: 'Planta 1', capacity: 5, tags: ['electric'] },
  { name: 'GPU rack 1', kind: 'server', site: BERLIN, floor: 'Floor 4', tags: ['H100'], description: 'Four nodes.' },
  ...[1, 2, 3, 4].map((n): DemoResource => ({
    name: `GPU node 0${n}`,
    kind: 'server',
    site: BERLIN,
    floor: 'Floor 4',
    tags: ['8 × H100'],
    part: 'GPU rack 1',
  })),
  { name: 'Build machine', kind: 'server', site: MADRID, floor: 'Planta 2', units: 2, tags: ['arm64'] },
  ...desks(BERLIN, THIRD, '3', 14),
  ...desks(BERLIN, 'Floor 4', '4', 8),
  ...desks(MADRID, 'Planta 1', '1', 3),
];

/** Monday to Friday, and a short Saturday. */
export const demoHours = {
  days: [1, 2, 3, 4, 5, 6].map((weekday) => ({
    weekday,
    intervals: [weekday === 6 ? { opens: '08:00', closes: '18:00' } : { opens: '07:00', closes: '20:00' }],
  })),
};

const peopleBySite = {
  'Berlin HQ': [
    'Marta Silva',
    'Lena Okafor',
    'Ravi Patel',
    'Paul Lefèvre',
    'Ines Costa',
    'Tom Becker',
    'Yuki Tanaka',
    'Elena Rossi',
    'Max Hoffmann',
    'Chloé Martin',
    'Amira Haddad',
    'Samuel Adeyemi',
    'Klara Novák',
    'Hugo Moreau',
    'Aisha Khan',
    'Julia Schmid',
    'Oliver Kraus',
    'Zoe Dubois',
    'Adrian Popescu',
    'Mila Petrov',
    'Noah Fischer',
    'Eva Lang',
    'Leo Simon',
    'David Roth',
    'Sara Blanc',
  ],
  'Hamburg Workshop': ['Jonas Meyer', 'Lukas Wagner', 'Nora Lind', 'Emil Larsen', 'Anton Weber', 'Hanna Vogel', 'Felix Braun'],
  'Madrid Lab': [
    'Sofía García',
    'Diego Fernández',
    'Carmen Ruiz',
    'Mateo López',
    'Lucía Romero',
    'Laura Jiménez',
    'Pablo Ortega',
    'Irene Navarro',
  ],
} as const satisfies Record<DemoSite, readonly string[]>;

/** Forty people and where they work. */
export const demoPeople = (Object.keys(peopleBySite) as DemoSite[]).flatMap((site) => peopleBySite[site].map((name) => ({ name, site })));

/** Groups people put together: two by name, each with somebody who may add others, and one by rule. */
export const demoGroups: readonly DemoGroup[] = [
  {
    name: 'Microscope users',
    description: 'Trained for SEM-2 and XRD-1.',
    rule: null,
    members: ['Ravi Patel', 'Yuki Tanaka', 'Sofía García', 'Mateo López', 'Lucía Romero'],
    delegate: 'Sofía García',
  },
  {
    name: 'Workshop crew',
    description: 'Looks after the machines in Hamburg.',
    rule: null,
    members: ['Jonas Meyer', 'Lukas Wagner', 'Nora Lind', 'Emil Larsen'],
    delegate: 'Nora Lind',
  },
  { name: 'Staff', description: 'Everybody who works here; no guests.', rule: { roles: ['user', 'admin'] }, members: [], delegate: null },
];

/** Who is in charge of a site besides the administrator. */
export const demoManager = { person: 'Jonas Meyer', site: HAMBURG, roleId: 'site-manager' } as const;

/** How much of the instruments each may have; in minutes. */
export const demoQuota = { name: 'Lab time', kind: 'lab', measure: 'time', window: 'month', limit: 40 * 60 } as const;
