import { Problem } from '@berth/contracts';

const UNAVAILABLE = new Set([
  '57014',
  '55P03',
  '53300',
  '53200',
  '25P03',
  '57P01',
  '57P02',
  '57P03',
  '08006',
  '08001',
  '08003',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
]);
const UNREPRESENTABLE = new Set(['22021', '22P05', '22003', '22007', '22008', '22P02', '22023', '22001', '54000']);

/**
 * The net under validation: what PostgreSQL refuses by itself, as a problem. A use case that expects a constraint to
 * decide maps it where the statement is; what arrives here was not foreseen there.
 */
export function problemOfDatabaseError(error: unknown): Problem | undefined {
  const { code, constraint, message } = error as { code?: unknown; constraint?: string; message?: string };
  if (typeof code !== 'string') {
    return /timeout exceeded when trying to connect|Connection terminated|not queryable/i.test(message ?? '')
      ? new Problem('unavailable')
      : undefined;
  }
  if (UNAVAILABLE.has(code)) return new Problem('unavailable');
  if (UNREPRESENTABLE.has(code)) return new Problem('validation-failed', { detail: 'A value cannot be stored.' });
  if (constraint === 'organization_has_owner') return new Problem('last-owner');
  if (constraint === 'account_keeps_way_in') return new Problem('last-way-in');
  if (code === '23505') return new Problem('already-exists', { constraint });
  if (code === '23503') return new Problem('invalid-reference', { constraint });
  if (code === '23514' || code === '23502') return new Problem('validation-failed', { constraint });
  if (code === '23P01') return new Problem('reservation-conflict', { conflicts: [] });
  return undefined;
}
