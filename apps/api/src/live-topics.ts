import {
  type JobFacts,
  type NotificationFacts,
  type ProvisioningFacts,
  type ReservationFacts,
  type WaitlistFacts,
  withoutContent,
} from '@berth/contracts';
import { type Actor, may } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import type { LogEntry } from '@berth/platform/outbox';
import { Topics } from '@berth/platform/realtime';
import { visibleSites } from '@berth/places';
import { type ShyPerson, shyPeople, tellsShy, withoutPeople } from '@berth/reservations';
import { ResourceCatalogue, ResourcesQueries, type ResourceTerms, maySee, scopeOfTerms, visibleResources } from '@berth/resources';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';

type PersonalFacts = WaitlistFacts | NotificationFacts | JobFacts;

/** For so long a change of the tree of resources may go unnoticed; what has reservations to come does not change its place in it. */
const TREE_KNOWN_MS = 5_000;

/** For so long a change of gates may go unnoticed by who follows already. */
const TERMS_KNOWN_MS = 2_000;

/** What can be followed live, and what of it each person sees. */
@Injectable()
export class LiveTopics implements OnModuleInit {
  /** What shares time with the resources of a reservation: one statement for all who listen. */
  private readonly sharing = new LRUCache<string, Promise<readonly string[]>>({ max: 1_000, ttl: TREE_KNOWN_MS });

  /** Terms as they were a moment ago: one statement for all who listen. */
  private readonly recent = new LRUCache<string, Promise<ResourceTerms | undefined>>({ max: 5_000, ttl: TERMS_KNOWN_MS });

  private readonly sites = new LRUCache<string, Promise<boolean>>({ max: 5_000, ttl: TERMS_KNOWN_MS });

  /** People on a reservation who do not let everyone know: one statement for all who listen. */
  private readonly shy = new LRUCache<string, Promise<readonly ShyPerson[]>>({ max: 5_000, ttl: TERMS_KNOWN_MS });

  /** How events look with and without what only some may know. */
  private readonly views = new WeakMap<LogEntry, Map<string, object>>();

  constructor(
    private readonly topics: Topics,
    private readonly database: Database,
    private readonly catalogue: ResourceCatalogue,
    private readonly resources: ResourcesQueries,
  ) {}

  onModuleInit(): void {
    this.topics.define('me', {
      maySubscribe: async (_actor, id) => id === null,
      keyOf: (actor) => actor.accountId,
      keysOf: (entry) => (isOfOne(entry) ? [personOf(entry)] : isReservation(entry) ? [factsOf(entry).organizerId] : []),
    });
    this.topics.define('resource', {
      maySubscribe: async (actor, id) => id !== null && (await this.exists(actor, id)),
      keysOf: (entry) => {
        if (isReservation(entry)) return this.sharingTime(entry);
        const [kind, id = ''] = entry.subject.split('/');
        return kind === 'resources' ? [id] : [];
      },
    });
    this.topics.define('approvals', {
      maySubscribe: async (actor, id) => id === null && may(actor, 'approval:decide'),
      keysOf: (entry) => (isReservation(entry) && concernsApproval(factsOf(entry)) ? [''] : []),
    });
    this.topics.define('site', {
      maySubscribe: async (actor, id) => id !== null && (await this.siteExists(actor, id)),
      keysOf: (entry) => (isSpatial(entry) ? sitesOf(entry) : []),
    });
    this.topics.define('floor', {
      maySubscribe: async (actor, id) => id !== null && (await this.floorExists(actor, id)),
      keysOf: (entry) => this.floorsOf(entry),
    });
    this.topics.define('jobs', {
      maySubscribe: async (actor, id) => id !== null && (await this.jobExists(actor, id)),
      keyOf: (actor, id) => `${id} ${actor.accountId}`,
      keysOf: (entry) => (isJob(entry) ? [`${jobOf(entry).jobId} ${jobOf(entry).accountId}`] : []),
    });
    // That something was written; who reads the log reads the row.
    this.topics.define('audit', {
      maySubscribe: async (actor, id) => id === null && may(actor, 'audit:read'),
      keysOf: () => [''],
      tells: {},
    });
    this.topics.showWith((actor, entry) => this.show(actor, entry));
  }

  /** Of a reservation its time; the title only for those the resource shows it to. Of configuration only that it changed. */
  private async show(actor: Actor, entry: LogEntry): Promise<object | undefined> {
    if (isOfOne(entry)) return personOf(entry) === actor.accountId ? (entry.data as PersonalFacts) : undefined;
    if (!isReservation(entry)) return this.showConfiguration(actor, entry);
    if (entry.type === 'provisioning.reported') return this.showProvisioning(actor, entry);
    const { resourceIds, organizerId } = factsOf(entry);
    const terms = (await Promise.all(resourceIds.map((id) => this.terms(entry.organizationId, id)))).filter((it) => it !== undefined);
    const mine = organizerId === actor.accountId;
    if (!mine && !terms.some((it) => maySee(actor, it))) return undefined;
    const showsTitle =
      mine ||
      (may(actor, 'reservation:read') &&
        terms.every((it) => it.policy.titlesVisibleTo.value === 'organization' || may(actor, 'reservation:manage', scopeOfTerms(it))));
    return this.viewOf(entry, showsTitle, await this.hiddenFrom(actor, entry, terms));
  }

  /** There are few ways a reservation looks; each is made once, however many see it. */
  private viewOf(entry: LogEntry, showsTitle: boolean, hidden: readonly string[]): object {
    const views = this.views.get(entry) ?? new Map<string, object>();
    this.views.set(entry, views);
    const key = JSON.stringify([showsTitle, hidden]);
    const known = views.get(key);
    if (known) return known;
    const { title, previous: _previous, before: _before, after: _after, ...facts } = factsOf(entry);
    const view = withoutPeople({ ...withoutContent(facts), title: showsTitle ? title : null }, (it) => !hidden.includes(it));
    views.set(key, view);
    return view;
  }

  /** The people of a reservation of whom the actor is not told, by id. @param terms of all it is of */
  private async hiddenFrom(actor: Actor, entry: LogEntry, terms: readonly ResourceTerms[]): Promise<readonly string[]> {
    const { reservationId, organizerId, bookedById } = factsOf(entry);
    const people = bookedById === undefined ? [organizerId] : [organizerId, bookedById];
    if (people.includes(actor.accountId)) return [];
    const { organizationId } = entry;
    const look = (): Promise<readonly ShyPerson[]> => shyPeople(this.database.of(organizationId), organizationId, reservationId, people);
    const shy = await remembered(this.shy, [organizationId, reservationId, ...people].join(), look);
    return shy.filter((it) => !tellsShy(actor, it, terms)).map((it) => it.id);
  }

  /** What was reported; in which words only to whose reservation it is. */
  private async showProvisioning(actor: Actor, entry: LogEntry): Promise<object | undefined> {
    const { message, details, ...facts } = entry.data as ProvisioningFacts;
    if (facts.organizerId === actor.accountId) return { message, details, ...facts };
    const found = await Promise.all(facts.resourceIds.map((id) => this.terms(entry.organizationId, id)));
    const terms = found.filter((it) => it !== undefined);
    if (!terms.some((it) => maySee(actor, it))) return undefined;
    const hidden = await this.hiddenFrom(actor, entry, terms);
    return withoutPeople(facts, (it) => !hidden.includes(it));
  }

  /** That something changed, and its name, to who may see it now, whatever they could see when they began to follow. */
  private async showConfiguration(actor: Actor, entry: LogEntry): Promise<object | undefined> {
    const [kind, id = ''] = entry.subject.split('/');
    if (kind === 'resources') {
      const terms = await this.terms(entry.organizationId, id);
      if (!terms || !maySee(actor, terms)) return undefined;
    }
    if (kind === 'sites' && !(await this.seesSite(actor, id))) return undefined;
    if (kind === 'floors') for (const it of sitesOf(entry)) if (!(await this.seesSite(actor, it))) return undefined;
    return { id, name: (entry.data as { name?: string }).name };
  }

  /** A moment old, and asked once for all who may do the same. */
  private seesSite(actor: Actor, id: string): Promise<boolean> {
    const { role, grants, groupIds, organizationId } = actor;
    const key = JSON.stringify([organizationId, id, role, groupIds, grants.map((it) => it.assignmentId)]);
    return remembered(this.sites, key, () => this.siteExists(actor, id));
  }

  private terms(organizationId: string, id: string): Promise<ResourceTerms | undefined> {
    const look = async (): Promise<ResourceTerms | undefined> => (await this.catalogue.termsOfMany(organizationId, [id])).get(id);
    return remembered(this.recent, `${organizationId}/${id}`, look);
  }

  /** The resources of a reservation, the wholes they are parts of and their parts: all of them take its time. */
  private async sharingTime(entry: LogEntry): Promise<string[]> {
    const { resourceIds } = factsOf(entry);
    const key = [entry.organizationId, ...resourceIds].join();
    const sharing = await remembered(this.sharing, key, () => this.resources.sharingTime(entry.organizationId, resourceIds));
    return [...new Set([...resourceIds, ...sharing])];
  }

  private async floorsOf(entry: LogEntry): Promise<string[]> {
    const [kind, id = ''] = entry.subject.split('/');
    if (kind === 'floors') return [id];
    const resourceIds = isReservation(entry) ? factsOf(entry).resourceIds : kind === 'resources' ? [id] : [];
    const terms = await Promise.all(resourceIds.map((it) => this.terms(entry.organizationId, it)));
    return [...new Set(terms.flatMap((it) => it?.floorId ?? []))];
  }

  private async exists(actor: Actor, id: string): Promise<boolean> {
    const rows = await this.database.of(actor.organizationId).sql`select from resource r where r.id = ${id} and ${visibleResources(actor)}`;
    return rows.length > 0;
  }

  private async jobExists(actor: Actor, id: string): Promise<boolean> {
    const rows = await this.database.of(actor.organizationId).sql`
      select from job where org_id = ${actor.organizationId} and account_id = ${actor.accountId} and id = ${id}`;
    return rows.length > 0;
  }

  private async floorExists(actor: Actor, id: string): Promise<boolean> {
    const rows = await this.database.of(actor.organizationId).sql`
      select from floor f join site s on s.org_id = f.org_id and s.id = f.site_id where ${visibleSites(actor)} and f.id = ${id}`;
    return rows.length > 0;
  }

  private async siteExists(actor: Actor, id: string): Promise<boolean> {
    const rows = await this.database.of(actor.organizationId).sql`select from site s where ${visibleSites(actor)} and s.id = ${id}`;
    return rows.length > 0;
  }
}

/** What is being asked for by many is asked once; what failed is asked again. */
function remembered<T>(known: LRUCache<string, Promise<T>>, key: string, look: () => Promise<T>): Promise<T> {
  const before = known.get(key);
  if (before) return before;
  const found = look();
  known.set(key, found);
  found.catch(() => known.delete(key));
  return found;
}

const isReservation = (entry: LogEntry): boolean => /^(reservation|hold|provisioning)\./.test(entry.type);
/** Whether something began or ceased to wait for approval. */
const concernsApproval = ({ approval, status, previous }: ReservationFacts): boolean =>
  approval !== undefined || status === 'pending' || previous?.['status'] === 'pending';
/** Nobody's matter but one person's. */
const isOfOne = (entry: LogEntry): boolean => /^(waitlist|notification|job)\./.test(entry.type);
const personOf = (entry: LogEntry): string => (entry.data as PersonalFacts).accountId;
const isJob = (entry: LogEntry): boolean => entry.type.startsWith('job.');
const jobOf = (entry: LogEntry): JobFacts => entry.data as JobFacts;
const sitesOf = ({ data, subject }: LogEntry): readonly string[] =>
  (data as { siteIds?: readonly string[] }).siteIds ?? (subject.startsWith('sites/') ? [subject.slice('sites/'.length)] : []);
const isSpatial = (entry: LogEntry): boolean => isReservation(entry) || /^(resource|site|floor|blackout)\./.test(entry.type);
const factsOf = (entry: LogEntry): ReservationFacts => entry.data as ReservationFacts;
