import { Database } from '@berth/platform/database';
import { Clock, Secrets } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { LinkAccount } from '../linked/link-account';
import type { KnownProvider } from '../providers/provider';
import { ProvidersQueries } from '../providers/providers.queries';
import { type Flow, openFlow } from './flow';
import { identityOf } from './identity';
import { OpenId, type Proof } from './openid';
import { keepIdentity } from './proved-identity.store';
import { SignOnFailed } from './sign-on-failed';

/** An answer as a browser brings it. */
export interface BroughtAnswer {
  /** Of the address it came to. */
  readonly key: string;
  /** With the question mark. */
  readonly search: string;
  /** What the browser kept, by the state of the answer. */
  readonly cookie: string | undefined;
  readonly requestId: string;
}

/** Where the browser goes on: to be signed in with a token, or to where the account was linked. */
export type TakenAnswer =
  { readonly kind: 'proved'; readonly token: string; readonly returnUrl: string } | { readonly kind: 'linked'; readonly returnUrl: string };

/**
 * Takes what a provider sent a browser back with. It has to be the answer to a sign-in this very browser began, with this
 * very provider.
 */
@Injectable()
export class TakeAnswer {
  constructor(
    private readonly database: Database,
    private readonly providers: ProvidersQueries,
    private readonly openId: OpenId,
    private readonly linking: LinkAccount,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  /** The sign-in an answer belongs to, as far as the browser says; for where to go with a failure. */
  flowOf(cookie: string | undefined): Flow | undefined {
    return openFlow(this.secrets, cookie, this.clock.now());
  }

  /** @throws SignOnFailed */
  async execute({ key, search, cookie, requestId }: BroughtAnswer): Promise<TakenAnswer> {
    const flow = this.flowOf(cookie);
    const provider = await this.providers.byKey(key);
    if (!provider) throw new SignOnFailed('unknown-provider');
    if (!flow || flow.providerId !== provider.id) throw new SignOnFailed('not-begun-here');
    const answer = new URL(this.providers.redirectUri(key) + search);
    if (answer.searchParams.get('state') !== flow.state) throw new SignOnFailed('not-begun-here');
    const proof = await this.openId.finish(provider, answer, flow);
    return this.proved(provider, flow, proof, requestId);
  }

  private async proved(provider: KnownProvider, flow: Flow, { claims, idToken }: Proof, requestId: string): Promise<TakenAnswer> {
    const identity = identityOf(claims, provider.claims);
    const { returnUrl, link } = flow;
    if (link) {
      await this.linking.execute(provider, identity, { ...link, requestId });
      return { kind: 'linked', returnUrl };
    }
    const { token } = await keepIdentity(this.database.system, this.secrets, provider, { identity, idToken }, this.clock.now());
    return { kind: 'proved', token, returnUrl };
  }
}
