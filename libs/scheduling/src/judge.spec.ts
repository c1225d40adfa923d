import { addMinutes } from '@berth/kernel';
import type { PartialPolicy } from './booking-policy';
import { judge, type Verdict } from './judge';
import { daily, local, onResource, someTerms, span } from './testing';

const now = local('2027-03-22T08:07');
const wish = (start: string, end: string, quantity = 1) => ({ ...span(start, end), quantity });
const morning = wish('2027-03-22T10:00', '2027-03-22T11:00');
const rulesOf = (verdict: Verdict): string[] => verdict.violations.map((it) => it.rule);
const officeHours = daily({ opens: '08:00', closes: '12:00' }, { opens: '13:00', closes: '20:00' });

describe('judge', () => {
  it('allows what breaks no rule and says what to hold', () => {
    const verdict = judge(someTerms({ policy: { bufferBefore: 5, bufferAfter: 10 } }), morning, now);

    expect(verdict).toEqual({
      isAllowed: true,
      violations: [],
      held: span('2027-03-22T09:55', '2027-03-22T11:10'),
      needsApproval: false,
    });
  });

  it('reports every broken rule, not only the first', () => {
    const terms = someTerms({
      policy: { maxDuration: 60, minNotice: 24 * 60, slotStep: 30 },
      hours: officeHours,
      blackouts: [{ ...span('2027-03-22T09:00', '2027-03-22T10:00'), source: { level: 'site' } }],
      state: { status: 'maintenance' },
      units: 2,
    });

    const verdict = judge(terms, wish('2027-03-22T07:50', '2027-03-22T09:40', 3), now);

    expect(verdict.isAllowed).toBe(false);
    expect(rulesOf(verdict)).toEqual([
      'status',
      'units',
      'in-the-past',
      'min-notice',
      'max-duration',
      'slot-step',
      'opening-hours',
      'blackout',
    ]);
  });

  it('says whether an approval is needed', () => {
    const approval = {
      mode: 'required',
      deadlineMinutes: 60,
      approvers: [],
      then: [],
      requiredFor: { longerThan: null, outOfHours: false },
    } as const;

    expect(judge(someTerms({ policy: { approval } }), morning, now).needsApproval).toBe(true);
  });
});

describe('each rule', () => {
  it('min-duration gives limit, given, source and the nearest length', () => {
    const [violation] = judge(someTerms({ policy: { minDuration: 30 } }), wish('2027-03-22T10:00', '2027-03-22T10:15'), now).violations;

    expect(violation).toEqual({
      rule: 'min-duration',
      limit: 'PT30M',
      given: 'PT15M',
      source: onResource,
      detail: 'A reservation lasts 30 min at least; this one lasts 15 min.',
      suggestion: { action: 'lengthen', patch: { end: '2027-03-22T09:30:00Z' } },
    });
  });

  it('max-duration offers to shorten', () => {
    const [violation] = judge(someTerms({ policy: { maxDuration: 240 } }), wish('2027-03-22T10:00', '2027-03-22T15:00'), now).violations;

    expect(violation).toMatchObject({
      rule: 'max-duration',
      limit: 'PT4H',
      given: 'PT5H',
      detail: 'A reservation lasts 4 h at most; this one lasts 5 h.',
      suggestion: { action: 'shorten', patch: { end: '2027-03-22T13:00:00Z' } },
    });
  });

  it('max-duration in whole days counts calendar days, also the one of 25 hours', () => {
    const terms = someTerms({ policy: { horizon: 366 * 1440 } });

    expect(judge(terms, wish('2027-10-31T00:00', '2027-11-01T00:00'), now).isAllowed).toBe(true);
    expect(rulesOf(judge(terms, wish('2027-10-31T00:00', '2027-11-01T00:15'), now))).toEqual(['max-duration']);
  });

  it('min-duration of a day is met by the one of 23 hours', () => {
    const terms = someTerms({ policy: { minDuration: 1440, maxDuration: 2 * 1440 } });

    expect(judge(terms, wish('2027-03-28T00:00', '2027-03-29T00:00'), now).isAllowed).toBe(true);
    expect(rulesOf(judge(terms, wish('2027-03-28T00:00', '2027-03-28T23:45'), now))).toEqual(['min-duration']);
  });

  it('slot-step looks at both ends on the clock of the zone and offers the nearest slot', () => {
    const [violation] = judge(someTerms({ policy: { slotStep: 30 } }), wish('2027-03-22T10:10', '2027-03-22T11:10'), now).violations;

    expect(violation).toMatchObject({
      rule: 'slot-step',
      limit: 'PT30M',
      given: '10:10–11:10',
      suggestion: { action: 'start-at', patch: { start: '2027-03-22T09:00:00Z', end: '2027-03-22T10:00:00Z' } },
    });
    expect(rulesOf(judge(someTerms(), wish('2027-03-22T10:00', '2027-03-22T10:50'), now))).toEqual(['slot-step']);
  });

  it('min-notice offers the first slot after it', () => {
    const [violation] = judge(someTerms({ policy: { minNotice: 180 } }), morning, now).violations;

    expect(violation).toMatchObject({
      rule: 'min-notice',
      limit: 'PT3H',
      given: 'PT1H53M',
      suggestion: { action: 'start-at', patch: { start: '2027-03-22T10:15:00Z', end: '2027-03-22T11:15:00Z' } },
    });
  });

  it('min-notice and horizon include their own limit', () => {
    const onTheHour = local('2027-03-22T08:00');
    const notice = someTerms({ policy: { minNotice: 120 } });
    const horizon = someTerms({ policy: { horizon: 120 } });

    expect(judge(notice, morning, onTheHour).isAllowed).toBe(true);
    expect(judge(horizon, morning, onTheHour).isAllowed).toBe(true);
    expect(rulesOf(judge(notice, morning, addMinutes(onTheHour, 1)))).toEqual(['min-notice']);
    expect(rulesOf(judge(horizon, morning, addMinutes(onTheHour, -1)))).toEqual(['horizon']);
  });

  it('details are sentences people can read', () => {
    const details = (policy: PartialPolicy, start: string, end: string, quantity = 1): string[] =>
      judge(someTerms({ policy, units: 2 }), wish(start, end, quantity), now).violations.map((it) => it.detail);

    expect(details({ maxDuration: 2880 }, '2027-03-23T10:00', '2027-03-26T10:00')).toEqual([
      'A reservation lasts 2 days at most; this one lasts 3 days.',
    ]);
    expect(details({ maxDuration: 1440 }, '2027-03-23T10:00', '2027-03-25T11:30')).toEqual([
      'A reservation lasts 24 h at most; this one lasts 49 h 30 min.',
    ]);
    expect(details({ minNotice: 180 }, '2027-03-22T08:00', '2027-03-22T09:00')).toEqual([
      'It must be booked 3 h ahead; the start is not ahead.',
    ]);
    expect(details({ minNotice: 180 }, '2027-03-22T09:00', '2027-03-22T10:00')).toEqual([
      'It must be booked 3 h ahead; the start is 53 min away.',
    ]);
    expect(details({}, '2027-03-22T10:00', '2027-03-22T11:00', 3)).toEqual(['There are 2 units, not 3.']);
    expect(details({}, '2027-03-22T10:00', '2027-03-22T11:00', 0)).toEqual(['At least one unit must be asked for.']);
    expect(details({ slotStep: 30 }, '2027-03-22T10:15', '2027-03-22T11:00')).toEqual([
      'Starts and ends fall on steps of 30 min from midnight in Europe/Paris.',
    ]);
  });

  it('horizon offers the last slot within it', () => {
    const terms = someTerms({ policy: { horizon: 7 * 1440 } });

    expect(judge(terms, wish('2027-03-29T08:00', '2027-03-29T09:00'), now).isAllowed).toBe(true);
    expect(judge(terms, wish('2027-03-29T09:15', '2027-03-29T10:00'), now).violations).toMatchObject([
      {
        rule: 'horizon',
        limit: 'P7D',
        suggestion: { action: 'start-at', patch: { start: local('2027-03-29T09:00').toISOString().replace('.000', '') } },
      },
    ]);
  });

  it('opening-hours tells the day’s hours and offers the nearest open time', () => {
    const [violation] = judge(someTerms({ hours: officeHours }), wish('2027-03-22T11:30', '2027-03-22T12:30'), now).violations;

    expect(violation).toEqual({
      rule: 'opening-hours',
      limit: '08:00–12:00, 13:00–20:00',
      given: '11:30–12:30',
      source: onResource,
      detail: 'On 2027-03-22 it is open 08:00–12:00, 13:00–20:00.',
      suggestion: { action: 'start-at', patch: { start: '2027-03-22T10:00:00Z', end: '2027-03-22T11:00:00Z' } },
    });
  });

  it('opening-hours says when a day is closed', () => {
    const hours = { ...officeHours, exceptions: [{ date: '2027-03-23', intervals: [] }] };

    expect(judge(someTerms({ hours }), wish('2027-03-23T10:00', '2027-03-23T11:00'), now).violations).toMatchObject([
      { rule: 'opening-hours', limit: 'closed', suggestion: { patch: { start: '2027-03-22T18:00:00Z', end: '2027-03-22T19:00:00Z' } } },
    ]);
  });

  it('opening-hours offers what is left of the time where the length fits nowhere', () => {
    const hours = daily({ opens: '08:00', closes: '12:00' });
    const terms = someTerms({ hours, policy: { minDuration: 60 } });

    const [violation] = judge(terms, wish('2027-03-22T09:00', '2027-03-22T14:00'), now).violations;

    expect(violation?.suggestion).toEqual({ action: 'shorten', patch: { end: '2027-03-22T11:00:00Z' } });
  });

  it('opening-hours does not bind what may leave them', () => {
    const terms = someTerms({ hours: officeHours, policy: { mayLeaveOpenHours: true } });

    expect(judge(terms, wish('2027-03-22T19:00', '2027-03-23T09:00'), now).isAllowed).toBe(true);
  });

  it('buffers may lie outside open hours', () => {
    const terms = someTerms({ hours: officeHours, policy: { bufferAfter: 30 } });

    expect(judge(terms, wish('2027-03-22T11:00', '2027-03-22T12:00'), now).isAllowed).toBe(true);
  });

  it('blackout names each one in the way, with its reason and source', () => {
    const blackouts = [
      { ...span('2027-03-22T09:00', '2027-03-22T10:30'), reason: 'Fire drill', source: { level: 'site', id: 's1', name: 'Lyon' } as const },
      { ...span('2027-03-22T10:30', '2027-03-22T12:00'), source: onResource },
      { ...span('2027-03-22T11:00', '2027-03-22T12:00'), source: onResource },
      { ...span('2027-03-22T12:00', '2027-03-22T13:00'), source: onResource },
    ];

    const { violations } = judge(someTerms({ blackouts }), wish('2027-03-22T10:15', '2027-03-22T11:15'), now);

    expect(violations).toMatchObject([
      {
        rule: 'blackout',
        limit: '2027-03-22T08:00:00Z/2027-03-22T09:30:00Z',
        given: '2027-03-22T09:15:00Z/2027-03-22T10:15:00Z',
        source: { name: 'Lyon' },
        detail: 'It may not be booked then: Fire drill.',
        suggestion: { action: 'start-at', patch: { start: '2027-03-22T07:00:00Z', end: '2027-03-22T08:00:00Z' } },
      },
      { rule: 'blackout', source: onResource },
      { rule: 'blackout', source: onResource },
    ]);
  });

  it('status refuses an archived resource and has nothing to offer', () => {
    const { violations } = judge(someTerms({ state: { status: 'archived' } }), morning, now);

    expect(violations).toEqual([
      { rule: 'status', limit: 'available', given: 'archived', source: { level: 'resource' }, detail: 'The resource is archived.' },
    ]);
  });

  it('status refuses what overlaps maintenance, running or scheduled, and offers the time after it', () => {
    const maintenance = span('2027-03-22T08:00', '2027-03-22T16:00');
    const state = { status: 'maintenance', maintenance } as const;
    const scheduled = { status: 'available', maintenance } as const;

    for (const terms of [someTerms({ state }), someTerms({ state: scheduled })]) {
      expect(judge(terms, morning, now).violations).toMatchObject([
        { rule: 'status', given: 'maintenance', suggestion: { patch: { start: '2027-03-22T15:00:00Z', end: '2027-03-22T16:00:00Z' } } },
      ]);
      expect(judge(terms, wish('2027-03-22T16:00', '2027-03-22T17:00'), now).isAllowed).toBe(true);
    }
  });

  it('status refuses everything in maintenance without an end', () => {
    expect(rulesOf(judge(someTerms({ state: { status: 'maintenance' } }), morning, now))).toEqual(['status']);
    const since = { status: 'maintenance', maintenance: { start: local('2027-03-22T08:00') } } as const;
    expect(judge(someTerms({ state: since }), morning, now).violations.map((it) => [it.rule, it.suggestion])).toEqual([
      ['status', undefined],
    ]);
  });

  it('units refuses more than there are, and offers all of them', () => {
    const terms = someTerms({ units: 3 });

    expect(judge(terms, { ...morning, quantity: 3 }, now).isAllowed).toBe(true);
    expect(judge(terms, { ...morning, quantity: 4 }, now).violations).toMatchObject([
      { rule: 'units', limit: '3', given: '4', suggestion: { action: 'take-fewer', patch: { quantity: 3 } } },
    ]);
    expect([0, -1, 1.5, NaN].map((quantity) => rulesOf(judge(terms, { ...morning, quantity }, now)))).toEqual(Array(4).fill(['units']));
  });

  it('in-the-past lets people book «now», from the start of the slot that is running', () => {
    const terms = someTerms();

    expect(judge(terms, wish('2027-03-22T08:00', '2027-03-22T09:00'), now).isAllowed).toBe(true);
    expect(judge(terms, wish('2027-03-22T07:45', '2027-03-22T08:45'), now).violations).toMatchObject([
      {
        rule: 'in-the-past',
        limit: '2027-03-22T07:00:00Z',
        given: '2027-03-22T06:45:00Z',
        suggestion: { action: 'start-at', patch: { start: '2027-03-22T07:00:00Z', end: '2027-03-22T08:00:00Z' } },
      },
    ]);
  });

  it('in-the-past and min-notice are told together where there is a notice', () => {
    expect(rulesOf(judge(someTerms({ policy: { minNotice: 60 } }), wish('2027-03-22T07:45', '2027-03-22T08:45'), now))).toEqual([
      'in-the-past',
      'min-notice',
    ]);
  });
});

describe('a reservation that is being changed', () => {
  const former = span('2027-03-22T07:30', '2027-03-22T09:00');
  const changed = (start: string, end: string) => ({ ...wish(start, end), former });

  it('keeps its start when that has passed, whatever the notice', () => {
    const terms = someTerms({ policy: { minNotice: 120 } });

    expect(judge(terms, changed('2027-03-22T07:30', '2027-03-22T10:00'), now).isAllowed).toBe(true);
    expect(rulesOf(judge(terms, changed('2027-03-22T07:00', '2027-03-22T10:00'), now))).toEqual(['in-the-past', 'min-notice']);
    expect(rulesOf(judge(terms, changed('2027-03-22T09:00', '2027-03-22T10:00'), now))).toEqual(['min-notice']);
  });

  it('is judged for the time it does not have yet', () => {
    const blackouts = [{ ...span('2027-03-22T08:00', '2027-03-22T08:30'), source: onResource }];
    const hours = daily({ opens: '09:00', closes: '12:00' });
    const maintenance = span('2027-03-22T07:00', '2027-03-22T08:00');
    const terms = someTerms({ blackouts, hours, state: { status: 'maintenance', maintenance } });

    expect(judge(terms, changed('2027-03-22T07:30', '2027-03-22T11:00'), now).isAllowed).toBe(true);
    expect(rulesOf(judge(terms, changed('2027-03-22T07:30', '2027-03-22T13:00'), now))).toEqual(['opening-hours']);
    expect(rulesOf(judge(terms, changed('2027-03-22T07:15', '2027-03-22T09:00'), now))).toEqual(['status', 'in-the-past', 'opening-hours']);
  });

  it('may always be shortened, on an archived resource and above a limit that came later', () => {
    const terms = someTerms({ state: { status: 'archived' }, policy: { maxDuration: 30 } });

    expect(judge(terms, changed('2027-03-22T07:30', '2027-03-22T08:45'), now).isAllowed).toBe(true);
    expect(rulesOf(judge(terms, changed('2027-03-22T07:30', '2027-03-22T09:15'), now))).toEqual(['status', 'max-duration']);
  });

  it('keeps an end that lies on no slot of today, but takes no new one', () => {
    const terms = someTerms({ policy: { slotStep: 60 } });

    expect(judge(terms, changed('2027-03-22T07:30', '2027-03-22T10:00'), now).isAllowed).toBe(true);
    expect(rulesOf(judge(terms, changed('2027-03-22T07:30', '2027-03-22T09:30'), now))).toEqual(['slot-step']);
  });

  it('is offered another end, never another start, while it is running', () => {
    const terms = someTerms({ hours: daily({ opens: '07:00', closes: '12:00' }), policy: { maxDuration: 240 } });

    const tooLong = judge(terms, changed('2027-03-22T07:30', '2027-03-22T11:45'), now).violations;
    const tooLate = judge(
      someTerms({ hours: daily({ opens: '07:00', closes: '10:00' }) }),
      changed('2027-03-22T07:30', '2027-03-22T11:00'),
      now,
    );

    expect(tooLong.map((it) => it.suggestion)).toEqual([{ action: 'shorten', patch: { end: '2027-03-22T10:30:00Z' } }]);
    expect(tooLate.violations.map((it) => it.suggestion)).toEqual([{ action: 'shorten', patch: { end: '2027-03-22T09:00:00Z' } }]);
  });
});
