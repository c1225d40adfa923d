/** Where in what a provider says of a person each thing stands: the name of a claim, or a path of names parted by dots. */
export interface ClaimNames {
  readonly username: string;
  readonly displayName: string;
  readonly email: string;
  readonly groups: string;
  readonly roles: string;
}

/** As OpenID Connect Core §5.1 and Keycloak name them. */
export const standardClaims: ClaimNames = {
  username: 'preferred_username',
  displayName: 'name',
  email: 'email',
  groups: 'groups',
  roles: 'realm_access.roles',
};

/** A person as a provider knows them. */
export interface Identity {
  /** Never changes and is never given to anybody else there (Core §2). */
  readonly subject: string;
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly username: string | null;
  readonly displayName: string | null;
  readonly groups: readonly string[];
  readonly roles: readonly string[];
  /** The Google Workspace the account belongs to. */
  readonly hostedDomain: string | null;
  /** How they showed who they are: all of `amr`, and `acr`. */
  readonly factors: readonly string[];
}

export type Claims = Readonly<Record<string, unknown>>;

const EMAIL = /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u;
const MAX_VALUES = 1000;

/** Reads a person out of claims; what has another shape than it should is not there. */
export function identityOf(claims: Claims & { readonly sub: string }, names: ClaimNames): Identity {
  const email = textOf(claimAt(claims, names.email), 254);
  return {
    subject: claims.sub,
    email: email !== null && EMAIL.test(email) ? email : null,
    emailVerified: claims['email_verified'] === true,
    username: textOf(claimAt(claims, names.username), 200),
    displayName: textOf(claimAt(claims, names.displayName), 200),
    groups: textsOf(claimAt(claims, names.groups)),
    roles: textsOf(claimAt(claims, names.roles)),
    hostedDomain: textOf(claims['hd'], 253),
    factors: [...textsOf(claims['amr']), ...textsOf(claims['acr'])],
  };
}

/**
 * Whether somebody belongs to one of the domains: by a proved address, and by the workspace where the provider names one.
 * @param domains in lower case; none lets everybody in
 */
export function isFrom(identity: Identity, domains: readonly string[], trustsEmails: boolean): boolean {
  if (domains.length === 0) return true;
  const { email, emailVerified, hostedDomain } = identity;
  if (hostedDomain !== null && !domains.includes(hostedDomain.toLowerCase())) return false;
  return email !== null && (emailVerified || trustsEmails) && domains.includes(email.slice(email.lastIndexOf('@') + 1).toLowerCase());
}

/** A username of our shape made from what the provider says. */
export const usernameOf = (identity: Identity): string =>
  (identity.username ?? identity.email ?? '')
    .replace(/@.*$/s, '')
    .replace(/[\s@\p{Cc}]/gu, '')
    .slice(0, 80) || 'person';

/** A claim may have dots in its name, as those of Auth0 have; it is looked for before the path. */
function claimAt(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name
    .split('.')
    .reduce<unknown>(
      (at, step) => (typeof at === 'object' && at !== null && Object.hasOwn(at, step) ? (at as Claims)[step] : undefined),
      claims,
    );
}

const textOf = (value: unknown, longest: number): string | null => {
  const text = typeof value === 'string' ? value.replace(/\p{Cc}/gu, '').trim() : '';
  return text === '' ? null : text.slice(0, longest);
};

const textsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((it): it is string => typeof it === 'string' && it !== '').slice(0, MAX_VALUES);
