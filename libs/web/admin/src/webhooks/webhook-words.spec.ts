import { conditionOf, hostOf, shownState } from './webhook-words';
import { aWebhook } from './webhooks-testing';

const poor = { delivered: 2, failed: 8, successRate: 0.2, p95Ms: 900 };
const week = aWebhook().health.week;
const last = (state: 'delivered' | 'failed' | 'exhausted') => ({ at: '2026-11-22T06:00:00Z', state, status: 200 });

describe('How a webhook is doing', () => {
  it('is told by what arrived last, and works again as soon as something does', () => {
    expect(conditionOf(aWebhook({ lastDelivery: last('failed') }))).toBe('failing');
    expect(conditionOf(aWebhook({ lastDelivery: last('exhausted') }))).toBe('failing');
    expect(conditionOf(aWebhook({ health: { day: poor, week }, lastDelivery: last('delivered') }))).toBe('active');
    expect(conditionOf(aWebhook({ health: { day: poor, week }, lastDelivery: null }))).toBe('failing');
    expect(conditionOf(aWebhook({ lastDelivery: null }))).toBe('active');
  });

  it('is nothing but its state where nothing is sent', () => {
    expect(conditionOf(aWebhook({ state: 'disabled', lastDelivery: last('delivered') }))).toBe('disabled');
    expect(conditionOf(aWebhook({ state: 'paused', lastDelivery: last('failed') }))).toBe('paused');
  });

  it('lets no delivery look due where nothing is sent', () => {
    const waiting = { state: 'failed', nextAttemptAt: '2026-11-22T06:00:05Z' } as const;
    expect((['active', 'paused', 'disabled'] as const).map((state) => shownState(waiting, { state }))).toEqual([
      'failed',
      'halted',
      'halted',
    ]);
    expect(shownState({ state: 'exhausted', nextAttemptAt: null }, { state: 'disabled' })).toBe('exhausted');
  });

  it('names the host and nothing of the path, which may be a secret', () => {
    expect(hostOf('https://doors.example:8443/berth?key=1')).toBe('doors.example:8443');
    expect(hostOf('no address')).toBe('no address');
  });
});
