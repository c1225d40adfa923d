import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import type { ErasureResponse, JobResponse, MergeRequest, MergeResponse } from '@berth/api-client';
import { apiUrl } from '@berth/web/data';
import { firstValueFrom } from 'rxjs';

export const roles = ['admin', 'user', 'guest'] as const;
export type Role = (typeof roles)[number];
export type PersonStatus = 'active' | 'suspended';
/** Which people a list has; `invited` are no people yet. */
export type UserFilter = PersonStatus | 'invited';

/** Somebody with an account. */
export interface Person {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly email: string;
  readonly role: Role;
  readonly status: PersonStatus;
  /** RFC 3339 */
  readonly createdAt: string;
}

/** The same with their sign-ins that go on. */
export interface PersonSeen extends Person {
  readonly emailVerified: boolean;
  readonly secondFactor: { readonly app: boolean; readonly passkeys: number };
  readonly sessions: readonly { readonly lastUsedAt: string; readonly userAgent: string | null; readonly address: string | null }[];
}

/** Somebody who was asked to join. */
export interface Invitation {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly invitedBy: { readonly displayName: string } | null;
  /** RFC 3339 */
  readonly expiresAt: string;
  readonly expired: boolean;
}

/** The link is there only where no mail carries it. */
export interface Sent {
  readonly link: string | null;
}

export type LeavingChoice = 'keep' | 'cancel' | 'transfer';
export interface Leaving {
  readonly total: number;
  readonly reservations: readonly { readonly outcome: 'kept' | 'cancelled' | 'transferred'; readonly detail: string | null }[];
}
export interface LeavingWish {
  readonly reservations: LeavingChoice;
  readonly to?: string;
}

/** What an erasure did, or would do. */
export type Erasure = ErasureResponse;
export interface EraseWish {
  readonly reservations: 'cancel' | 'transfer';
  readonly to?: string;
  readonly reason?: string;
}

/** What merging two accounts did, or would do. */
export type Merge = MergeResponse;

interface Page<T> {
  readonly data: readonly T[];
  readonly page: { readonly nextCursor: string | null };
}

/** People, invitations and what is done with them. Promises reject with a Problem. */
@Injectable({ providedIn: 'root' })
export class UsersApi {
  private readonly http = inject(HttpClient);

  people(q: string, status: PersonStatus, cursor: string | null): Promise<Page<Person>> {
    const params = { status, limit: 50, ...(q === '' ? {} : { q }), ...(cursor === null ? {} : { cursor }) };
    return firstValueFrom(this.http.get<Page<Person>>(apiUrl('/users'), { params }));
  }

  invitations(cursor: string | null): Promise<Page<Invitation>> {
    return firstValueFrom(this.http.get<Page<Invitation>>(apiUrl('/users/invitations'), { params: cursor === null ? {} : { cursor } }));
  }

  person(id: string): Promise<PersonSeen> {
    return firstValueFrom(this.http.get<PersonSeen>(apiUrl(`/users/${id}`)));
  }

  /** @throws Problem `already-exists`, `permission-denied` */
  invite(email: string, role: Role): Promise<Sent> {
    return this.post('/users/invite', { email, role });
  }

  resend(id: string): Promise<Sent> {
    return this.post(`/users/invitations/${id}/resend`);
  }

  withdraw(id: string): Promise<unknown> {
    return firstValueFrom(this.http.delete(apiUrl(`/users/invitations/${id}`)));
  }

  passwordLink(id: string): Promise<Sent> {
    return this.post(`/users/${id}/password-link`);
  }

  signOut(id: string): Promise<unknown> {
    return this.post(`/users/${id}/sign-out`);
  }

  /** @throws Problem `permission-denied`, `last-way-in` */
  resetSecondFactor(id: string, reason: string): Promise<unknown> {
    return this.post(`/users/${id}/second-factor/reset`, { reason });
  }

  reactivate(id: string): Promise<unknown> {
    return this.post(`/users/${id}/reactivate`);
  }

  suspend(id: string, wish: LeavingWish): Promise<Leaving> {
    return this.post(`/users/${id}/suspend`, wish);
  }

  /** How many reservations there are to decide about; changes nothing. */
  leaving(id: string): Promise<Leaving> {
    return this.post(`/users/${id}/suspend?dryRun=true`, { reservations: 'keep' });
  }

  /** Asks for everything about somebody; gathered by a job. @throws Problem `permission-denied` */
  askForExport(id: string): Promise<JobResponse> {
    return this.post(`/users/${id}/export`);
  }

  /** The document of an export one asked for, once its job is over. */
  exported(jobId: string): Promise<unknown> {
    return firstValueFrom(this.http.get(apiUrl(`/users/me/exports/${jobId}/file`)));
  }

  /** @throws Problem `last-owner`, `permission-denied`, `invalid-reference` */
  erase(id: string, wish: EraseWish): Promise<Erasure> {
    return this.post(`/users/${id}/erase`, wish);
  }

  /** What erasing would do; changes nothing. @throws Problem as `erase` */
  whatWouldGo(id: string, wish: EraseWish): Promise<Erasure> {
    return this.post(`/users/${id}/erase?dryRun=true`, wish);
  }

  /** Makes one account of two of the same person. @throws Problem `permission-denied`, `invalid-reference`, `account-suspended` */
  merge(id: string, wish: MergeRequest): Promise<Merge> {
    return this.post(`/users/${id}/merge`, wish);
  }

  /** What merging would do; changes nothing. @throws Problem as `merge` */
  whatWouldMerge(id: string, into: string): Promise<Merge> {
    return this.post(`/users/${id}/merge?dryRun=true`, { into });
  }

  private post<T>(path: `/${string}`, body: object = {}): Promise<T> {
    return firstValueFrom(this.http.post<T>(apiUrl(path), body));
  }
}
