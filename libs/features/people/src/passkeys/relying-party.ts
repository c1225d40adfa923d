import { Problem } from '@berth/contracts';
import { CONFIG, type Config } from '@berth/platform/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { isIP } from 'node:net';

/** Who an authenticator makes keys for and signs to (WebAuthn §4 “relying party”). */
export interface Party {
  /** The host, without a port; a key made for one is offered nowhere else. */
  readonly id: string;
  /** Scheme, host and port of our pages. */
  readonly origin: string;
}

type Address = Pick<Config, 'publicUrl' | 'host' | 'port'>;

/** Browsers sign for names over https, and for `localhost`. Where nothing is configured and only this machine is served, it is that. */
export function partyOf({ publicUrl, host, port }: Address): Party | undefined {
  if (publicUrl === undefined) {
    return ['127.0.0.1', '::1', 'localhost'].includes(host) ? { id: 'localhost', origin: `http://localhost:${port}` } : undefined;
  }
  const { protocol, hostname, origin } = new URL(publicUrl);
  const isSecure = protocol === 'https:' || hostname === 'localhost';
  return isSecure && isIP(hostname.replace(/^\[|\]$/g, '')) === 0 ? { id: hostname, origin } : undefined;
}

/** This installation as a relying party. What a request says of the address it came to is never believed. */
@Injectable()
export class RelyingParty {
  private readonly party: Party | undefined;

  constructor(@Inject(CONFIG) config: Address) {
    this.party = partyOf(config);
  }

  /** The host keys are made for; undefined where no browser would make any. */
  get id(): string | undefined {
    return this.party?.id;
  }

  /** @throws Problem `passkeys-unavailable` */
  demand(): Party {
    if (this.party) return this.party;
    throw new Problem('passkeys-unavailable', { detail: 'BERTH_PUBLIC_URL has to be an https address with a host name.' });
  }
}
