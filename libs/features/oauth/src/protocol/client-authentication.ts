import type { Permission } from '@berth/contracts';
import { isId } from '@berth/kernel';
import { Database } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import type { ClientType, GrantType } from '../clients/client';
import { fits } from '../clients/client-secrets';
import { OAuthError } from './oauth-error';
import { demandParameter, type Parameters } from './parameters';

/** A client that is not revoked, as the protocol needs it. */
export interface KnownClient {
  readonly id: string;
  readonly organizationId: string;
  readonly ownerId: string;
  readonly name: string;
  readonly type: ClientType;
  readonly grantTypes: readonly GrantType[];
  readonly redirectUris: readonly string[];
  readonly scopes: readonly Permission[];
}

interface FoundRow {
  id: string;
  org_id: string;
  owner_id: string;
  name: string;
  type: ClientType;
  grant_types: GrantType[];
  redirect_uris: string[];
  scopes: Permission[];
  hashes: Buffer[];
}

/** Which client asks. Confidential ones show a secret, in the `Authorization` header or in the form; public ones only say who they are. */
@Injectable()
export class ClientAuthentication {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws OAuthError `invalid_client`, the same for every reason; `invalid_request` for two ways at once */
  async execute(authorization: string | undefined, form: Parameters): Promise<KnownClient> {
    const { id, secret } = credentialsOf(authorization, form);
    const found = await this.find(id);
    const right = fits(secret ?? '', found?.hashes.map((hash) => ({ hash })) ?? []);
    if (!found || (found.client.type === 'confidential' ? !right : secret !== undefined))
      throw new OAuthError('invalid_client', 'the client is not known, or the secret is not right');
    return found.client;
  }

  /** A client by what it says it is; undefined when there is none. */
  async known(id: string): Promise<KnownClient | undefined> {
    return (await this.find(id))?.client;
  }

  private async find(id: string): Promise<{ client: KnownClient; hashes: Buffer[] } | undefined> {
    if (!isId(id)) return undefined;
    const [row] = await this.database.system.sql<FoundRow>`
      select c.id, c.org_id, c.owner_id, c.name, c.type, c.grant_types, c.redirect_uris, c.scopes,
        array(select s.hash from oauth_client_secret s
              where s.org_id = c.org_id and s.client_id = c.id and (s.expires_at is null or s.expires_at > ${this.clock.now()})) as hashes
      from oauth_client c
      where c.id = ${id} and c.revoked_at is null`;
    if (!row) return undefined;
    const { org_id: organizationId, owner_id: ownerId, grant_types: grantTypes, redirect_uris: redirectUris, hashes, ...same } = row;
    return { client: { ...same, organizationId, ownerId, grantTypes, redirectUris }, hashes };
  }
}

/** RFC 6749 §2.3.1: what stands in the header is form-encoded before it is put together. */
function credentialsOf(authorization: string | undefined, form: Parameters): { id: string; secret: string | undefined } {
  if (!/^Basic( |$)/i.test(authorization ?? '')) return { id: demandParameter(form, 'client_id'), secret: form['client_secret'] };
  if (form['client_secret'] !== undefined) throw new OAuthError('invalid_request', 'the client authenticates in two ways at once');
  const [, encoded] = /^Basic +([A-Za-z0-9+/=_-]{1,8000})$/i.exec(authorization ?? '') ?? [];
  const [, id, secret] = /^([^:]*):([^]*)$/.exec(Buffer.from(encoded ?? '', 'base64').toString()) ?? [];
  const parts = [id, secret].map(decoded);
  if (parts[0] === undefined || parts[1] === undefined) throw new OAuthError('invalid_client', 'the Authorization header cannot be read');
  if (form['client_id'] !== undefined && form['client_id'] !== parts[0])
    throw new OAuthError('invalid_request', 'the header and the form name different clients');
  return { id: parts[0], secret: parts[1] };
}

function decoded(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
