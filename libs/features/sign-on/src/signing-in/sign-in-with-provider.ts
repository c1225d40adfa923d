import { Problem } from '@berth/contracts';
import { type Device, OpenSession, SecondStep, type SignedIn } from '@berth/people';
import { TrustedDevices } from '@berth/platform/auth';
import { Database, type Tx } from '@berth/platform/database';
import { Clock, Secrets } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { linkedTo, usedLinked } from '../linked/linked-identity.store';
import type { KnownProvider } from '../providers/provider';
import { ProvidersQueries } from '../providers/providers.queries';
import { ApplyMapping } from './apply-mapping';
import { type Identity, isFrom } from './identity';
import { JoinThroughProvider } from './join-through-provider';
import { type ProvedIdentity, useIdentity } from './proved-identity.store';

interface AccountRow {
  id: string;
  password_hash: string | null;
  status: string;
}

/** Opens a session for who a provider vouched for, where no second factor is missing. */
@Injectable()
export class SignInWithProvider {
  constructor(
    private readonly database: Database,
    private readonly providers: ProvidersQueries,
    private readonly joining: JoinThroughProvider,
    private readonly mapping: ApplyMapping,
    private readonly devices: TrustedDevices,
    private readonly step: SecondStep,
    private readonly opening: OpenSession,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  /**
   * @param token of what was proved; good once, but for a refusal that leaves something to do about it
   * @throws Problem `sign-in-expired`, `sign-in-refused`, `email-not-proved`, `account-link-required`, `second-factor-required`,
   *   `second-factor-enrolment-required`
   */
  async execute(token: string | undefined, device: Device): Promise<SignedIn> {
    const outcome = await this.database.systemTransaction(async (tx) => {
      const proved = await useIdentity(tx, this.secrets, token, this.clock.now());
      const provider = await this.providers.byId(tx, proved.providerId);
      if (!provider?.enabled || !isFrom(proved.identity, provider.domains, provider.trustsEmails)) throw new Problem('sign-in-refused');
      return this.letIn(tx, provider, proved, device);
    });
    if (outcome instanceof Problem) throw outcome;
    return outcome;
  }

  private async letIn(tx: Tx, provider: KnownProvider, proved: ProvedIdentity, device: Device): Promise<SignedIn | Problem> {
    const { organizationId } = provider;
    const account = await this.accountOf(tx, provider, proved.identity, device.requestId);
    await this.mapping.execute(tx, provider, proved.identity, account.id, device.requestId);
    const known = { id: account.id, organizationId, passwordHash: account.password_hash, provedBy: proved.id };
    const hasShownTwo = proved.identity.factors.some((it) => provider.secondFactorValues.includes(it));
    const trusted = hasShownTwo ? undefined : await this.devices.find(account.id, device.browser?.token, tx);
    const missing = hasShownTwo ? undefined : await this.step.missing(tx, known, trusted?.skipsSecondStep ?? false);
    // Given back, so that what was used up and mapped is committed.
    return missing ?? this.opening.execute(tx, known, device);
  }

  private async accountOf(tx: Tx, provider: KnownProvider, identity: Identity, requestId: string): Promise<AccountRow> {
    const linked = await linkedTo(tx, provider.id, identity.subject);
    const { accountId, linkId } = linked
      ? { accountId: linked.accountId, linkId: linked.id }
      : await this.joining.execute(tx, provider, identity, requestId);
    const [account] = await tx.sql<AccountRow>`
      select id, password_hash, status from account where org_id = ${provider.organizationId} and id = ${accountId} for share`;
    if (account?.status !== 'active') throw new Problem('sign-in-refused');
    await usedLinked(tx, linkId, identity, this.clock.now());
    return account;
  }
}
