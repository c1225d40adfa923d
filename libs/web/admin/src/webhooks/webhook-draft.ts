import type { OfferedEvent, Webhook, WebhookWish } from './webhooks-api';

/** What is being written of a webhook. */
export type WebhookDraft = WebhookWish;

export const draftOf = (webhook: Webhook | null): WebhookDraft => ({
  name: webhook?.name ?? '',
  url: webhook?.url ?? '',
  events: webhook?.events ?? [],
  scope: webhook?.scope ?? { kind: 'all', ids: [], descendants: true },
  payload: webhook?.payload ?? 'thin',
  headers: webhook?.headers ?? [],
  state: webhook?.state === 'paused' ? 'paused' : 'active',
});

/** What is sent of a draft: without empty lines, and only what goes together. */
export const wishOf = (draft: WebhookDraft): WebhookWish => ({
  ...draft,
  name: draft.name.trim(),
  url: draft.url.trim(),
  scope: {
    kind: draft.scope.kind,
    ids: draft.scope.kind === 'all' ? [] : draft.scope.ids,
    descendants: draft.scope.kind === 'resources' && draft.scope.descendants,
  },
  headers: draft.headers.map((it) => ({ name: it.name.trim(), value: it.value })).filter((it) => it.name !== '' || it.value !== ''),
});

const fields = ['name', 'url', 'events', 'scope', 'payload', 'headers'] as const;
export type DraftField = (typeof fields)[number];

/** What of a webhook a draft changes. */
export function changedIn(draft: WebhookDraft, webhook: Webhook): readonly DraftField[] {
  const [now, before] = [wishOf(draft), wishOf(draftOf(webhook))];
  return fields.filter((it) => JSON.stringify(now[it]) !== JSON.stringify(before[it]));
}

const groupOf = (type: string): string => type.slice(0, type.indexOf('.'));

/** Whether a filter takes a type of event: the type itself, `object.*` or `*`. */
export const takes = (events: readonly string[], type: string): boolean =>
  events.includes('*') || events.includes(`${groupOf(type)}.*`) || events.includes(type);

/** How many of a group are taken. */
export function takenOf(events: readonly string[], group: string, offered: readonly OfferedEvent[]): 'all' | 'some' | 'none' {
  const types = offered.filter((it) => it.group === group);
  const taken = types.filter((it) => takes(events, it.type)).length;
  return taken === 0 ? 'none' : taken === types.length ? 'all' : 'some';
}

/** All of a group, or nothing of it. */
export function withGroup(events: readonly string[], group: string, isOn: boolean, offered: readonly OfferedEvent[]): readonly string[] {
  const groups = [...new Set(offered.map((it) => it.group))];
  const before = events.includes('*') ? groups.map((it) => `${it}.*`) : events;
  const others = before.filter((it) => groupOf(it) !== group);
  return isOn ? [...others, `${group}.*`] : others;
}

/** One event more or less. All of a group one by one is the group, and stays it when it grows. */
export function withEvent(events: readonly string[], type: string, isOn: boolean, offered: readonly OfferedEvent[]): readonly string[] {
  const group = groupOf(type);
  const types = offered.filter((it) => it.group === group).map((it) => it.type);
  const taken = types.filter((it) => (it === type ? isOn : takes(events, it)));
  const others = withGroup(events, group, false, offered);
  return [...others, ...(taken.length === types.length ? [`${group}.*`] : taken)];
}
