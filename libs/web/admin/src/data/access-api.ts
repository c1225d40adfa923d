import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import type {
  AccessRequest,
  AccessResponse,
  AssignmentResponse,
  AssignRoleRequest,
  ExplanationResponse,
  GatePreviewResponse,
  PlaceCountResponse,
} from '@berth/api-client';
import { apiUrl, ifMatch, newIdempotencyKey } from '@berth/web/data';
import { firstValueFrom } from 'rxjs';
import type { Right } from './roles-api';

export type Assignment = AssignmentResponse;
export type Explanation = ExplanationResponse;
export type GatePreview = GatePreviewResponse;
export type Access = AccessResponse;
export type Gates = AccessRequest;
export type GateMode = Gates['see']['mode'];
export type PlaceKind = Assignment['place']['kind'];

/** A place by what it is and its name. */
export interface Place {
  readonly kind: PlaceKind;
  readonly id: string;
  readonly name: string;
}

/** What a place is called in queries: `organization`, `site:ID` or `resource:ID`. */
export const scopeOf = ({ kind, id }: Pick<Place, 'kind' | 'id'>): string => (kind === 'organization' ? kind : `${kind}:${id}`);

/** Reads and gives roles in places, and the gates of places. All reject with Problem. */
@Injectable({ providedIn: 'root' })
export class AccessApi {
  private readonly http = inject(HttpClient);

  /** Roles that count at a place, also those given above it. */
  async countingAt(place: Pick<Place, 'kind' | 'id'>): Promise<readonly Assignment[]> {
    return this.assignments({ at: scopeOf(place) });
  }

  async ofPerson(user: string): Promise<readonly Assignment[]> {
    return this.assignments({ user });
  }

  /** Somebody by id, for those who look after people. */
  person(id: string): Promise<{ readonly displayName: string; readonly email: string }> {
    return firstValueFrom(this.http.get<{ displayName: string; email: string }>(apiUrl(`/users/${id}`)));
  }

  async places(): Promise<readonly PlaceCountResponse[]> {
    return (await firstValueFrom(this.http.get<{ data: PlaceCountResponse[] }>(apiUrl('/roles/places')))).data;
  }

  give(wish: AssignRoleRequest): Promise<Assignment> {
    return firstValueFrom(
      this.http.post<Assignment>(apiUrl('/roles/assignments'), wish, { headers: { 'Idempotency-Key': newIdempotencyKey() } }),
    );
  }

  take(id: string): Promise<unknown> {
    return firstValueFrom(this.http.delete(apiUrl(`/roles/assignments/${id}`)));
  }

  explain(user: string, permission: Right, scope: string): Promise<Explanation> {
    return firstValueFrom(this.http.get<Explanation>(apiUrl('/roles/explain'), { params: { user, permission, scope } }));
  }

  gates(place: Pick<Place, 'kind' | 'id'>): Promise<Access> {
    return firstValueFrom(this.http.get<Access>(gatesPath(place)));
  }

  /** @throws Problem `precondition-failed` when somebody else was faster */
  setGates(place: Pick<Place, 'kind' | 'id'>, version: number, gates: Gates): Promise<Access> {
    return firstValueFrom(this.http.put<Access>(gatesPath(place), gates, { headers: ifMatch(version) }));
  }

  /** How many people get through now and then; changes nothing. */
  previewGates(place: Pick<Place, 'kind' | 'id'>, gates: Gates): Promise<GatePreview> {
    return firstValueFrom(this.http.post<GatePreview>(`${gatesPath(place)}/preview`, gates));
  }

  /** All of them, page by page. */
  private async assignments(params: Readonly<Record<string, string>>): Promise<readonly Assignment[]> {
    const found: Assignment[] = [];
    let cursor: string | null = null;
    do {
      const query: Record<string, string | number> = { ...params, limit: 200, ...(cursor === null ? {} : { cursor }) };
      const page: { data: Assignment[]; page: { nextCursor: string | null } } = await firstValueFrom(
        this.http.get<{ data: Assignment[]; page: { nextCursor: string | null } }>(apiUrl('/roles/assignments'), { params: query }),
      );
      found.push(...page.data);
      cursor = page.page.nextCursor;
    } while (cursor !== null);
    return found;
  }
}

const gatesPath = ({ kind, id }: Pick<Place, 'kind' | 'id'>): string => apiUrl(`/${kind === 'site' ? 'sites' : 'resources'}/${id}/access`);
