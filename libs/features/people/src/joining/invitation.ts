import type { Role } from '@berth/contracts';
import { formatInstant } from '@berth/kernel';

export interface InvitationRow {
  id: string;
  email: string;
  role: Role;
  created_at: Date;
  expires_at: Date;
  inviter_id: string | null;
  inviter: string | null;
}

/** Somebody who was asked to join and has not. */
export interface Invitation {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly invitedBy: { readonly id: string; readonly displayName: string } | null;
  readonly createdAt: string;
  /** Afterwards it can be sent again. */
  readonly expiresAt: string;
  readonly expired: boolean;
}

/** An invitation just made; the link only where no mail carries it. */
export interface SentInvitation extends Invitation {
  readonly link: string | null;
}

export const toInvitation = (row: InvitationRow, now: Date): Invitation => ({
  id: row.id,
  email: row.email,
  role: row.role,
  invitedBy: row.inviter_id === null ? null : { id: row.inviter_id, displayName: row.inviter ?? '' },
  createdAt: formatInstant(row.created_at),
  expiresAt: formatInstant(row.expires_at),
  expired: row.expires_at <= now,
});
