import { catalogueEvent } from '@berth/contracts';
import { newId } from '@berth/kernel';
import { type Actor, demand, rightsUnderLock } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock, Secrets } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { patched, type Provider, type ProviderSettings, secretPlace, type SettingsPatch, standardSettings } from './provider';
import { demandMayGive } from './provider-rights';
import { insertProvider } from './provider.store';
import { ProvidersQueries } from './providers.queries';

export type AddProviderCommand = SettingsPatch &
  Pick<ProviderSettings, 'name' | 'clientId'> & {
    readonly key: string;
    readonly issuer: string;
    /** Left out or null for a public client. */
    readonly clientSecret?: string | null;
  };

/** Sets up a provider people can sign in with. */
@Injectable()
export class AddProvider {
  constructor(
    private readonly database: Database,
    private readonly queries: ProvidersQueries,
    private readonly secrets: Secrets,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `already-exists` for a key or domain of another, `invalid-reference`, `permission-denied` for giving more than the actor has */
  execute(actor: Actor, { key, issuer, clientSecret = null, ...wanted }: AddProviderCommand): Promise<Provider> {
    const { organizationId, accountId: configuredBy } = actor;
    const settings = patched({ ...standardSettings, name: wanted.name, clientId: wanted.clientId }, wanted);
    return this.database.transaction(actor, async (tx) => {
      const now = this.clock.now();
      const rights = await rightsUnderLock(tx, actor, now);
      demand(rights, 'organization:manage');
      await demandMayGive(tx, organizationId, rights, settings);
      const id = newId();
      const secretSealed = clientSecret === null ? null : this.secrets.seal(clientSecret, secretPlace(id));
      await insertProvider(tx, { id, organizationId, configuredBy, settings }, { key, issuer, secretSealed }, now);
      const { name, ...after } = settings;
      await this.outbox.append(tx, actor, catalogueEvent('identity_provider.created', { id, name, after: { key, issuer, ...after } }));
      return this.queries.one(tx, organizationId, id);
    });
  }
}
