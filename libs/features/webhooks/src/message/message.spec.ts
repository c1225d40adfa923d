import { withoutContent } from '@berth/contracts';
import fc from 'fast-check';
import { offeredEvents, isFilter } from './event-catalogue';
import { bodyOf, thinFacts, type Told } from './message';
import { sampleOf } from './sample';

const told: Told = {
  ...{ id: '0197e4a2-0000-7000-8000-000000000001', type: 'reservation.created', time: '2026-12-07T12:00:00Z' },
  ...{ organizationId: '0197e4a2-0000-7000-8000-000000000002', sequence: 7, subject: 'reservations/0197e4a2-0000-7000-8000-000000000003' },
};

describe('A message', () => {
  it('is under 20 kB, whatever the facts are, and says what it left out', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ maxLength: 20 }), fc.string({ maxLength: 30_000, unit: 'grapheme' }), { maxKeys: 5 }),
        (facts) => {
          const body = bodyOf(told, [facts, thinFacts(told, facts)]);
          expect(Buffer.byteLength(body)).toBeLessThan(20_000);
          const { data } = JSON.parse(body) as { data: { truncated?: string[] } };
          if (data.truncated)
            expect(data.truncated.sort()).toEqual(
              Object.keys(facts)
                .filter((it) => it !== 'kind' && it !== 'id')
                .sort(),
            );
        },
      ),
      { numRuns: 50 },
    );
  });

  it('names the thing and no more where it is thin', () => {
    expect(thinFacts(told, { version: 3, title: 'Takeover' })).toEqual({
      kind: 'reservations',
      id: told.subject.split('/')[1],
      version: 3,
    });
  });

  it('keeps back what a reservation is about, in what has changed as well', () => {
    const facts = {
      ...{ reservationId: 'r', title: 'Takeover', start: '2026-12-07T12:00:00Z', reason: 'Secret', customFields: { project: 'X' } },
      previous: { title: 'Merger', start: '2026-12-07T11:00:00Z' },
      before: { description: 'Merger', status: 'pending' },
      after: { description: 'Takeover', status: 'confirmed' },
    };

    expect(withoutContent(facts)).toEqual({
      ...{ reservationId: 'r', title: null, start: '2026-12-07T12:00:00Z' },
      previous: { title: null, start: '2026-12-07T11:00:00Z' },
      ...{ before: { status: 'pending' }, after: { status: 'confirmed' } },
    });
  });

  it.each(offeredEvents.map((it) => it.type))('has a sample about %s', (type) => {
    const { told: sample, facts } = sampleOf(type, told);
    expect(sample).toMatchObject({ type, subject: expect.stringMatching(/^[a-z-]+\/[0-9a-f-]{36}$/) });
    expect(bodyOf(sample, [facts])).toContain(type);
    expect([isFilter(type), isFilter(`${type.split('.')[0]}.*`)]).toEqual([true, true]);
  });

  it.each(['constructor', 'constructor.*', '__proto__.*', 'session.created', 'reservation', 'reservation.', '**', ''])(
    'is not asked for by %j',
    (filter) => expect(isFilter(filter)).toBe(false),
  );
});
