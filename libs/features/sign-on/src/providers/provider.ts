import type { Role } from '@berth/contracts';
import { type ClaimNames, standardClaims } from '../signing-in/identity';

export const admissions = ['linked', 'invited', 'anyone'] as const;
/** Who comes in through a provider: people who linked an account, also who was invited, or anyone it knows. */
export type Admission = (typeof admissions)[number];

export const prompts = ['login', 'consent', 'select_account'] as const;
export type Prompt = (typeof prompts)[number];

/** Who has this group or role there is in this group, or has this role, here. */
export interface Mapping {
  readonly source: 'group' | 'role';
  /** As the provider spells it. */
  readonly value: string;
  /** One of the two. The role counts in the organization: key of a built-in one, or id of one of its own. */
  readonly groupId: string | null;
  readonly roleId: string | null;
}

/** What an administrator says of a provider. */
export interface ProviderSettings {
  readonly name: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly prompt: Prompt | null;
  /** Seconds since the person last showed who they are there; null asks for none. */
  readonly maxAge: number | null;
  readonly admits: Admission;
  /** The role of accounts made for people nobody invited. */
  readonly newRole: Role;
  /** Only addresses of these come in; empty is all. */
  readonly domains: readonly string[];
  /** Who types an address of these is offered it first; no other provider of the organization has them. In lower case and ASCII. */
  readonly homeDomains: readonly string[];
  /** Takes its addresses for proved also where it does not say so. */
  readonly trustsEmails: boolean;
  /** Values of `amr` or `acr` that count as our second factor; empty is none. */
  readonly secondFactorValues: readonly string[];
  readonly claims: ClaimNames;
  readonly enabled: boolean;
  readonly mapping: readonly Mapping[];
}

/** A change of some of them; of the claims those that are named. */
export type SettingsPatch = Partial<Omit<ProviderSettings, 'claims'>> & { readonly claims?: Partial<ClaimNames> };

export const patched = (settings: ProviderSettings, { claims, ...patch }: SettingsPatch): ProviderSettings => ({
  ...settings,
  ...patch,
  claims: { ...settings.claims, ...claims },
});

/** What holds for what nobody says. */
export const standardSettings: Omit<ProviderSettings, 'name' | 'clientId'> = {
  scopes: ['openid', 'profile', 'email'],
  prompt: null,
  maxAge: null,
  admits: 'invited',
  newRole: 'user',
  domains: [],
  homeDomains: [],
  trustsEmails: false,
  secondFactorValues: [],
  claims: standardClaims,
  enabled: true,
  mapping: [],
};

/** A provider as administrators see it; its secret is never shown. */
export interface Provider extends ProviderSettings {
  readonly id: string;
  /** Names it in addresses; never changes. */
  readonly key: string;
  /** Never changes: links are to people of this issuer. */
  readonly issuer: string;
  readonly hasSecret: boolean;
  /** What has to be registered at the provider. */
  readonly redirectUri: string;
  readonly linkedPeople: number;
  readonly version: number;
  readonly createdAt: string;
}

/** A provider as signing in needs it. */
export interface KnownProvider extends ProviderSettings {
  readonly id: string;
  readonly organizationId: string;
  readonly key: string;
  readonly issuer: string;
  readonly clientSecret: string | null;
  /** Whose rights bound what it gives. */
  readonly configuredBy: string;
  readonly version: number;
}

export interface ProviderRow {
  id: string;
  org_id: string;
  key: string;
  name: string;
  issuer: string;
  client_id: string;
  secret_sealed: Buffer | null;
  scopes: string[];
  prompt: Prompt | null;
  max_age: number | null;
  admits: Admission;
  new_role: Role;
  domains: string[];
  home_domains: string[];
  trusts_emails: boolean;
  second_factor_values: string[];
  claims: ClaimNames;
  enabled: boolean;
  mapping: Mapping[];
  linked_people: number;
  configured_by: string;
  version: number;
  created_at: Date;
}

export const settingsOf = (row: ProviderRow): ProviderSettings => ({
  name: row.name,
  clientId: row.client_id,
  scopes: row.scopes,
  prompt: row.prompt,
  maxAge: row.max_age,
  admits: row.admits,
  newRole: row.new_role,
  domains: row.domains,
  homeDomains: row.home_domains,
  trustsEmails: row.trusts_emails,
  secondFactorValues: row.second_factor_values,
  claims: row.claims,
  enabled: row.enabled,
  mapping: row.mapping,
});

/** The place the seal of a client secret is bound to. */
export const secretPlace = (id: string): string => `identity_provider/${id}/secret`;
