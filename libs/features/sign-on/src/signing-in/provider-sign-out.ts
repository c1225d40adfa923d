import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { PublicLinks } from '@berth/platform/mail';
import { Secrets } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { ProvidersQueries } from '../providers/providers.queries';
import { OpenId } from './openid';
import { identityOfSession } from './proved-identity.store';

/** Says where somebody signs out of the provider their session came from. */
@Injectable()
export class ProviderSignOut {
  constructor(
    private readonly database: Database,
    private readonly providers: ProvidersQueries,
    private readonly openId: OpenId,
    private readonly links: PublicLinks,
    private readonly secrets: Secrets,
  ) {}

  /** @returns null for a session that came otherwise, or from a provider that has no such place */
  async execute(actor: Actor): Promise<string | null> {
    const db = this.database.of(actor.organizationId);
    const proved = await identityOfSession(db, this.secrets, actor.sessionId);
    const provider = proved && (await this.providers.byId(db, proved.providerId));
    return provider ? this.openId.signOutUrl(provider, proved.idToken, this.links.to('/login')) : null;
  }
}
