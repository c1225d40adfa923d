import { newId } from '@berth/kernel';
import { SetClock, silentOutbox, useDatabase } from '@berth/platform/testing';
import { LimitsOfPerson } from '@berth/reservations';
import { at, from, reservationsGiven, reservationsOn } from '@berth/reservations/testing';
import { CandidatesQueries } from '../candidates.queries';
import { FreeResources } from '../free-resources';
import { FavouritesQueries } from './favourites.queries';
import { MarkFavourite } from './mark-favourite';
import { UnmarkFavourite } from './unmark-favourite';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);
const mark = () => new MarkFavourite(db.database, silentOutbox(), new SetClock(at('08:00')));
const unmark = () => new UnmarkFavourite(db.database, silentOutbox());
const names = async (actor: ReturnType<typeof given.anActor>) => (await new FavouritesQueries(db.database).all(actor)).map((it) => it.name);

describe('a favourite', () => {
  it('is one however often it is marked, and nobody else’s', async () => {
    const [ana, jo] = [await given.aPerson(), await given.aPerson()];
    const desk = await given.aResource({ name: 'Desk 3.14' });

    await mark().execute(ana, desk.id);
    await mark().execute(ana, desk.id);

    expect(await names(ana)).toEqual(['Desk 3.14']);
    expect(await names(jo)).toEqual([]);
  });

  it('can be taken back, also when there is none', async () => {
    const ana = await given.aPerson();
    const desk = await given.aResource({ name: 'Desk' });
    await mark().execute(ana, desk.id);

    await unmark().execute(ana, desk.id);
    await unmark().execute(ana, desk.id);

    expect(await names(ana)).toEqual([]);
  });

  it('is something one may see', async () => {
    const ana = await given.aPerson();
    const gone = await given.aResource({ status: 'archived' });

    await expect(mark().execute(ana, gone.id)).rejects.toMatchObject({ code: 'not-found' });
    await expect(mark().execute(ana, newId())).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is found before others that fit as well, and says so', async () => {
    on.clock.set(at('08:00'));
    const ana = await given.aPerson();
    const type = await given.aType();
    for (const [name, capacity] of [
      ['Alpha', 8],
      ['Beta', 8],
      ['Gamma', 8],
      ['Small', 6],
    ] as const) {
      const { id } = await given.aResource({ type, name, capacity });
      if (name === 'Beta') await mark().execute(ana, id);
    }
    const answer = await new FreeResources(
      new CandidatesQueries(db.database),
      on.catalogue,
      on.busyTime,
      new LimitsOfPerson(db.database),
      on.clock,
    ).search(ana, {
      typeId: type.id,
      window: from('09:00').to('10:00'),
      capacity: 6,
      quantity: 1,
      near: {},
      sort: 'fit',
      limit: 25,
    });
    const { data } = answer;

    expect(data.map((it) => it.resource.name)).toEqual(['Small', 'Beta', 'Alpha', 'Gamma']);
    expect(data[1]?.reasons).toContainEqual({ code: 'favourite' });
    expect(data[2]?.reasons).not.toContainEqual({ code: 'favourite' });
  });
});
