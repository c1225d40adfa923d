import { changedIn, draftOf, takenOf, takes, wishOf, withEvent, withGroup } from './webhook-draft';
import type { OfferedEvent } from './webhooks-api';
import { aWebhook } from './webhooks-testing';

const offered: readonly OfferedEvent[] = ['reservation.created', 'reservation.moved', 'site.created'].map((type) => ({
  type,
  group: type.split('.')[0]!,
  description: type,
  sample: {},
}));

describe('The draft of a webhook', () => {
  it('takes a group by its star, and one by one where one is left out', () => {
    const without = withEvent(['reservation.*'], 'reservation.moved', false, offered);
    expect(without).toEqual(['reservation.created']);
    expect(takenOf(without, 'reservation', offered)).toBe('some');

    expect(withEvent(without, 'reservation.moved', true, offered)).toEqual(['reservation.*']);
  });

  it('goes on from all events to all but one group', () => {
    const without = withGroup(['*'], 'site', false, offered);
    expect(without).toEqual(['reservation.*']);
    expect(takes(without, 'reservation.moved')).toBe(true);
    expect(takes(without, 'site.created')).toBe(false);
    expect(takenOf(without, 'site', offered)).toBe('none');
  });

  it('goes on from all events to all but one event', () => {
    expect(withEvent(['*'], 'reservation.created', false, offered)).toEqual(['site.*', 'reservation.moved']);
  });

  it('names what it changes, and nothing where nothing is changed', () => {
    const webhook = aWebhook();
    expect(changedIn(draftOf(webhook), webhook)).toEqual([]);
    expect(changedIn({ ...draftOf(webhook), url: 'https://other.example/', headers: [{ name: 'X-Key', value: '1' }] }, webhook)).toEqual([
      'url',
      'headers',
    ]);
  });

  it('sends no empty header, and nobody’s ids where everything is meant', () => {
    const draft = {
      ...draftOf(null),
      headers: [{ name: ' ', value: '' }],
      scope: { kind: 'all', ids: ['s-1'], descendants: true },
    } as const;
    expect(wishOf(draft)).toMatchObject({ headers: [], scope: { kind: 'all', ids: [], descendants: false } });
  });
});
