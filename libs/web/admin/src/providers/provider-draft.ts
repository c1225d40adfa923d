import type { IssuerReport, NewProvider, Provider, ProviderMapping, ProviderPatch } from '../data/providers-api';

export const admissions = ['linked', 'invited', 'anyone'] as const;
/** What a provider may be asked to show; `none` leaves it to the provider. */
export const prompts = ['none', 'login', 'consent', 'select_account'] as const;
export const newRoles = ['user', 'guest', 'admin'] as const;

/** A provider as it is typed in; lists are parted by spaces or commas. */
export interface ProviderDraft {
  readonly key: string;
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  /** Empty keeps the one there is. */
  readonly clientSecret: string;
  readonly admits: Provider['admits'];
  readonly newRole: Provider['newRole'];
  readonly domains: string;
  readonly homeDomains: string;
  readonly trustsEmails: boolean;
  readonly secondFactorValues: string;
  readonly scopes: string;
  readonly prompt: (typeof prompts)[number];
  /** Minutes; empty takes any sign-in there. */
  readonly maxAge: string;
  readonly usernameClaim: string;
  readonly groupsClaim: string;
  readonly rolesClaim: string;
  readonly enabled: boolean;
  readonly mapping: readonly ProviderMapping[];
}

export const emptyDraft: ProviderDraft = {
  ...{
    key: '',
    name: '',
    issuer: '',
    clientId: '',
    clientSecret: '',
    admits: 'invited',
    newRole: 'user',
    domains: '',
    homeDomains: '',
    trustsEmails: false,
  },
  ...{ secondFactorValues: '', scopes: 'openid profile email', usernameClaim: 'preferred_username', groupsClaim: 'groups' },
  ...{ prompt: 'none', maxAge: '', rolesClaim: 'realm_access.roles', enabled: true, mapping: [] },
};

export const draftOf = (it: Provider): ProviderDraft => ({
  ...{ key: it.key, name: it.name, issuer: it.issuer, clientId: it.clientId, clientSecret: '', admits: it.admits, newRole: it.newRole },
  ...{
    domains: it.domains.join(', '),
    homeDomains: it.homeDomains.join(', '),
    trustsEmails: it.trustsEmails,
    secondFactorValues: it.secondFactorValues.join(', '),
  },
  ...{ scopes: it.scopes.join(' '), usernameClaim: it.claims.username, groupsClaim: it.claims.groups, rolesClaim: it.claims.roles },
  ...{ prompt: it.prompt ?? 'none', maxAge: it.maxAge === null ? '' : String(it.maxAge / 60), enabled: it.enabled, mapping: it.mapping },
});

/** What can be changed of a provider. */
export function patchOf(draft: ProviderDraft): ProviderPatch {
  const { name, clientId, clientSecret, admits, newRole, trustsEmails, enabled } = draft;
  return {
    ...{ name: name.trim(), clientId: clientId.trim(), admits, newRole, trustsEmails, enabled },
    ...(clientSecret !== '' && { clientSecret }),
    domains: listOf(draft.domains),
    homeDomains: listOf(draft.homeDomains),
    secondFactorValues: listOf(draft.secondFactorValues),
    scopes: listOf(draft.scopes),
    prompt: draft.prompt === 'none' ? null : draft.prompt,
    maxAge: draft.maxAge.trim() === '' ? null : Math.round(Number(draft.maxAge) * 60),
    claims: { username: draft.usernameClaim.trim(), groups: draft.groupsClaim.trim(), roles: draft.rolesClaim.trim() },
    mapping: draft.mapping.map((it) => ({ ...it, value: it.value.trim() })).filter((it) => it.value !== ''),
  };
}

export const newProviderOf = (draft: ProviderDraft): NewProvider => ({
  ...patchOf(draft),
  ...{ key: draft.key.trim(), issuer: draft.issuer.trim(), name: draft.name.trim(), clientId: draft.clientId.trim() },
});

/** A key made of a name, as long as nobody chose one. */
export const keyOf = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');

const listOf = (text: string): string[] => [...new Set(text.split(/[\s,]+/).filter((it) => it !== ''))];

/** What a test came to, as a key of a text. i18n: admin.providers.found.ok .unreachable .refused-address .not-a-provider .other-issuer .no-code .no-pkce */
export const textOf = (report: IssuerReport): string => `admin.providers.found.${report.failure ?? 'ok'}`;
