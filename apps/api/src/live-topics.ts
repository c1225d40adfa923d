import type { JobFacts, ProvisioningFacts, ReservationFacts, WaitlistFacts } from '@berth/contracts';
import { type Actor, may } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import type { LogEntry } from '@berth/platform/outbox';
import { Topics } from '@berth/platform/realtime';
import { visibleSites } from '@berth/places';
import { ResourceCatalogue, ResourcesQueries, type ResourceTerms, maySee, scopeOfTerms, visibleResources } from '@berth/resources';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';

/** For so long a change of the tree of resources may go unnoticed; what has reservations to come does not change its place in it. */
const TREE_KNOWN_MS = 5_000;

/** For so long a change of gates may go unnoticed by who follows already. */
const TERMS_KNOWN_MS = 2_000;

/** What can be followed live, and what of it each person sees. */
@Injectable()
export class LiveTopics implements OnModuleInit {
  /** What shares time with the resources of a reservation: one statement for all who listen. */
  private readonly sharing = new LRUCache<string, Promise<ReadonlySet<string>>>({ max: 1_000, ttl: TREE_KNOWN_MS });

  /** Terms as they were a moment ago: one statement for all who listen. */
  private readonly recent = new LRUCache<string, Promise<ResourceTerms | undefined>>({ max: 5_000, ttl: TERMS_KNOWN_MS });

  constructor(
    private readonly topics: Topics,
    private readonly database: Database,
    private readonly catalogue: ResourceCatalogue,
    private readonly resources: ResourcesQueries,
  ) {}

  onModuleInit(): void {
    this.topics.define('me', {
      maySubscribe: async (_actor, id) => id === null,
      matches: (entry, _id, actor) =>
        isWaitlist(entry) ? waiterOf(entry) === actor.accountId : isReservation(entry) && factsOf(entry).organizerId === actor.accountId,
    });
    this.topics.define('resource', {
      maySubscribe: async (actor, id) => id !== null && (await this.exists(actor, id)),
      matches: (entry, id) => (isReservation(entry) ? this.blocks(entry, id ?? '') : entry.subject === `resources/${id}`),
    });
    this.topics.define('approvals', {
      maySubscribe: async (actor, id) => id === null && may(actor, 'approval:decide'),
      matches: (entry) => isReservation(entry) && concernsApproval(factsOf(entry)),
    });
    this.topics.define('site', {
      maySubscribe: async (actor, id) => id !== null && (await this.siteExists(actor, id)),
      matches: (entry, id) =>
        isSpatial(entry) && ((entry.data as { siteIds?: string[] }).siteIds?.includes(id ?? '') ?? entry.subject === `sites/${id}`),
    });
    this.topics.define('jobs', {
      maySubscribe: async (actor, id) => id !== null && (await this.jobExists(actor, id)),
      matches: (entry, id, actor) => entry.subject === `jobs/${id}` && (entry.data as JobFacts).accountId === actor.accountId,
    });
    this.topics.showWith((actor, entry) => this.show(actor, entry));
  }

  /** Of a reservation its time; the title only for those the resource shows it to. Of configuration only that it changed. */
  private async show(actor: Actor, entry: LogEntry): Promise<unknown> {
    if (isWaitlist(entry)) return waiterOf(entry) === actor.accountId ? entry.data : undefined;
    if (entry.type.startsWith('job.')) return (entry.data as JobFacts).accountId === actor.accountId ? entry.data : undefined;
    if (!isReservation(entry)) return this.showConfiguration(actor, entry);
    if (entry.type === 'provisioning.reported') return this.showProvisioning(actor, entry);
    const { reason: _reason, previous: _previous, before: _before, after: _after, suggestion: _suggestion, ...facts } = factsOf(entry);
    const terms = (await Promise.all(facts.resourceIds.map((id) => this.terms(actor.organizationId, id)))).filter((it) => it !== undefined);
    const mine = facts.organizerId === actor.accountId;
    if (!mine && !terms.some((it) => maySee(actor, it))) return undefined;
    const showsTitle =
      mine ||
      (may(actor, 'reservation:read') &&
        terms.every((it) => it.policy.titlesVisibleTo.value === 'organization' || may(actor, 'reservation:manage', scopeOfTerms(it))));
    return { ...facts, title: showsTitle ? facts.title : null };
  }

  /** What was reported; in which words only to whose reservation it is. */
  private async showProvisioning(actor: Actor, { organizationId, data }: LogEntry): Promise<unknown> {
    const { message, details, ...facts } = data as ProvisioningFacts;
    if (facts.organizerId === actor.accountId) return { message, details, ...facts };
    const terms = await Promise.all(facts.resourceIds.map((id) => this.terms(organizationId, id)));
    return terms.some((it) => it !== undefined && maySee(actor, it)) ? facts : undefined;
  }

  /** That something changed, and its name, to who may see it now, whatever they could see when they began to follow. */
  private async showConfiguration(actor: Actor, entry: LogEntry): Promise<unknown> {
    const [kind, id = ''] = entry.subject.split('/');
    if (kind === 'resources') {
      const terms = await this.terms(actor.organizationId, id);
      if (!terms || !maySee(actor, terms)) return undefined;
    }
    if (kind === 'sites' && !(await this.siteExists(actor, id))) return undefined;
    return { id, name: (entry.data as { name?: string }).name };
  }

  private terms(organizationId: string, id: string): Promise<ResourceTerms | undefined> {
    const key = `${organizationId}/${id}`;
    const recent = this.recent.get(key) ?? this.catalogue.termsOfMany(organizationId, [id]).then((it) => it.get(id));
    if (!this.recent.has(key)) this.recent.set(key, recent);
    recent.catch(() => this.recent.delete(key));
    return recent;
  }

  /** Whether a reservation is of the resource, or of a whole it is a part of, or of a part of it: all of them take its time. */
  private async blocks(entry: LogEntry, id: string): Promise<boolean> {
    const { resourceIds } = factsOf(entry);
    if (resourceIds.includes(id)) return true;
    const key = [entry.organizationId, ...resourceIds].join();
    const sharing =
      this.sharing.get(key) ?? this.resources.sharingTime(entry.organizationId, resourceIds).then((it): ReadonlySet<string> => new Set(it));
    this.sharing.set(key, sharing);
    sharing.catch(() => this.sharing.delete(key));
    return (await sharing).has(id);
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

  private async siteExists(actor: Actor, id: string): Promise<boolean> {
    const rows = await this.database.of(actor.organizationId).sql`select from site s where ${visibleSites(actor)} and s.id = ${id}`;
    return rows.length > 0;
  }
}

const isReservation = (entry: LogEntry): boolean => /^(reservation|hold|provisioning)\./.test(entry.type);
/** Whether something began or ceased to wait for approval. */
const concernsApproval = ({ approval, status, previous }: ReservationFacts): boolean =>
  approval !== undefined || status === 'pending' || previous?.['status'] === 'pending';
const isWaitlist = (entry: LogEntry): boolean => entry.type.startsWith('waitlist.');
const waiterOf = (entry: LogEntry): string => (entry.data as WaitlistFacts).accountId;
const isSpatial = (entry: LogEntry): boolean => isReservation(entry) || /^(resource|site|floor|blackout)\./.test(entry.type);
const factsOf = (entry: LogEntry): ReservationFacts => entry.data as ReservationFacts;
