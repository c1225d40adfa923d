import { Problem } from '@berth/contracts';
import type { Sql } from '@berth/platform/database';
import { isCommonPassword } from './common-passwords';
import { brokenPasswordRules, type PasswordOwner, type PasswordPreset } from './password-rules';

/** Whose password it is to be; `username` may not be chosen yet. */
export interface PasswordCandidate {
  readonly username: string;
  readonly email: string;
  readonly displayName?: string;
}

/**
 * Refuses a password the organization does not take.
 * @param pointer where it stands in the request
 * @throws Problem `password-refused` with every rule it breaks
 */
export async function demandPassword(
  db: Sql,
  organizationId: string,
  password: string,
  { username, email, displayName }: PasswordCandidate,
  pointer = '/password',
): Promise<void> {
  const [row] = await db.sql<{ password_preset: PasswordPreset; name: string }>`
    select password_preset, name from organization where id = ${organizationId}`;
  const about = [email, displayName ?? '', row?.name ?? ''];
  demandByPreset(row?.password_preset ?? 'standard', password, { username, about }, pointer);
}

/** The same before there is an organization. @throws Problem `password-refused` */
export function demandByPreset(preset: PasswordPreset, password: string, owner: PasswordOwner, pointer: string): void {
  const broken = brokenPasswordRules(password, preset, owner, isCommonPassword);
  if (broken.length === 0) return;
  throw new Problem('password-refused', {
    detail: `The password ${broken.map((it) => it.detail).join(', ')}.`,
    preset,
    errors: broken.map(({ rule, params, detail }) => ({ pointer, code: `password-${rule}`, detail, params })),
  });
}
