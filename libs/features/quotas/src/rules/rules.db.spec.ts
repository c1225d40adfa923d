import { silentOutbox, useDatabase } from '@berth/platform/testing';
import { at, from, reservationsGiven, reservationsOn } from '@berth/reservations/testing';
import { ExceptPerson } from './except-person';
import type { QuotaDraft } from './quota-rule';
import { RulesQueries } from './rules.queries';
import { SetRule } from './set-rule';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);
const rules = () => new SetRule(db.database, silentOutbox(), on.clock);
const queries = () => new RulesQueries(db.database, on.clock);
const excepting = () => new ExceptPerson(db.database, silentOutbox(), on.clock);

const draft = (name: string, more: Partial<QuotaDraft> = {}): QuotaDraft => ({
  name,
  who: { kind: 'everyone', id: null },
  what: { kind: 'everything', id: null },
  measure: 'time',
  window: 'week',
  limit: 120,
  ...more,
});
const wish = (room: { id: string }, start: string, end: string) => ({ resourceIds: [room.id], quantity: 1, ...from(start).to(end) });

describe('Setting quotas', () => {
  beforeEach(() => on.clock.set(at('08:00')));
  afterEach(() => db.asOwner('delete from quota_rule'));

  it('counts from the next booking on, whatever terms were remembered, and says who uses how much', async () => {
    const [admin, ada, room] = [await given.aPerson('admin'), await given.aPerson(), await given.aResource()];
    await on.book.execute(ada, wish(room, '09:00', '10:30'));
    const rule = await rules().add(
      admin,
      draft('Two hours', { who: { kind: 'person', id: ada.accountId }, what: { kind: 'resource', id: room.id } }),
    );
    expect(rule).toMatchObject({ whoName: 'Ada', whatName: room.name, version: 1 });

    await expect(on.book.execute(ada, wish(room, '11:00', '12:00'))).rejects.toMatchObject({ code: 'quota-exceeded' });
    expect(await queries().all(admin)).toMatchObject([{ name: 'Two hours', most: { used: 90 }, using: 1, atLimit: 0 }]);
    expect(await queries().own(ada)).toMatchObject([{ name: 'Two hours', used: 90, limit: 120, freesAt: '2026-12-13T23:00:00Z' }]);
    expect(await queries().own(admin)).toEqual([]);

    const exception = { ruleId: rule.id, accountId: ada.accountId };
    await excepting().execute(admin, { ...exception, version: 1, limit: null, until: at('20:00') });
    const late = { code: 'precondition-failed', extensions: { current: { id: rule.id, version: 2 } } };
    await expect(excepting().execute(admin, { ...exception, version: 1, limit: 0, until: at('20:00') })).rejects.toMatchObject(late);
    await expect(excepting().end(admin, { ...exception, version: 1 })).rejects.toMatchObject(late);
    expect(await queries().own(ada)).toMatchObject([{ used: 90, limit: null }]);
    expect(await queries().usage(admin, rule.id)).toMatchObject({
      ruleVersion: 2,
      people: [{ accountId: ada.accountId, used: 90, limit: null }],
      exceptions: [{ accountId: ada.accountId, limit: null }],
    });
    expect(await on.book.execute(ada, wish(room, '11:00', '12:00'))).toMatchObject({ status: 'confirmed' });
    await excepting().end(admin, { ...exception, version: 2 });
    await expect(on.book.execute(ada, wish(room, '12:00', '13:00'))).rejects.toMatchObject({ code: 'quota-exceeded' });

    await rules().change(admin, { id: rule.id, version: 3, patch: { limit: 600 } });
    expect(await on.book.execute(ada, wish(room, '12:00', '13:00'))).toMatchObject({ status: 'confirmed' });
    await expect(rules().change(admin, { id: rule.id, version: 3, patch: {} })).rejects.toMatchObject({ code: 'precondition-failed' });
    await expect(rules().delete(admin, rule.id, 3)).rejects.toMatchObject({ code: 'precondition-failed' });
    await rules().delete(admin, rule.id, 4);
    expect(await queries().all(admin)).toEqual([]);
  });

  it('refuses what names nobody, nothing or makes no sense', async () => {
    const admin = await given.aPerson('admin');
    const refused: readonly (readonly [Partial<QuotaDraft>, string])[] = [
      [{ who: { kind: 'person', id: '0193a000-0000-7000-8000-000000000000' } }, 'invalid-reference'],
      [{ who: { kind: 'group', id: 'x' } }, 'invalid-reference'],
      [{ who: { kind: 'role', id: 'emperor' } }, 'invalid-reference'],
      [{ what: { kind: 'site', id: '0193a000-0000-7000-8000-000000000000' } }, 'invalid-reference'],
      [{ who: { kind: 'everyone', id: 'x' } }, 'validation-failed'],
      [{ measure: 'concurrent' }, 'validation-failed'],
      [{ window: null }, 'validation-failed'],
    ];
    for (const [more, code] of refused) await expect(rules().add(admin, draft('No', more))).rejects.toMatchObject({ code });
    expect(await rules().add(admin, draft('Yes', { who: { kind: 'role', id: 'user' }, measure: 'ahead', window: null }))).toMatchObject({
      whoName: 'user',
    });
    await expect(rules().add(admin, draft('yes'))).rejects.toMatchObject({ code: 'already-exists' });
  });

  it('says what a quota would have refused of the last month', async () => {
    const [admin, ada, grace, room] = [await given.aPerson('admin'), await given.aPerson(), await given.aPerson(), await given.aResource()];
    await on.book.execute(ada, wish(room, '09:00', '10:00'));
    const back = await on.book.execute(ada, wish(room, '10:00', '11:00'));
    on.clock.set(at('08:30'));
    await on.cancel.execute(ada, { id: back.id, undoSeconds: 0 });
    on.clock.set(at('08:40'));
    await on.book.execute(ada, wish(room, '12:00', '13:00'));
    on.clock.set(at('08:50'));
    await on.book.execute(ada, wish(room, '14:00', '15:00'));
    await on.book.execute(grace, wish(room, '16:00', '18:00'));

    // Of Ada the fourth: the second was given back before the third was booked. Of Grace two hours are what there is.
    expect(await queries().simulate(admin, draft('Would be', { what: { kind: 'resource', id: room.id } }))).toMatchObject({
      looked: expect.any(Number) as number,
      refused: 1,
      people: 1,
      examples: [{ start: '2026-12-07T14:00:00Z', used: 120, limit: 120 }],
    });
  });
});
