import { Problem } from '@berth/contracts';
import { demandRecentSignIn, OwnPassword } from '@berth/people';
import type { Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { type BegunSignOn, BeginSignOn } from '../signing-in/begin-sign-on';
import { SignOnFailed } from '../signing-in/sign-on-failed';
import { LinkedQueries } from './linked.queries';

/** Sends somebody signed in to a provider to link their account there. A borrowed screen cannot: it knows no password, or was signed in to long ago. */
@Injectable()
export class BeginLink {
  constructor(
    private readonly database: Database,
    private readonly ownPassword: OwnPassword,
    private readonly linked: LinkedQueries,
    private readonly beginning: BeginSignOn,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `password-wrong`, `too-many-attempts`, `recent-sign-in-required`, `not-found`, `provider-unreachable` */
  async execute(actor: Actor, wanted: { readonly provider: string; readonly password?: string }): Promise<BegunSignOn> {
    const { hasPassword } = await this.linked.own(actor);
    if (hasPassword) await this.ownPassword.demand(actor, wanted.password ?? '');
    else await demandRecentSignIn(this.database.of(actor.organizationId), actor, this.clock.now());
    const link = { accountId: actor.accountId, sessionId: actor.sessionId };
    return this.beginning.execute(wanted.provider, { returnUrl: '/me/security', link }).catch((error: unknown) => {
      if (!(error instanceof SignOnFailed)) throw error;
      throw new Problem(error.reason === 'unknown-provider' ? 'not-found' : 'provider-unreachable');
    });
  }
}
