import { Clock, Secrets } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { ProvidersQueries } from '../providers/providers.queries';
import { type Flow, flowCookie, ownPage, sealFlow } from './flow';
import { OpenId } from './openid';
import { SignOnFailed } from './sign-on-failed';

/** Where to send the browser, and what it keeps meanwhile. */
export interface BegunSignOn {
  readonly url: string;
  readonly cookie: { readonly name: string; readonly value: string };
}

/** Sends a browser to a provider. */
@Injectable()
export class BeginSignOn {
  constructor(
    private readonly providers: ProvidersQueries,
    private readonly openId: OpenId,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  /**
   * @param wanted.link the session somebody signed in links their account in; left out to sign in
   * @throws SignOnFailed `unknown-provider`, `provider-unreachable`
   */
  async execute(key: string, wanted: { readonly returnUrl?: string; readonly link?: Flow['link'] }): Promise<BegunSignOn> {
    const provider = await this.providers.byKey(key);
    if (!provider) throw new SignOnFailed('unknown-provider');
    const { url, checks } = await this.openId.begin(provider, this.providers.redirectUri(key));
    const begunAt = this.clock.now().getTime();
    const flow: Flow = { ...checks, providerId: provider.id, returnUrl: ownPage(wanted.returnUrl), link: wanted.link, begunAt };
    return { url, cookie: { name: flowCookie(checks.state), value: sealFlow(this.secrets, flow) } };
  }
}
