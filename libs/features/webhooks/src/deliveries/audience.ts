import { withoutContent } from '@berth/contracts';
import { may, readRights, type Rights } from '@berth/platform/auth';
import type { Sql } from '@berth/platform/database';
import type { LogEntry } from '@berth/platform/outbox';
import { peopleIn, shyAmong, type ShyPerson, shyPeople, tellsShy, withoutPeople } from '@berth/reservations';
import { maySee, type ResourceTerms, showsTitles } from '@berth/resources';
import type { Whereabouts } from '../endpoints/scope';
import { neededFor } from '../message/event-catalogue';
import type { Facts } from '../message/message';

/** Who a webhook speaks for: the rights of whoever answers for it, none when that is nobody any more. */
export type Viewer = Rights & { readonly organizationId: string; /** Nobody’s where nobody answers for it. */ readonly accountId: string };

const nobody: Rights = { role: 'guest', groupIds: [], grants: [], scopes: new Set() };

/** Rights of those who answer for webhooks, read once each. */
export class Viewers {
  private readonly known = new Map<string, Promise<Viewer>>();

  constructor(
    private readonly db: Sql,
    private readonly now: Date,
  ) {}

  of(organizationId: string, accountId: string | null): Promise<Viewer> {
    const key = `${organizationId}/${accountId ?? ''}`;
    const known = this.known.get(key) ?? this.read(organizationId, accountId);
    this.known.set(key, known);
    return known;
  }

  private async read(organizationId: string, accountId: string | null): Promise<Viewer> {
    const rights = accountId === null ? undefined : await readRights(this.db, organizationId, accountId, this.now);
    return { ...(rights ?? nobody), organizationId, accountId: accountId ?? '' };
  }
}

/** Ids of the resources an event is about. */
export function resourcesOf({ subject, data }: Pick<LogEntry, 'subject' | 'data'>): string[] {
  const { resourceIds, resourceId, offer, after, before } = data as Facts;
  const [kind, id = ''] = subject.split('/');
  const named = [
    ...(Array.isArray(resourceIds) ? resourceIds : []),
    ...[resourceId, idIn(offer), idIn(after), idIn(before)],
    ...(kind === 'resources' ? [id] : []),
  ];
  return [...new Set(named.filter((it): it is string => typeof it === 'string'))];
}

const idIn = (facts: unknown): unknown =>
  typeof facts === 'object' && facts !== null && 'resourceId' in facts ? facts.resourceId : undefined;

/** Where an event happened, for the scopes of webhooks. */
export function whereaboutsOf({ subject, data }: Pick<LogEntry, 'subject' | 'data'>, terms: readonly ResourceTerms[]): Whereabouts {
  const { siteIds } = data as { siteIds?: readonly string[] };
  const [kind, id = ''] = subject.split('/');
  return {
    siteIds: [...(siteIds ?? []), ...(kind === 'sites' ? [id] : [])],
    typeIds: kind === 'resource-types' ? [id] : [],
    resources: terms,
  };
}

/** What an event is about, as far as it decides who may be told. */
export interface Concern {
  readonly terms: readonly ResourceTerms[];
  /** Whether it is about a reservation that keeps back what it is for. */
  readonly isPrivate: boolean;
  /** Who of the people it names does not let everyone read that. */
  readonly shy: readonly ShyPerson[];
}

/** The shy people of each event that names some, by its id. */
export async function shyPeopleOf(
  db: Sql,
  organizationId: string,
  entries: readonly LogEntry[],
): Promise<ReadonlyMap<string, ShyPerson[]>> {
  const named = entries.map((entry) => ({ entry, people: peopleIn(entry.data as Facts) }));
  const shy = await shyAmong(db, organizationId, [...new Set(named.flatMap((it) => it.people))]);
  const found = new Map<string, ShyPerson[]>();
  for (const { entry, people } of named) {
    const theirs = people.filter((it) => shy.has(it));
    const [, id = ''] = entry.subject.split('/');
    if (theirs.length > 0) found.set(entry.id, await shyPeople(db, organizationId, id, theirs));
  }
  return found;
}

/**
 * What of an event a viewer may be told: all of it, what is not about its content, that it happened (undefined), or nothing at all ('hidden',
 * where they see none of its resources).
 */
export function tellable(
  viewer: Viewer,
  { type, data }: Pick<LogEntry, 'type' | 'data'>,
  { terms, isPrivate, shy }: Concern,
): Facts | undefined | 'hidden' {
  if (terms.length > 0 && !terms.some((it) => maySee(viewer, it))) return 'hidden';
  const needed = neededFor(type);
  if (!needed || !may(viewer, needed)) return undefined;
  const facts = data as Facts;
  if (!/^(reservation|series|hold|provisioning)\./.test(type)) return facts;
  const isOpen = !isPrivate && terms.every((it) => showsTitles(viewer, it));
  const hidden = new Set(shy.filter((it) => !tellsShy(viewer, it, terms)).map((it) => it.id));
  return withoutPeople(isOpen ? facts : withoutContent(facts), (id) => !hidden.has(id));
}
