import { silentOutbox, useDatabase } from '@berth/platform/testing';
import { ChangePreferences } from './change-preferences';
import { peopleOn } from './testing';

const db = useDatabase();
const people = peopleOn(db, { mail: false });

describe('Who reads one’s name', () => {
  it('is chosen with the preferences, stands in the log, and back at everyone when it is taken back', async () => {
    const ana = await people.aMember();
    const change = new ChangePreferences(db.database, silentOutbox());
    const kept = () =>
      db.asOwner<{ name_shown_to: string; preferences: object; epoch: string }>(
        `select a.name_shown_to, a.preferences, o.epoch from account a join organization o on o.id = a.org_id where a.id = $1`,
        [ana.accountId],
      );
    const [before] = await kept();

    expect(await change.execute(ana, { nameShownTo: 'groups', density: 'compact' })).toMatchObject({
      nameShownTo: 'groups',
      density: 'compact',
    });
    const [chosen] = await kept();
    expect(await change.execute(ana, { nameShownTo: null })).toMatchObject({ nameShownTo: 'everyone', density: 'compact' });
    await change.execute(ana, { density: null });

    expect(chosen).toMatchObject({ name_shown_to: 'groups', preferences: { density: 'compact' } });
    expect(await kept()).toMatchObject([{ name_shown_to: 'everyone', preferences: {}, epoch: String(Number(before?.epoch) + 2) }]);
    const told = await db.asOwner(
      `select data -> 'before' as before, data -> 'after' as after from event where subject_id = $1 order by position`,
      [ana.accountId],
    );
    expect(told).toMatchObject([
      { before: { nameShownTo: 'everyone', density: null }, after: { nameShownTo: 'groups', density: 'compact' } },
      { before: { nameShownTo: 'groups' }, after: { nameShownTo: null } },
      {},
    ]);
  });
});
