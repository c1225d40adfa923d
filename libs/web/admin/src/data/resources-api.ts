import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import {
  assignAssign,
  assignmentEnd,
  assignmentOf,
  checkInLink,
  floorsCreate,
  floorsList,
  resourceTimesBlackOut,
  resourceTimesBlackouts,
  resourceTimesHours,
  resourceTimesInheritHours,
  resourceTimesLift,
  resourceTimesSetHours,
  resourceTypesList,
  resourcesChange,
  resourcesCreate,
  resourcesGet,
  resourcesList,
  resourceStatusStatus,
  sitesCreate,
  sitesList,
  tagsList,
  type AssignmentOfResource,
  type AssignResourceRequest,
  type BusinessHoursRequest,
  type ChangeResourceRequest,
  type PageEndResponse,
  type ResourceResponse,
  type ResourcesList$Params,
  type StrictHttpResponse,
} from '@berth/api-client';
import { ifMatch, Session, toProblem } from '@berth/web/data';
import { map, type Observable } from 'rxjs';
import type { Blackout, BusinessHours } from './hours';
import type {
  BookingInTheWay,
  Floor,
  NewResource,
  Resource,
  ResourceFilter,
  ResourcePage,
  ResourcePatch,
  ResourceType,
  Site,
  AffectedBooking,
  StatusChange,
  TagCount,
} from './resource';

/** Rows a page of the list brings. */
export const PAGE_ROWS = 100;
const MOST_A_PAGE = 200;
/** The console is served by the API: paths are enough. */
const HERE = '';

/** The calls of administration. All reject with Problem; an abort ends the request. */
@Injectable({ providedIn: 'root' })
export class ResourcesApi {
  private readonly http = inject(HttpClient);
  private readonly session = inject(Session);

  /** One page of what the person manages; the first one counts all that match. */
  list(filter: ResourceFilter, cursor: string | null, signal?: AbortSignal): Promise<ResourcePage> {
    const page: ResourcesList$Params = cursor === null ? { count: 'exact' } : { cursor };
    return answered(
      resourcesList(this.http, HERE, {
        ...listParams(filter),
        ...page,
        ...(this.session.isOfPlaces() && { managed: 'true' as const }),
        limit: PAGE_ROWS,
      }),
      signal,
    );
  }

  one(id: string, signal?: AbortSignal): Promise<Resource> {
    return answered(resourcesGet(this.http, HERE, { id }), signal);
  }

  /**
   * @param key stays the same while one form is sent again
   * @throws Problem `validation-failed`, `already-exists`
   */
  add(request: NewResource, key: string): Promise<Resource> {
    return settled(this.http.post<ResourceResponse>(resourcesCreate.PATH, request, { headers: { 'Idempotency-Key': key } }));
  }

  /** @throws Problem `precondition-failed` with what it is now in `current` */
  change(id: string, version: number, patch: ResourcePatch): Promise<Resource> {
    return answered(resourcesChange(this.http, HERE, { id, ...ifMatch(version), body: patch as ChangeResourceRequest }));
  }

  /** @throws Problem `resource-has-reservations` with the first of them */
  setStatus(id: string, change: StatusChange): Promise<Resource> {
    return answered(resourceStatusStatus(this.http, HERE, { id, body: change }));
  }

  /** Who would be affected by a change, and how; changes nothing. */
  async tryStatus(id: string, change: StatusChange): Promise<readonly AffectedBooking[]> {
    const { affected } = await answered(resourceStatusStatus(this.http, HERE, { id, body: change, dryRun: true }));
    return affected.reservations;
  }

  /** Whose a resource is, with the version of the resource. */
  assignment(id: string): Promise<AssignmentOfResource> {
    return answered(assignmentOf(this.http, HERE, { id }));
  }

  /** Makes a resource one person's own, and does with what others have booked what is chosen. @throws Problem `precondition-failed` */
  async assign(id: string, version: number, wanted: AssignResourceRequest): Promise<void> {
    await answered(assignAssign(this.http, HERE, { id, ...ifMatch(version), body: wanted }));
  }

  /** What others have booked, and what would become of it; changes nothing. */
  async tryAssign(id: string, version: number, wanted: AssignResourceRequest): Promise<readonly AffectedBooking[]> {
    return (await answered(assignAssign(this.http, HERE, { id, ...ifMatch(version), body: wanted, dryRun: true }))).affected.reservations;
  }

  /** Makes a resource everybody's again. @throws Problem `precondition-failed` */
  unassign(id: string, version: number): Promise<void> {
    return answered(assignmentEnd(this.http, HERE, { id, ...ifMatch(version) }));
  }

  /** The link of the code at a resource, which stays as long as the server keeps its secret; `url` where its public address is known. */
  checkInLink(id: string): Promise<{ readonly url: string | null; readonly path: string }> {
    return answered(checkInLink(this.http, HERE, { id }));
  }

  async hours(id: string, signal?: AbortSignal): Promise<BusinessHours> {
    return (await answered(resourceTimesHours(this.http, HERE, { id }), signal)) as BusinessHours;
  }

  /** @throws Problem `precondition-failed` */
  async setHours(id: string, version: number, hours: Pick<BusinessHours, 'days' | 'exceptions'>): Promise<BusinessHours> {
    const given = { id, ...ifMatch(version), body: hours as BusinessHoursRequest };
    return (await answered(resourceTimesSetHours(this.http, HERE, given))) as BusinessHours;
  }

  /** Gives up a resource's own hours; those of its site or the organization count again. @throws Problem `precondition-failed` */
  inheritHours(id: string, version: number): Promise<void> {
    return answered(resourceTimesInheritHours(this.http, HERE, { id, ...ifMatch(version) }));
  }

  async blackouts(id: string, signal?: AbortSignal): Promise<readonly Blackout[]> {
    return (await answered(resourceTimesBlackouts(this.http, HERE, { id, limit: MOST_A_PAGE }), signal)).data;
  }

  /** Closes a resource for a time; bookings within it stay and are told. */
  blackOut(
    id: string,
    time: { start: string; end: string; reason: string | null; recurrence?: { rrule: string; timeZone: string } },
  ): Promise<Blackout & { readonly affected: { readonly total: number } }> {
    return answered(resourceTimesBlackOut(this.http, HERE, { id, body: time }));
  }

  lift(id: string, blackoutId: string): Promise<void> {
    return answered(resourceTimesLift(this.http, HERE, { id, blackoutId }));
  }

  types(): Promise<readonly ResourceType[]> {
    return everyPage((cursor) => answered(resourceTypesList(this.http, HERE, { limit: MOST_A_PAGE, cursor })));
  }

  sites(): Promise<readonly Site[]> {
    return everyPage((cursor) => answered(sitesList(this.http, HERE, { limit: MOST_A_PAGE, cursor })));
  }

  floors(): Promise<readonly Floor[]> {
    return everyPage((cursor) => answered(floorsList(this.http, HERE, { limit: MOST_A_PAGE, cursor })));
  }

  async tags(): Promise<readonly TagCount[]> {
    return (await answered(tagsList(this.http, HERE))).data;
  }

  addSite(site: { name: string; countryCode: string; timeZone: string }): Promise<Site> {
    return answered(sitesCreate(this.http, HERE, { body: site }));
  }

  addFloor(floor: { siteId: string; name: string }): Promise<Floor> {
    return answered(floorsCreate(this.http, HERE, { body: floor }));
  }
}

/** The bookings a `resource-has-reservations` names, and how many there are in all. */
export function bookingsInTheWay(problem: { readonly body: Readonly<Record<string, unknown>> }): {
  readonly shown: readonly BookingInTheWay[];
  readonly total: number;
} {
  const shown = (problem.body['reservations'] ?? []) as readonly BookingInTheWay[];
  return { shown, total: Number(problem.body['total'] ?? shown.length) };
}

/** The answer as a promise that rejects with Problem. */
export function settled<T>(answer: Observable<T>, signal?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const subscription = answer.subscribe({ next: resolve, error: (error: unknown) => reject(toProblem(error)) });
    signal?.addEventListener('abort', () => {
      subscription.unsubscribe();
      reject(toProblem(signal.reason));
    });
  });
}

/** The body a call of the generated client answers with. */
export function answered<T>(answer: Observable<StrictHttpResponse<T>>, signal?: AbortSignal): Promise<T> {
  return settled(answer.pipe(map((it) => it.body)), signal);
}

async function everyPage<T>(fetch: (cursor: string | undefined) => Promise<{ data: T[]; page: PageEndResponse }>): Promise<readonly T[]> {
  const found: T[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await fetch(cursor ?? undefined);
    found.push(...page.data);
    cursor = page.page.nextCursor;
  } while (cursor);
  return found;
}

function listParams({ q, status, typeId, siteId, floorId, tags, capacity, sort }: ResourceFilter): ResourcesList$Params {
  return {
    sort,
    q: q || undefined,
    status: status?.join(','),
    typeId: typeId ?? undefined,
    siteId: siteId ?? undefined,
    floorId: floorId ?? undefined,
    tag: tags.length > 0 ? [...tags] : undefined,
    capacity: capacity ?? undefined,
  };
}
