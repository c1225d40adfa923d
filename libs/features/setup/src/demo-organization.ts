import { newId } from '@berth/kernel';
import { insertAccount } from '@berth/people';
import { AddSite, PlaceRegister } from '@berth/places';
import { AccessTokens, type Actor, Passwords, rightsOfRole, type TokenAnswer } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { AddResource, AddResourceType, ChangeAssignment, ResourceCatalogue, type ResourceTerms } from '@berth/resources';
import { Injectable } from '@nestjs/common';
import { DemoAccess } from './demo-access';
import { DemoBookings } from './demo-bookings';
import { demoHours, demoPeople, demoResources, demoSites } from './demo-data';
import { markDemo, ownTypes } from './demo/demo-marks';
import { Initialise } from './initialise';
import { type Kind, typeOfKind } from './kinds';
import { SetupToken } from './setup-token';

const PASSWORD = 'berth-demo';
const TIME_ZONE = 'Europe/Berlin';
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
    private readonly bookings: DemoBookings,
    private readonly access: DemoAccess,
    private readonly assigning: ChangeAssignment,
    private readonly clock: Clock,
  ) {}

  /** Sets up the demo on an empty database; does nothing on any other. */
  async create(say: (line: string) => void): Promise<void> {
    if (await this.token.isSetUp()) return;
    const tokens = await this.initialise.execute(
      {
        organization: {
          name: 'Acme',
          timeZone: TIME_ZONE,
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
    const admin: Actor = { ...claims, displayName: 'Berth', ...rightsOfRole('admin'), requestId: 'demo' };
    const own = await this.database.transaction(admin, (tx) => ownTypes(tx, admin));
    const people = await this.addPeople(admin);
    for (const site of demoSites) await this.addSite.execute(admin, site);
    const types = await this.typeIds(admin);
    const resources = await this.addResources(admin, types);
    await this.bookings.book({ people, resources }, TIME_ZONE);
    await this.assign(admin, 'Desk 3.04', admin, resources);
    await this.assign(admin, 'Desk 3.14', people.get(demoPeople[0]!.name), resources);
    await this.access.provide(admin, people, types);
    await this.database.transaction(admin, (tx) => markDemo(tx, admin, own));
  }

  /** A desk of one's own, and what others booked of it before stays. */
  private async assign(
    admin: Actor,
    desk: string,
    person: Actor | undefined,
    resources: ReadonlyMap<string, ResourceTerms>,
  ): Promise<void> {
    const id = resources.get(desk)?.id;
    if (id && person) await this.assigning.assign(admin, { id, personId: person.accountId });
  }

  private async addPeople(admin: Actor): Promise<Map<string | null, Actor>> {
    const passwordHash = await this.passwords.hash(PASSWORD);
    const { organizationId } = admin;
    return this.database.transaction(admin, async (tx) => {
      const people = new Map<string | null, Actor>([[null, admin]]);
      for (const { name: displayName } of demoPeople) {
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
        const rights = rightsOfRole('user');
        people.set(displayName, { organizationId, accountId: row.id, displayName, ...rights, sessionId: newId(), requestId: 'demo' });
      }
      return people;
    });
  }

  private async addResources(admin: Actor, typeIds: ReadonlyMap<Kind, string>): Promise<Map<string, ResourceTerms>> {
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
    const terms = await this.catalogue.termsOfMany(admin.organizationId, [...ids.values()]);
    return new Map([...terms.values()].map((it) => [it.name, it]));
  }

  /** Ids of the types by kind; those the set-up did not ask for are added. */
  private async typeIds(admin: Actor): Promise<Map<Kind, string>> {
    const known = await this.database.of(admin.organizationId).sql<{ key: string; id: string }>`
      select key, id from resource_type where org_id = ${admin.organizationId}`;
    const ids = new Map(known.map((it) => [it.key as Kind, it.id]));
    for (const kind of KINDS) if (!ids.has(kind)) ids.set(kind, (await this.addType.execute(admin, typeOfKind[kind])).id);
    return ids;
  }
}
