import type { DomainEvent } from '../event';

/** A change of shared configuration, with what was true before; enough to show who changed what. */
export interface ChangeFacts {
  readonly id: string;
  readonly name?: string;
  readonly siteIds?: readonly string[];
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
}

export const catalogueEventTypes = [
  'organization.created',
  'organization.updated',
  'demo_data.removed',
  'demo_data.restored',
  'demo_data.forgotten',
  'site.created',
  'site.updated',
  'floor.created',
  'floor.updated',
  'room.created',
  'room.updated',
  'resource_type.created',
  'resource_type.updated',
  'resource.created',
  'resource.updated',
  'resource.status_changed',
  'resource.available',
  'resource.unavailable',
  'resource.archived',
  'blackout.created',
  'blackout.deleted',
  'user.created',
  'user.updated',
  'group.created',
  'group.updated',
  'group.deleted',
  'group.membership_changed',
  'role.created',
  'role.changed',
  'role.deleted',
  'role.assigned',
  'role.revoked',
  'user.suspended',
  'user.reactivated',
  'user.exported',
  'user.erased',
  'user.password_changed',
  'user.email_changed',
  'invitation.created',
  'invitation.sent_again',
  'invitation.withdrawn',
  'invitation.accepted',
  'request_tier.created',
  'request_tier.updated',
  'request_tier.deleted',
  'session.created',
  'session.revoked',
  'session.reuse_detected',
  'api_token.created',
  'api_token.revoked',
  'ssh_key.added',
  'ssh_key.removed',
  'second_factor.enabled',
  'second_factor.disabled',
  'second_factor.recovery_code_used',
  'second_factor.recovery_codes_renewed',
  'second_factor.reset',
  'passkey.added',
  'passkey.renamed',
  'passkey.removed',
  'passkey.counter_regressed',
  'import.completed',
  'saved_search.created',
  'saved_search.updated',
  'saved_search.deleted',
] as const;
export type CatalogueEventType = (typeof catalogueEventTypes)[number];
export type CatalogueEvent = DomainEvent<CatalogueEventType, ChangeFacts>;

const kinds: Readonly<Record<string, string>> = {
  organization: 'organizations',
  demo_data: 'organizations',
  site: 'sites',
  floor: 'floors',
  room: 'rooms',
  resource_type: 'resource-types',
  resource: 'resources',
  blackout: 'blackouts',
  user: 'users',
  group: 'groups',
  role: 'roles',
  invitation: 'invitations',
  request_tier: 'request-tiers',
  session: 'sessions',
  second_factor: 'users',
  api_token: 'tokens',
  ssh_key: 'ssh-keys',
  passkey: 'passkeys',
  import: 'imports',
  saved_search: 'saved-searches',
};

export const catalogueEvent = (type: CatalogueEventType, facts: ChangeFacts): CatalogueEvent => ({
  type,
  subject: { kind: kinds[type.slice(0, type.indexOf('.'))] ?? type, id: facts.id },
  data: facts,
});
