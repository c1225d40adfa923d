import { HttpClient, HttpParams } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import type { CustomField } from '@berth/scheduling';
import { apiUrl } from '@berth/web/data';
import { firstValueFrom } from 'rxjs';
import type { Page } from './reservation';
import { onWire, type Span } from './span';

/** A resource as far as booking it is concerned. */
export interface BookableResource {
  readonly id: string;
  readonly name: string;
  readonly type: { readonly id?: string; readonly name: string };
  readonly site: { readonly id: string; readonly name: string } | null;
  readonly floor: { readonly name: string } | null;
  readonly capacity: number | null;
  readonly units: number;
  /** IANA zone that counts for it. */
  readonly timeZone: string;
  readonly bookable: boolean;
  /** Every rule that counts, with where it was set; durations in ISO 8601. */
  readonly rules: Readonly<Record<string, Rule>>;
  readonly requiresApproval: boolean;
}

/** One more resource of a booking of several. */
export interface FurtherResource {
  readonly id: string;
  readonly name: string;
  readonly needsApproval: boolean;
}

export interface Rule {
  readonly value: unknown;
  readonly source: { readonly level: string; readonly name?: string };
}

/** Free/busy of some resources in columns; times are whole seconds after `from`. */
export interface AvailabilityAnswer {
  readonly from: string;
  readonly resources: readonly string[];
  /** Of each resource: start, end, start, end, … */
  readonly closed: readonly (readonly number[])[];
  readonly blackouts: readonly (readonly { readonly start: number; readonly end: number; readonly reason: string | null }[])[];
  /** Time that is another person's own. */
  readonly assigned: readonly (readonly { readonly start: number; readonly end: number; readonly person: string | null }[])[];
  readonly bars: {
    readonly id: readonly string[];
    readonly resource: readonly number[];
    readonly start: readonly number[];
    readonly end: readonly number[];
    readonly heldStart: readonly number[];
    readonly heldEnd: readonly number[];
    readonly status: readonly string[];
    readonly title: readonly (string | null)[];
    readonly mine: readonly number[];
    readonly quantity: readonly number[];
  };
}

const FOUND_AT_MOST = 20;

/** What a form asks about resources. Every promise rejects with a Problem. */
@Injectable({ providedIn: 'root' })
export class ResourcesApi {
  private readonly http = inject(HttpClient);

  one(id: string): Promise<BookableResource> {
    return firstValueFrom(this.http.get<BookableResource>(apiUrl(`/resources/${id}`)));
  }

  /** What the type asks whoever books one of it. */
  async fieldsOf(typeId: string): Promise<readonly CustomField[]> {
    return (await firstValueFrom(this.http.get<{ fields: readonly CustomField[] }>(apiUrl(`/resource-types/${typeId}`)))).fields;
  }

  /** What is asked of who books all of these together. */
  async askedOf(resourceIds: readonly string[]): Promise<readonly CustomField[]> {
    const resources = await Promise.all(resourceIds.map((it) => this.one(it)));
    const typeIds = [...new Set(resources.flatMap((it) => it.type.id ?? []))];
    const fields = (await Promise.all(typeIds.map((it) => this.fieldsOf(it)))).flat();
    return [...new Map(fields.map((it) => [it.key, it])).values()];
  }

  /** Resources somebody could book whose name, place or tags hold the words; without words the first ones. */
  async find(words: string, siteId: string | null): Promise<readonly BookableResource[]> {
    let params = new HttpParams().set('limit', FOUND_AT_MOST).set('status', 'available');
    if (words.trim() !== '') params = params.set('q', words.trim());
    if (siteId !== null) params = params.set('siteId', siteId);
    const page = await firstValueFrom(this.http.get<Page<BookableResource>>(apiUrl('/resources'), { params }));
    return page.data.filter((it) => it.bookable);
  }

  availability(ids: readonly string[], window: Span): Promise<AvailabilityAnswer> {
    let params = new HttpParams().set('from', onWire(window.start)).set('to', onWire(window.end));
    for (const id of ids) params = params.append('resource', id);
    return firstValueFrom(this.http.get<AvailabilityAnswer>(apiUrl('/availability'), { params }));
  }
}
