import { catalogueEvent, Problem } from '@berth/contracts';
import { type Actor, demand, rightsUnderLock } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { demandVersion } from '@berth/platform/http';
import { Outbox } from '@berth/platform/outbox';
import { Clock, Secrets } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { patched, type Provider, type ProviderSettings, secretPlace, type SettingsPatch } from './provider';
import { demandMayGive } from './provider-rights';
import { hasWayIn, updateProvider } from './provider.store';
import { ProvidersQueries } from './providers.queries';

export interface ChangeProviderCommand {
  readonly id: string;
  /** Version the change was made on. */
  readonly version: number;
  /** Merge patch; a secret that is left out stays, null takes it away. */
  readonly patch: SettingsPatch & { readonly clientSecret?: string | null };
}

/** Changes a provider. Whoever does so answers for all it gives from then on. */
@Injectable()
export class ChangeProvider {
  constructor(
    private readonly database: Database,
    private readonly queries: ProvidersQueries,
    private readonly secrets: Secrets,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found`, `precondition-failed`, `already-exists` for a domain of another, `invalid-reference`, `permission-denied`, `last-way-in` for oneself */
  execute(actor: Actor, { id, version, patch }: ChangeProviderCommand): Promise<Provider> {
    const { organizationId, accountId: configuredBy } = actor;
    const { clientSecret, ...changes } = patch;
    return this.database.transaction(actor, async (tx) => {
      const rights = await rightsUnderLock(tx, actor, this.clock.now());
      demand(rights, 'organization:manage');
      await tx.sql`select from identity_provider where org_id = ${organizationId} and id = ${id} for no key update`;
      const current = await this.queries.one(tx, organizationId, id);
      demandVersion(version, current.version, current);
      const settings = patched(settingsIn(current), changes);
      await demandMayGive(tx, organizationId, rights, settings);
      const sealed = clientSecret == null ? clientSecret : this.secrets.seal(clientSecret, secretPlace(id));
      await updateProvider(tx, { id, organizationId, configuredBy, settings }, sealed);
      if (!settings.enabled && !(await hasWayIn(tx, organizationId, actor.accountId)))
        throw new Problem('last-way-in', { detail: 'You would have no way to sign in any more.' });
      const before = settingsIn(current);
      const secret = clientSecret === undefined ? {} : { clientSecret: 'changed' };
      await this.outbox.append(
        tx,
        actor,
        catalogueEvent('identity_provider.updated', { id, name: settings.name, before: { ...before }, after: { ...settings, ...secret } }),
      );
      return this.queries.one(tx, organizationId, id);
    });
  }
}

function settingsIn(provider: Provider): ProviderSettings {
  const { name, clientId, scopes, prompt, maxAge, admits, newRole, domains, homeDomains } = provider;
  const { trustsEmails, secondFactorValues, claims, enabled, mapping } = provider;
  return {
    ...{ name, clientId, scopes, prompt, maxAge, admits, newRole, domains, homeDomains },
    ...{ trustsEmails, secondFactorValues, claims, enabled, mapping },
  };
}
