import { Problem } from '@berth/contracts';
import { addDays, newId, toCivil, toInstant } from '@berth/kernel';
import { insertAccount } from '@berth/people';
import { AddSite, PlaceRegister } from '@berth/places';
import { AccessTokens, type Actor, Passwords, type TokenAnswer } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { Book } from '@berth/reservations';
import { AddResource, AddResourceType, ResourceCatalogue, type ResourceTerms } from '@berth/resources';
import { Injectable } from '@nestjs/common';
import { demoHours, type DemoResource, demoPeople, demoResources, demoSites, demoTitles } from './demo-data';
import { markDemo, ownTypes } from './demo/demo-marks';
import { Initialise } from './initialise';
import { type Kind, typeOfKind } from './kinds';
import { SetupToken } from './setup-token';

const PASSWORD = 'berth-demo';
const DAYS = 14;
const KINDS: readonly Kind[] = ['room', 'desk', 'lab', 'vehicle', 'server', 'other'];

/** A small believable organization to look around in, made through the same use cases people use. */
@Injectable()
export class DemoOrganization {
  constructor(
    private readonly token: SetupToken,
    private readonly initialise: Initialise,
    private readonly database: Database,
    private readonly tokens: AccessTokens,
    private readonly passwords: Passwords,
    private readonly addSite: AddSite,
    private readonly places: PlaceRegister,
    private readonly addType: AddResourceType,
    private readonly addResource: AddResource,
    private readonly catalogue: ResourceCatalogue,
    private readonly booking: Book,
    private readonly clock: Clock,
  ) {}

  /** Sets up the demo on an empty database; does nothing on any other. */
  async create(say: (line: string) => void): Promise<void> {
    if (await this.token.isSetUp()) return;
    const tokens = await this.initialise.execute(
      {
        organization: {
          name: 'Acme',
          timeZone: 'Europe/Berlin',
          language: 'en',
          weekStart: 1,
          hours: demoHours,
          registrationOpen: true,
          demo: true,
        },
        admin: { username: 'admin', email: 'admin@acme.example', displayName: 'Ana Kaya', password: PASSWORD },
        kinds: KINDS,
      },
      { requestId: 'demo' },
    );
    await this.fill(tokens);
    say(`The demo organization is loaded: sign in as admin with password ${PASSWORD}.`);
  }

  /** Fills the organization of the person who just signed in. */
  async fill(tokens: TokenAnswer): Promise<void> {
    const claims = await this.tokens.verify(tokens.access_token);
    const admin: Actor = { ...claims, displayName: 'Berth', role: 'admin', requestId: 'demo' };
    const own = await this.database.transaction(admin, (tx) => ownTypes(tx, admin));
    const people = await this.addPeople(admin);
    for (const site of demoSites) await this.addSite.execute(admin, site);
    const resources = await this.addResources(admin);
    await this.bookThem([admin, ...people], resources);
    await this.database.transaction(admin, (tx) => markDemo(tx, admin, own));
  }

  private async addPeople(admin: Actor): Promise<Actor[]> {
    const passwordHash = await this.passwords.hash(PASSWORD);
    const { organizationId } = admin;
    return this.database.transaction(admin, async (tx) => {
      const people: Actor[] = [];
      for (const displayName of demoPeople) {
        const username = displayName
          .normalize('NFD')
          .replace(/\p{M}/gu, '')
          .toLowerCase()
          .replace(/[^a-z]+/g, '.');
        const row = await insertAccount(
          tx,
          { organizationId, username, email: `${username}@acme.example`, displayName, passwordHash, role: 'user' },
          this.clock.now(),
        );
        people.push({ organizationId, accountId: row.id, displayName, role: 'user', sessionId: newId(), requestId: 'demo' });
      }
      return people;
    });
  }

  private async addResources(admin: Actor): Promise<ResourceTerms[]> {
    const typeIds = await this.typeIds(admin);
    const paths = demoResources.map(({ site, floor }) => ({ site, floor }));
    const places = await this.database.transaction(admin, (tx) => this.places.provide(tx, admin, paths));
    const ids = new Map<string, string>();
    for (const { kind, site, floor, part, ...resource } of demoResources) {
      const parentId = part && ids.get(part);
      const made = await this.addResource.execute(admin, {
        ...resource,
        typeId: typeIds.get(kind),
        floorId: places.find({ site, floor })?.floorId,
        parentId,
      });
      ids.set(resource.name, made.id);
    }
    return [...(await this.catalogue.termsOfMany(admin.organizationId, [...ids.values()])).values()];
  }

  /** Ids of the types by kind; those the set-up did not ask for are added. */
  private async typeIds(admin: Actor): Promise<Map<Kind, string>> {
    const known = await this.database.of(admin.organizationId).sql<{ key: string; id: string }>`
      select key, id from resource_type where org_id = ${admin.organizationId}`;
    const ids = new Map(known.map((it) => [it.key as Kind, it.id]));
    for (const kind of KINDS) if (!ids.has(kind)) ids.set(kind, (await this.addType.execute(admin, typeOfKind[kind])).id);
    return ids;
  }

  /** Two weeks of open days; where a random wish is refused, that is what happens in life too. */
  private async bookThem(people: readonly Actor[], resources: readonly ResourceTerms[]): Promise<void> {
    const random = sequence(7);
    const byName = new Map(demoResources.map((it) => [it.name, it]));
    for (const resource of resources) {
      const demo = byName.get(resource.name);
      if (!demo) continue;
      for (const wish of wishesFor(resource, demo, this.clock.now(), random)) {
        // The one who looks around has some of their own.
        const person = random() < 0.12 ? people[0] : people[Math.floor(random() * people.length)];
        if (person) await this.booking.execute(person, { resourceIds: [resource.id], quantity: 1, ...wish }).catch(ignoreRefusal);
      }
    }
  }
}

interface DemoWish {
  readonly start: Date;
  readonly end: Date;
  readonly title: string | null;
}

function* wishesFor(resource: ResourceTerms, { kind }: DemoResource, now: Date, random: () => number): Generator<DemoWish> {
  const today = toCivil(now, resource.timeZone).date;
  const at = (day: number, hour: number): Date =>
    toInstant(`${addDays(today, day)}T${String(Math.floor(hour)).padStart(2, '0')}:${hour % 1 ? '30' : '00'}`, resource.timeZone).instant;
  for (let day = 0; day < DAYS; day++) {
    const isSaturday = toCivil(at(day, 12), resource.timeZone).weekday === 6;
    const busy = isSaturday ? 0.25 : 0.55;
    if (kind === 'desk' || kind === 'vehicle') {
      if (random() < busy) yield { start: at(day, 8.5), end: at(day, 17.5), title: null };
    } else if (kind === 'server') {
      if (random() < 0.15) yield { start: at(day, 8), end: at(day + 2, 18), title: 'Training run' };
    } else {
      for (let hour = 8 + Math.floor(random() * 2); hour < 18; hour += 1 + Math.floor(random() * 6) / 2) {
        const length = [0.5, 1, 1, 1.5, 2][Math.floor(random() * 5)] ?? 1;
        if (random() < busy)
          yield { start: at(day, hour), end: at(day, hour + length), title: demoTitles[Math.floor(random() * demoTitles.length)] ?? null };
      }
    }
  }
}

/** The same numbers every time, so that every demo looks the same (mulberry32). */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function ignoreRefusal(error: unknown): void {
  if (!(error instanceof Problem)) throw error;
}
