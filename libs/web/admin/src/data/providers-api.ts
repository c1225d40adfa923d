import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import {
  groupsList,
  providersAdd,
  providersChange,
  providersList,
  providersOrder,
  providersRemove,
  providersTest,
  type AddProviderRequest,
  type ChangeProviderRequest,
  type IssuerReportResponse,
  type ProviderResponse,
  type ProvidersResponse,
} from '@berth/api-client';
import { ifMatch } from '@berth/web/data';
import { answered, settled } from './resources-api';

export type Provider = ProviderResponse;
export type NewProvider = AddProviderRequest;
export type ProviderPatch = ChangeProviderRequest;
export type IssuerReport = IssuerReportResponse;
export type ProviderMapping = Provider['mapping'][number];

/** The console is served by the API: paths are enough. */
const HERE = '';

/** Reads and changes the providers people sign in with. All reject with Problem. */
@Injectable({ providedIn: 'root' })
export class ProvidersApi {
  private readonly http = inject(HttpClient);

  /** All of them with the version of their order. */
  all(): Promise<ProvidersResponse> {
    return answered(providersList(this.http, HERE));
  }

  /**
   * @param key stays the same while one form is sent again
   * @throws Problem `already-exists`, `permission-denied`, `invalid-reference`
   */
  add(provider: NewProvider, key: string): Promise<Provider> {
    return settled(this.http.post<Provider>(providersAdd.PATH, provider, { headers: { 'Idempotency-Key': key } }));
  }

  /** @throws Problem `precondition-failed`, `permission-denied`, `last-way-in` */
  change({ id, version }: Provider, body: ProviderPatch): Promise<Provider> {
    return answered(providersChange(this.http, HERE, { id, ...ifMatch(version), body }));
  }

  /** @throws Problem `last-way-in`, `precondition-failed` */
  remove({ id, version }: Provider): Promise<void> {
    return answered(providersRemove(this.http, HERE, { id, ...ifMatch(version) }));
  }

  /** @throws Problem `precondition-failed` when they, or other settings, were changed elsewhere */
  order(ids: readonly string[], version: number): Promise<void> {
    return answered(providersOrder(this.http, HERE, { ...ifMatch(version), body: { ids: [...ids] } }));
  }

  /** What an issuer says of itself, or why it could not be asked. */
  test(issuer: string): Promise<IssuerReport> {
    return answered(providersTest(this.http, HERE, { body: { issuer } }));
  }

  /** Groups whose members are named one by one; a provider can put people into these. */
  async groups(): Promise<readonly { readonly id: string; readonly name: string }[]> {
    return (await answered(groupsList(this.http, HERE, { limit: 200 }))).data.filter((it) => it.kind === 'static');
  }
}
