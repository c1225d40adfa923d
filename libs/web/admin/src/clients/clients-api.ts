import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import {
  clientsChange,
  clientsList,
  clientsRegister,
  clientsRevoke,
  clientsRotate,
  tokensOfAllList,
  tokensOfAllRevoke,
  type ChangeClientRequest,
  type ClientResponse,
  type RegisterClientRequest,
  type RegisteredClientResponse,
  type RotatedSecretResponse,
  type TokenOfSomebodyResponse,
  type TokenPage,
} from '@berth/api-client';
import { ifMatch } from '@berth/web/data';
import { answered } from '../data/resources-api';

export type Client = ClientResponse;
export type ClientWish = RegisterClientRequest;
export type TokenOfSomebody = TokenOfSomebodyResponse;

/** What a client is given once and never again. */
export interface ShownSecret {
  readonly id: string;
  readonly name: string;
  /** null for a public client, which has only its id. */
  readonly secret: string | null;
  /** RFC 3339; until when the secret before it goes on. */
  readonly previousUntil: string | null;
}

const HERE = '';

/** Programs that ask for tokens, and the tokens people made. All reject with Problem. */
@Injectable({ providedIn: 'root' })
export class ClientsApi {
  private readonly http = inject(HttpClient);

  async clients(): Promise<readonly Client[]> {
    return (await answered(clientsList(this.http, HERE))).data;
  }

  /** @throws Problem `validation-failed`, `already-exists`, `permission-denied` */
  async register(wish: ClientWish): Promise<ShownSecret> {
    const made: RegisteredClientResponse = await answered(clientsRegister(this.http, HERE, { body: wish }));
    return { id: made.id, name: made.name, secret: made.secret, previousUntil: null };
  }

  /** @throws Problem `validation-failed`, `already-exists`, `permission-denied`, `precondition-failed` */
  change(client: Client, patch: ChangeClientRequest): Promise<Client> {
    return answered(clientsChange(this.http, HERE, { id: client.id, ...ifMatch(client.version), body: patch }));
  }

  async renewSecret({ id, name }: Client): Promise<ShownSecret> {
    const renewed: RotatedSecretResponse = await answered(clientsRotate(this.http, HERE, { id, body: {} }));
    return { id, name, secret: renewed.secret, previousUntil: renewed.previousUntil };
  }

  /** @throws Problem `precondition-failed` */
  revoke({ id, version }: Client): Promise<void> {
    return answered(clientsRevoke(this.http, HERE, { id, ...ifMatch(version) }));
  }

  tokens(cursor: string | undefined): Promise<TokenPage> {
    return answered(tokensOfAllList(this.http, HERE, cursor === undefined ? {} : { cursor }));
  }

  revokeToken({ id }: TokenOfSomebody): Promise<void> {
    return answered(tokensOfAllRevoke(this.http, HERE, { id }));
  }
}
