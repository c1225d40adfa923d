import type { ChangeFacts, JobFacts, QuotaFacts } from '@berth/contracts';
import type { LogEntry } from '@berth/platform/outbox';
import type { Draft } from './draft';

/** Changes of an account its person is told whoever made them; of those that are marked a letter leaves where they happen. */
const SECURITY: Readonly<Record<string, 'mailed' | 'told'>> = {
  'session.created': 'told',
  'session.reuse_detected': 'told',
  'user.password_changed': 'mailed',
  'user.email_changed': 'told',
  'second_factor.enabled': 'told',
  'second_factor.disabled': 'told',
  'second_factor.reset': 'mailed',
  'second_factor.recovery_code_used': 'mailed',
  'second_factor.recovery_codes_renewed': 'told',
  'passkey.added': 'mailed',
  'passkey.removed': 'told',
  'passkey.counter_regressed': 'mailed',
  'api_token.created': 'told',
  'oauth_grant.created': 'told',
  'ssh_key.added': 'told',
  'stand_in.started': 'mailed',
  'user.merged': 'mailed',
};
/** Events whose subject is the account itself; of the others it is who did it. */
const OF_ACCOUNT = /^(session\.created|user\.|second_factor\.|stand_in\.)/;

export const securityTypes: readonly string[] = Object.keys(SECURITY);

const plain = (event: LogEntry, accountId: string): Omit<Draft, 'kind' | 'facts' | 'subject' | 'target'> => ({
  organizationId: event.organizationId,
  accountId,
  cause: event.id,
  verbs: [],
  at: new Date(event.time),
});

/** What is told of a change of an account; of signing in only where the browser was not known. */
export function securityDrafts(event: LogEntry): Draft[] {
  const { id, name, after } = event.data as ChangeFacts;
  const accountId = OF_ACCOUNT.test(event.type) ? id : event.actor;
  if (!accountId || !SECURITY[event.type]) return [];
  if (event.type === 'session.created' && after?.['isNewDevice'] !== true) return [];
  return [
    {
      ...plain(event, accountId),
      kind: 'security',
      subject: { kind: 'users', id: accountId },
      facts: { change: event.type, ...(name && { name }), ...(typeof after?.['reason'] === 'string' && { reason: after['reason'] }) },
      target: { accountId },
      withoutLetter: SECURITY[event.type] === 'mailed',
    },
  ];
}

/** Long work that is over is told to whose it is, unless they ended it themselves. */
export function jobDrafts(event: LogEntry): Draft[] {
  const { jobId, accountId, kind, state, done, total } = event.data as JobFacts;
  if (state === 'cancelled') return [];
  return [
    {
      ...plain(event, accountId),
      kind: 'job-ended',
      subject: { kind: 'jobs', id: jobId },
      facts: { job: { kind, state, done, total } },
      target: { jobId },
    },
  ];
}

export function quotaDrafts(event: LogEntry): Draft[] {
  const { id, used, limit } = event.data as QuotaFacts;
  return [
    {
      ...plain(event, id),
      kind: 'quota-warning',
      subject: { kind: 'users', id },
      facts: { used, limit, change: event.type },
      target: { accountId: id },
    },
  ];
}

/** A webhook that was switched off is the matter of who made it, or of those who look after webhooks. */
export function webhookDrafts(event: LogEntry, owners: readonly string[]): Draft[] {
  const { name, reason } = event.data as { name?: string; reason?: string };
  const [, webhookId = ''] = event.subject.split('/');
  return owners.map((accountId) => ({
    ...plain(event, accountId),
    kind: 'webhook-disabled',
    subject: { kind: 'webhooks', id: webhookId },
    facts: { ...(name && { name }), ...(reason && { reason }) },
    target: { webhookId },
  }));
}
