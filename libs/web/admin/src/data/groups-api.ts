import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import type { GroupResponse, GroupRuleRequest, GroupUseResponse, MemberResponse } from '@berth/api-client';
import { apiUrl, ifMatch, newIdempotencyKey } from '@berth/web/data';
import { firstValueFrom } from 'rxjs';

export type Group = GroupResponse;
export type GroupRule = GroupRuleRequest;
export type GroupUse = GroupUseResponse;
export type Member = MemberResponse;

/** One page of a list. */
export interface Page<T> {
  readonly data: readonly T[];
  readonly page: { readonly nextCursor: string | null };
}

/** Groups, who is in them, and what they are used for. All reject with Problem. */
@Injectable({ providedIn: 'root' })
export class GroupsApi {
  private readonly http = inject(HttpClient);

  groups(q: string, cursor: string | null): Promise<Page<Group>> {
    return this.page('/groups', q, cursor);
  }

  /** All of them by name, as far as a list to choose from goes. */
  async all(): Promise<readonly Group[]> {
    const found: Group[] = [];
    let cursor: string | null = null;
    do {
      const page: Page<Group> = await this.groups('', cursor);
      found.push(...page.data);
      cursor = page.page.nextCursor;
    } while (cursor !== null);
    return found;
  }

  one(id: string): Promise<Group> {
    return firstValueFrom(this.http.get<Group>(apiUrl(`/groups/${id}`)));
  }

  /** @param key stays the same while one form is sent again */
  add(group: { name: string; description: string | null; rule?: GroupRule }, key: string): Promise<Group> {
    return firstValueFrom(this.http.post<Group>(apiUrl('/groups'), group, { headers: { 'Idempotency-Key': key } }));
  }

  change({ id, version }: Group, patch: { name?: string; description?: string | null; rule?: GroupRule }): Promise<Group> {
    return firstValueFrom(this.http.patch<Group>(apiUrl(`/groups/${id}`), patch, { headers: ifMatch(version) }));
  }

  /** @throws Problem `still-in-use` while a role or a gate names it, `precondition-failed` */
  remove({ id, version }: Group): Promise<unknown> {
    return firstValueFrom(this.http.delete(apiUrl(`/groups/${id}`), { headers: ifMatch(version) }));
  }

  members(id: string, q: string, cursor: string | null): Promise<Page<Member>> {
    return this.page(`/groups/${id}/members`, q, cursor);
  }

  /** Puts somebody in, or changes whether they may add members. */
  putIn(id: string, accountId: string, mayAddMembers: boolean): Promise<Group> {
    const headers = { 'Idempotency-Key': newIdempotencyKey() };
    return firstValueFrom(this.http.post<Group>(apiUrl(`/groups/${id}/members`), { accountId, mayAddMembers }, { headers }));
  }

  takeOut(id: string, accountId: string): Promise<unknown> {
    return firstValueFrom(this.http.delete(apiUrl(`/groups/${id}/members/${accountId}`)));
  }

  uses(id: string): Promise<{ readonly data: readonly GroupUse[]; readonly total: number }> {
    return firstValueFrom(this.http.get<{ data: GroupUse[]; total: number }>(apiUrl(`/groups/${id}/uses`)));
  }

  /** How many people fit a rule now. */
  async fitting(rule: GroupRule): Promise<number> {
    return (await firstValueFrom(this.http.post<{ count: number }>(apiUrl('/groups/fitting'), rule))).count;
  }

  private page<T>(path: `/${string}`, q: string, cursor: string | null): Promise<Page<T>> {
    const params = { limit: 100, ...(q === '' ? {} : { q }), ...(cursor === null ? {} : { cursor }) };
    return firstValueFrom(this.http.get<Page<T>>(apiUrl(path), { params }));
  }
}
