import * as fc from 'fast-check';
import { DEFAULT_POLICY, POLICY_KEYS, effectivePolicy, type PartialPolicy } from './booking-policy';
import { contradictions, explainPolicy, formatPolicy, parsePolicy } from './policy-document';
import { onResource } from './testing';

const APPROVER = '01930000-0000-7000-8000-000000000001';

const errorsOf = (json: unknown, pointer?: string) => parsePolicy(json, pointer).errors.map((it) => `${it.pointer} ${it.code}`);

describe('parsePolicy', () => {
  it('reads every rule', () => {
    const { policy, errors } = parsePolicy({
      minDuration: 'PT30M',
      maxDuration: 'P2D',
      slotStep: 'PT1H',
      minNotice: 'PT2H',
      horizon: 'P30D',
      bufferBefore: 'PT10M',
      bufferAfter: 'PT20M',
      approval: {
        mode: 'required',
        deadline: 'P1D',
        approvers: [{ kind: 'group', id: APPROVER }],
        then: [],
        requiredFor: { longerThan: null, outOfHours: false },
      },
      tentativeBlocks: true,
      titlesVisibleTo: 'attendees',
      mayLeaveOpenHours: true,
      cancellationNotice: 'PT24H',
      maxConcurrentPerPerson: 2,
      maxPerWeekPerPerson: 'PT10H',
    });

    expect(errors).toEqual([]);
    expect(policy).toEqual({
      minDuration: 30,
      maxDuration: 2880,
      slotStep: 60,
      minNotice: 120,
      horizon: 43200,
      bufferBefore: 10,
      bufferAfter: 20,
      approval: {
        mode: 'required',
        deadlineMinutes: 1440,
        approvers: [{ kind: 'group', id: APPROVER }],
        then: [],
        requiredFor: { longerThan: null, outOfHours: false },
      },
      tentativeBlocks: true,
      titlesVisibleTo: 'attendees',
      mayLeaveOpenHours: true,
      cancellationNotice: 1440,
      maxConcurrentPerPerson: 2,
      maxPerWeekPerPerson: 600,
    });
  });

  it('takes the bare mode of an approval with its defaults', () => {
    expect(parsePolicy({ approval: 'required' }).policy.approval).toEqual({
      mode: 'required',
      deadlineMinutes: 2880,
      approvers: [],
      then: [],
      requiredFor: { longerThan: null, outOfHours: false },
    });
    expect(parsePolicy({ approval: { mode: 'none' } }).policy.approval).toEqual(DEFAULT_POLICY.approval);
  });

  it('tells a lifted limit from an inherited one', () => {
    expect(parsePolicy({ maxConcurrentPerPerson: 'none', cancellationNotice: null })).toEqual({
      policy: { maxConcurrentPerPerson: 'none' },
      errors: [],
    });
  });

  it('refuses what it does not know, and says where', () => {
    expect(errorsOf({ maxDuraton: 'PT1H', 'a/b~c': 1 })).toEqual(['/maxDuraton unknown-field', '/a~1b~0c unknown-field']);
    expect(errorsOf(JSON.parse('{"__proto__": {"minDuration": "PT1H"}, "constructor": 1}'), '/policy')).toEqual([
      '/policy/__proto__ unknown-field',
      '/policy/constructor unknown-field',
    ]);
    expect(errorsOf({ approval: { mode: 'required', steps: [] } })).toEqual(['/approval/steps unknown-field']);
  });

  it('refuses what is no object', () => {
    expect([null, [], 'PT15M', 5, undefined].map((it) => errorsOf(it, '/policy'))).toEqual(Array(5).fill(['/policy wrong-type']));
  });

  it('reports every error, not only the first', () => {
    expect(
      errorsOf({
        minDuration: 15,
        maxDuration: 'P1M',
        slotStep: 'PT0S',
        minNotice: '-PT1H',
        tentativeBlocks: 'yes',
        titlesVisibleTo: 'nobody',
        maxConcurrentPerPerson: 1.5,
        approval: { mode: 'sometimes', deadline: 'soon', approvers: [{ kind: 'robot', id: 'x' }, 7] },
      }),
    ).toEqual([
      '/minDuration not-a-duration',
      '/maxDuration not-a-duration',
      '/slotStep out-of-range',
      '/minNotice not-a-duration',
      '/tentativeBlocks wrong-type',
      '/titlesVisibleTo not-allowed',
      '/maxConcurrentPerPerson wrong-type',
      '/approval/mode not-allowed',
      '/approval/deadline not-a-duration',
      '/approval/approvers/0/kind not-allowed',
      '/approval/approvers/0/id not-an-id',
      '/approval/approvers/1 wrong-type',
    ]);
  });

  it.each([
    ['minDuration', 'PT1M', 'P30D', 'PT0S', 'P31D'],
    ['maxDuration', 'PT1M', 'P30D', 'PT0S', 'P30DT1M'],
    ['slotStep', 'PT1M', 'P1D', 'PT0S', 'P1DT1M'],
    ['minNotice', 'PT0S', 'P30D', undefined, 'P31D'],
    ['horizon', 'PT1M', 'P1830D', 'PT0S', 'P1831D'],
    ['bufferBefore', 'PT0S', 'P1D', undefined, 'P1DT1M'],
    ['bufferAfter', 'PT0S', 'P1D', undefined, 'P1DT1M'],
    ['maxPerWeekPerPerson', 'PT1M', 'P7D', 'PT0S', 'P8D'],
  ])('keeps %s from %s to %s', (key, least, most, tooLittle, tooMuch) => {
    expect(errorsOf({ [key]: least })).toEqual([]);
    expect(errorsOf({ [key]: most })).toEqual([]);
    if (tooLittle) expect(errorsOf({ [key]: tooLittle })).toEqual([`/${key} out-of-range`]);
    expect(errorsOf({ [key]: tooMuch })).toEqual([`/${key} out-of-range`]);
  });

  it('refuses a request that waits and does not hold its time, and keeps telling that it does', () => {
    const { policy, errors } = parsePolicy({ tentativeBlocks: false });

    expect(errors).toMatchObject([{ pointer: '/tentativeBlocks', code: 'not-allowed' }]);
    expect(explainPolicy(effectivePolicy([{ source: onResource, policy }]))).toContainEqual({
      rule: 'tentativeBlocks',
      value: true,
      source: { level: 'default' },
    });
  });

  it('refuses limits that exclude each other', () => {
    expect(errorsOf({ minDuration: 'PT2H', maxDuration: 'PT1H', minNotice: 'P2D', horizon: 'P1D' })).toEqual([
      '/minDuration inconsistent',
      '/minNotice inconsistent',
    ]);
    expect(contradictions({ minDuration: 60, maxDuration: 60 })).toEqual([]);
  });

  it('reads back every policy it writes', () => {
    const minutes = (min: number, max: number) => fc.option(fc.integer({ min, max }), { nil: undefined });
    const limit = (max: number) => fc.option(fc.oneof(fc.integer({ min: 1, max }), fc.constant('none' as const)), { nil: undefined });
    const policies: fc.Arbitrary<PartialPolicy> = fc.record({
      minDuration: minutes(1, 60),
      maxDuration: minutes(60, 43_200),
      slotStep: minutes(1, 1440),
      minNotice: minutes(0, 1440),
      horizon: minutes(1440, 2_000_000),
      bufferBefore: minutes(0, 1440),
      bufferAfter: minutes(0, 1440),
      tentativeBlocks: fc.constantFrom(true as const, undefined),
      titlesVisibleTo: fc.constantFrom('organization', 'attendees', 'managers', undefined),
      cancellationNotice: limit(43_200),
      maxConcurrentPerPerson: limit(10_000),
      maxPerWeekPerPerson: limit(10_080),
      approval: fc.option(
        fc.record({
          mode: fc.constantFrom('none', 'required', 'requiredFor'),
          deadlineMinutes: fc.integer({ min: 1, max: 43_200 }),
          approvers: fc.array(fc.record({ kind: fc.constantFrom('user', 'group'), id: fc.uuid() }), { maxLength: 3 }),
          then: fc.array(fc.array(fc.record({ kind: fc.constantFrom('user', 'group'), id: fc.uuid() }), { maxLength: 2 }), {
            maxLength: 3,
          }),
          requiredFor: fc.record({ longerThan: fc.integer({ min: 1, max: 43_200 }), outOfHours: fc.boolean() }),
        }),
        { nil: undefined },
      ),
    });
    fc.assert(
      fc.property(policies, (policy) => {
        const read = parsePolicy(JSON.parse(JSON.stringify(formatPolicy(policy))));

        expect(read).toEqual({ policy: JSON.parse(JSON.stringify(policy)), errors: [] });
      }),
    );
  });

  it('never throws on any JSON', () => {
    const keyed = fc.dictionary(fc.constantFrom(...POLICY_KEYS), fc.jsonValue());
    fc.assert(fc.property(fc.oneof(fc.jsonValue(), keyed), (json) => void parsePolicy(json)));
  });
});

describe('explainPolicy', () => {
  it('gives every rule with its value on the wire and its source', () => {
    const rules = explainPolicy(effectivePolicy([{ source: onResource, policy: { maxDuration: 120, maxConcurrentPerPerson: 2 } }]));

    expect(rules.map((it) => it.rule)).toEqual(POLICY_KEYS);
    expect(rules).toContainEqual({ rule: 'maxDuration', value: 'PT2H', source: onResource });
    expect(rules).toContainEqual({ rule: 'maxConcurrentPerPerson', value: 2, source: onResource });
    expect(rules).toContainEqual({ rule: 'minNotice', value: 'PT0S', source: { level: 'default' } });
  });
});
