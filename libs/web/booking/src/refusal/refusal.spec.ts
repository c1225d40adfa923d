import { Problem } from '@berth/web/data';
import { refusalOf } from './refusal';

const busy = { start: '2026-11-24T12:30:00Z', end: '2026-11-24T14:00:00Z' };

describe('a refusal', () => {
  it('names every broken rule once, with the choices that mend it', () => {
    const source = { level: 'type', id: 't', name: 'Rooms' };
    const shorten = { action: 'shorten', patch: { end: '2026-11-24T16:00:00Z' } };
    const problem = new Problem(
      {
        code: 'policy-violation',
        violations: [
          { rule: 'max-duration', limit: 'PT4H', given: 'PT6H', source, detail: 'x', suggestion: shorten },
          {
            rule: 'opening-hours',
            limit: '08:00–16:00',
            given: '12:00–18:00',
            source: { level: 'default' },
            detail: 'y',
            suggestion: shorten,
          },
        ],
      },
      422,
    );

    const refusal = refusalOf(problem, 'turing')!;

    expect(refusal.reasons).toEqual([
      { kind: 'rule', rule: 'max-duration', limit: 'PT4H', given: 'PT6H', setOn: 'Rooms', detail: 'x' },
      { kind: 'rule', rule: 'opening-hours', limit: '08:00–16:00', given: '12:00–18:00', setOn: null, detail: 'y' },
    ]);
    expect(refusal.choices).toEqual([{ action: 'shorten', patch: { end: '2026-11-24T16:00:00Z' }, name: null }]);
  });

  it('tells who has it, or that somebody is just booking it, with the best alternatives first', () => {
    const alternatives = [
      { resourceId: 'turing', name: 'Turing', start: '2026-11-24T14:00:00Z', end: '2026-11-24T15:00:00Z', score: 0.8 },
      { resourceId: 'noether', name: 'Noether', start: '2026-11-24T13:00:00Z', end: '2026-11-24T14:00:00Z', score: 0.95 },
    ];
    const conflicts = [
      { resourceId: 'turing', reason: 'overlap', busy, title: 'Budget', alternatives },
      { resourceId: 'turing', reason: 'held', busy, title: null, alternatives: [] },
    ];

    const refusal = refusalOf(new Problem({ code: 'reservation-conflict', conflicts }, 409), 'turing')!;

    expect(refusal.reasons.map((it) => it.kind)).toEqual(['taken', 'held']);
    expect(refusal.reasons[0]).toMatchObject({ title: 'Budget', start: Date.parse(busy.start) });
    expect(refusal.choices.map((it) => [it.action, it.name])).toEqual([
      ['elsewhere', 'Noether'],
      ['other-time', null],
    ]);
  });

  it('is none when the call failed for another reason', () => {
    expect(refusalOf(new Problem({ code: 'permission-denied' }, 403), 'turing')).toBeNull();
  });
});
