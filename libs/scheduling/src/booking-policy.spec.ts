import { DEFAULT_POLICY, effectivePolicy, heldPeriod, needsApproval, policyValues, type PolicyLayer } from './booking-policy';
import { formatPolicy } from './policy-document';
import { span } from './testing';

const organization: PolicyLayer = {
  source: { level: 'organization', id: 'o1', name: 'Acme' },
  policy: { maxDuration: 240, minNotice: 60, maxConcurrentPerPerson: 3 },
};
const site: PolicyLayer = { source: { level: 'site', id: 's1', name: 'Lyon' }, policy: { minNotice: 0 } };
const resource: PolicyLayer = {
  source: { level: 'resource', id: 'r1', name: 'Room Turing' },
  policy: { maxDuration: 120, bufferAfter: 15, maxConcurrentPerPerson: 'none', maxDurationIsNotAKey: 1 } as PolicyLayer['policy'],
};

describe('effectivePolicy', () => {
  it('has the defaults of the engine where no layer says anything', () => {
    const { minDuration, maxDuration, slotStep, minNotice, horizon, bufferBefore, bufferAfter } = formatPolicy(
      policyValues(effectivePolicy([])),
    );

    expect({ minDuration, maxDuration, slotStep, minNotice, horizon, bufferBefore, bufferAfter }).toEqual({
      minDuration: 'PT15M',
      maxDuration: 'P1D',
      slotStep: 'PT15M',
      minNotice: 'PT0S',
      horizon: 'P90D',
      bufferBefore: 'PT0S',
      bufferAfter: 'PT0S',
    });
    expect(Object.values(effectivePolicy([])).every((it) => it.source.level === 'default')).toBe(true);
  });

  it('takes each value from the most specific layer that sets it and remembers which', () => {
    const policy = effectivePolicy([organization, site, resource]);

    expect(policy.maxDuration).toEqual({ value: 120, source: resource.source });
    expect(policy.minNotice).toEqual({ value: 0, source: site.source });
    expect(policy.maxConcurrentPerPerson).toEqual({ value: 'none', source: resource.source });
    expect(policy.slotStep).toEqual({ value: 15, source: { level: 'default' } });
  });

  it('has every key and no other', () => {
    expect(Object.keys(effectivePolicy([organization, site, resource]))).toEqual(Object.keys(DEFAULT_POLICY));
  });

  it('inherits what a layer leaves undefined', () => {
    const silent: PolicyLayer = { source: resource.source, policy: { maxDuration: undefined } };

    expect(effectivePolicy([organization, silent]).maxDuration).toEqual({ value: 240, source: organization.source });
  });
});

describe('heldPeriod', () => {
  it('is the wished period widened by the buffers', () => {
    const policy = effectivePolicy([{ source: resource.source, policy: { bufferBefore: 10, bufferAfter: 20 } }]);

    const held = heldPeriod(policy, span('2027-03-22T09:00', '2027-03-22T10:00'));

    expect(held).toEqual(span('2027-03-22T08:50', '2027-03-22T10:20'));
  });
});

describe('needsApproval', () => {
  it('is what the policy says', () => {
    const required = {
      mode: 'required',
      deadlineMinutes: 60,
      approvers: [],
      then: [],
      requiredFor: { longerThan: null, outOfHours: false },
    } as const;

    expect(needsApproval(effectivePolicy([]))).toBe(false);
    expect(needsApproval(effectivePolicy([{ source: resource.source, policy: { approval: required } }]))).toBe(true);
  });
});
