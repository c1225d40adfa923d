import { useDatabase } from '@berth/platform/testing';
import { at, from, reservationsGiven, reservationsOn } from '../testing';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);
const wish = (resource: { id: string }, when = from('09:00').to('10:00')) => ({ resourceIds: [resource.id], quantity: 1, ...when });
const outcomes = ({ affected }: { affected: { reservations: readonly { outcome: string }[] } }) =>
  affected.reservations.map((it) => it.outcome);
const isTheirs = { code: 'policy-violation', extensions: { policy: { rule: 'assigned' } } };

describe('AssignResource', () => {
  beforeEach(() => on.clock.set(at('08:00')));

  it('lets its person alone reserve it, from then on, until it is everybody’s again', async () => {
    const desk = await given.aResource();
    const [boss, ada, grace] = [await given.aPerson('admin'), await given.aPerson(), await given.aPerson()];
    await on.book.execute(grace, wish(desk, from('15:00').to('16:00')));

    const { assignment } = await on.assign.execute(boss, { id: desk.id, personId: ada.accountId });

    expect(assignment).toMatchObject({ person: { id: ada.accountId }, mine: false, until: null, sharedDays: [] });
    await expect(on.book.execute(grace, wish(desk))).rejects.toMatchObject(isTheirs);
    expect(await on.book.execute(ada, wish(desk))).toMatchObject({ status: 'confirmed' });
    await on.assignments.change.end(boss, desk.id);
    expect(await on.book.execute(grace, wish(desk, from('11:00').to('12:00')))).toMatchObject({ status: 'confirmed' });
    expect((await given.eventsOf(desk)).filter((it) => it.includes('assigned'))).toEqual(['resource.assigned', 'resource.unassigned']);
  });

  it('does with what others have what the caller chose, and says before what that would be', async () => {
    const type = await given.aType();
    const [desk, twin] = [await given.aResource({ type }), await given.aResource({ type, name: 'Twin' })];
    const [boss, ada, grace] = [await given.aPerson('admin'), await given.aPerson(), await given.aPerson()];
    const own = await on.book.execute(ada, wish(desk, from('12:00').to('13:00')));
    const before = await on.book.execute(grace, wish(desk, from('08:00').to('08:30')));
    const movable = await on.book.execute(grace, wish(desk));
    const stuck = await on.book.execute(grace, wish(desk, from('11:00').to('12:00')));
    await on.book.execute(ada, wish(twin, from('11:30').to('12:30')));
    const command = { id: desk.id, personId: ada.accountId, from: at('09:00').toISOString(), reservations: 'move' as const };

    const tried = await on.assign.tryOut(boss, command);
    expect([outcomes(tried), tried.assignment]).toEqual([['moved', 'not-moved'], null]);
    expect((await on.queries.one(grace, movable.id)).resources).toMatchObject([{ resourceId: desk.id }]);
    const done = await on.assign.execute(boss, command);

    expect(done.affected).toMatchObject({ total: 2, reservations: [{ id: movable.id, movedTo: { name: 'Twin' } }, { id: stuck.id }] });
    expect((await on.queries.one(grace, movable.id)).resources).toMatchObject([{ resourceId: twin.id }]);
    for (const it of [own, before, stuck]) expect((await on.queries.one(boss, it.id)).status).toBe('confirmed');
    expect(outcomes(await on.assign.execute(boss, { ...command, reservations: 'cancel', reason: 'Ada sits here' }))).toEqual(['cancelled']);
    expect(await on.queries.one(boss, stuck.id)).toMatchObject({ status: 'cancelled', cancelReason: 'Ada sits here' });
  });

  it('takes no time of what the person does not have: a whole and its parts belong to one person', async () => {
    const hall = await given.aResource({ name: 'Hall' });
    const [left, right] = [await given.aResource({ parent: hall, name: 'Left' }), await given.aResource({ parent: hall })];
    const [boss, ada, bob] = [await given.aPerson('admin'), await given.aPerson(), await given.aPerson()];
    await on.assign.execute(boss, { id: left.id, personId: ada.accountId });

    await expect(on.book.execute(bob, wish(hall))).rejects.toMatchObject(isTheirs);
    expect(await on.book.execute(bob, wish(right))).toMatchObject({ status: 'confirmed' });
    expect(await on.book.execute(ada, wish(hall, from('11:00').to('12:00')))).toMatchObject({ status: 'confirmed' });
    await expect(on.assign.execute(boss, { id: hall.id, personId: bob.accountId })).rejects.toMatchObject({ code: 'invalid-state' });
    await on.assign.execute(boss, { id: right.id, personId: bob.accountId });
    await expect(on.book.execute(ada, wish(hall, from('13:00').to('14:00')))).rejects.toMatchObject(isTheirs);
  });

  it('is for who manages the resource, to somebody who is there and may book', async () => {
    const desk = await given.aResource();
    const [boss, ada, guest] = [await given.aPerson('admin'), await given.aPerson(), await given.aPerson('guest')];
    const [gone] = [await given.aPerson()];
    await db.asOwner(`update account set status = 'suspended' where id = $1`, [gone.accountId]);

    await expect(on.assign.execute(ada, { id: desk.id, personId: ada.accountId })).rejects.toMatchObject({ code: 'permission-denied' });
    for (const { accountId: personId } of [gone, guest])
      await expect(on.assign.execute(boss, { id: desk.id, personId })).rejects.toMatchObject({ code: 'invalid-reference' });
    await expect(on.assign.execute(boss, { id: desk.id, personId: ada.accountId, until: at('07:00').toISOString() })).rejects.toMatchObject(
      { code: 'validation-failed' },
    );
    expect(await on.assignments.queries.of(ada, desk.id)).toBeNull();
  });

  it('says whose it is to those who may read what reservations are about, and to nobody else', async () => {
    const desk = await given.aResource({ policy: { titlesVisibleTo: 'managers' } });
    const [boss, ada, grace] = [await given.aPerson('admin'), await given.aPerson(), await given.aPerson()];
    await on.assign.execute(boss, { id: desk.id, personId: ada.accountId });

    const refused = await on.check.execute(grace, wish(desk));

    expect(refused.violations).toMatchObject([{ rule: 'assigned', detail: 'It is assigned to somebody else then.' }]);
    expect(JSON.stringify(refused)).not.toContain(ada.accountId);
    expect((await on.check.execute(boss, wish(desk))).violations).toMatchObject([{ person: { id: ada.accountId } }]);
    expect(await on.assignments.queries.of(grace, desk.id)).toMatchObject({ person: null, mine: false });
    expect(await on.assignments.queries.of(ada, desk.id)).toMatchObject({ person: { id: ada.accountId }, mine: true });
  });
});

describe('Shared days', () => {
  beforeEach(() => on.clock.set(at('08:00')));

  async function anOwnDesk(timeZone = 'Europe/Berlin') {
    const desk = await given.aResource({ timeZone });
    const [boss, ada, grace] = [await given.aPerson('admin'), await given.aPerson(), await given.aPerson()];
    await on.assign.execute(boss, { id: desk.id, personId: ada.accountId });
    return { desk, boss, ada, grace };
  }

  it('are everybody’s at once, by the clock of the resource, and its person’s again when they are taken back', async () => {
    const { desk, ada, grace } = await anOwnDesk();
    const days = { id: desk.id, from: '2026-12-08', to: '2026-12-09' };

    expect(await on.assignments.days.share(ada, days)).toMatchObject({ sharedDays: ['2026-12-08', '2026-12-09'] });

    // In Berlin the 8th begins an hour before it does in UTC.
    await on.book.execute(grace, wish(desk, { start: at('23:00'), end: at('23:30') }));
    await expect(on.book.execute(grace, wish(desk, { start: at('22:30'), end: at('23:15') }))).rejects.toMatchObject(isTheirs);
    await expect(on.book.execute(grace, wish(desk, { start: at('22:30', 9), end: at('23:15', 9) }))).rejects.toMatchObject(isTheirs);
    const kept = await on.book.execute(grace, wish(desk, from('09:00', 9).to('10:00')));
    await on.book.execute(ada, wish(desk, from('11:00', 9).to('12:00')));

    const tried = await on.assignments.days.tryOut(ada, { ...days, from: '2026-12-09' });
    expect(tried).toMatchObject({ sharedDays: ['2026-12-08', '2026-12-09'], staying: { total: 1, reservations: [{ id: kept.id }] } });
    const back = await on.assignments.days.takeBack(ada, { ...days, from: '2026-12-09' });

    expect(back).toMatchObject({ sharedDays: ['2026-12-08'], staying: { total: 1, reservations: [{ id: kept.id }] } });
    expect((await on.queries.one(grace, kept.id)).status).toBe('confirmed');
    await expect(on.book.execute(grace, wish(desk, from('13:00', 9).to('14:00')))).rejects.toMatchObject(isTheirs);
    await expect(on.move.execute(grace, { id: kept.id, end: at('11:00', 9) })).rejects.toMatchObject(isTheirs);
    expect((await given.eventsOf(desk)).filter((it) => it.includes('days'))).toEqual(['resource.days_shared', 'resource.days_taken_back']);
  });

  it('are shared by its person and who manages it, for days that are to come', async () => {
    const { desk, boss, ada, grace } = await anOwnDesk('UTC');
    const day = { id: desk.id, from: '2026-12-10', to: '2026-12-10' };

    await expect(on.assignments.days.share(grace, day)).rejects.toMatchObject({ code: 'permission-denied' });
    await on.assignments.days.share(boss, day);
    await on.assignments.days.share(ada, { ...day, from: '2026-12-01', to: '2026-12-07' });
    expect((await on.assignments.queries.own(ada)).map((it) => [it.resource.id, it.sharedDays])).toEqual([
      [desk.id, ['2026-12-07', '2026-12-10']],
    ]);
    for (const [since, until] of [
      ['2026-12-01', '2026-12-06'],
      ['2026-12-10', '2026-12-09'],
      ['2026-12-10', '2027-12-11'],
    ] as const)
      await expect(on.assignments.days.share(ada, { ...day, from: since, to: until })).rejects.toMatchObject({ code: 'validation-failed' });
    await expect(on.assignments.days.share(boss, { ...day, id: (await given.aResource()).id })).rejects.toMatchObject({
      code: 'invalid-state',
    });
  });

  it('end with the assignment: whoever has it next has shared nothing', async () => {
    const { desk, boss, ada, grace } = await anOwnDesk('UTC');
    await on.assignments.days.share(ada, { id: desk.id, from: '2026-12-07', to: '2026-12-09' });

    expect((await on.assign.execute(boss, { id: desk.id, personId: ada.accountId })).assignment?.sharedDays).toHaveLength(3);
    expect((await on.assign.execute(boss, { id: desk.id, personId: grace.accountId })).assignment?.sharedDays).toEqual([]);
    await expect(on.book.execute(ada, wish(desk))).rejects.toMatchObject(isTheirs);
  });
});
