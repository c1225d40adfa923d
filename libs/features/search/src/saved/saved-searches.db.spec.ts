import { newId } from '@berth/kernel';
import { SetClock, silentOutbox, useDatabase } from '@berth/platform/testing';
import { reservationsGiven } from '@berth/reservations/testing';
import { ChangeSavedSearch } from './change-saved-search';
import { DeleteSavedSearch } from './delete-saved-search';
import { SaveSearch } from './save-search';
import { SAVED_AT_MOST } from './saved-search';
import { SavedSearchesQueries } from './saved-searches.queries';
import { SuggestionsQueries } from './suggestions.queries';

const db = useDatabase();
const given = reservationsGiven(db);
const clock = new SetClock(new Date('2026-12-01T08:00:00Z'));
const save = () => new SaveSearch(db.database, silentOutbox(), clock);
const change = () => new ChangeSavedSearch(db.database, silentOutbox(), clock);
const forget = () => new DeleteSavedSearch(db.database, silentOutbox());
const all = (actor: ReturnType<typeof given.anActor>) => new SavedSearchesQueries(db.database).all(actor);

describe('a kept search', () => {
  it('is listed by name to who kept it, and to nobody else', async () => {
    const [ana, jo] = [await given.aPerson(), await given.aPerson()];
    await save().execute(ana, { name: 'workshop', query: { capacity: 12, tags: ['display'] } });
    await save().execute(ana, { name: 'Any van', query: { type: 'vehicle' } });

    expect((await all(ana)).map((it) => it.name)).toEqual(['Any van', 'workshop']);
    expect((await all(ana))[1]).toMatchObject({ query: { capacity: 12, tags: ['display'] }, version: 1 });
    expect(await all(jo)).toEqual([]);
  });

  it('has a name of its own, whatever its case; others may use the same', async () => {
    const [ana, jo] = [await given.aPerson(), await given.aPerson()];
    await save().execute(ana, { name: 'Friday', query: {} });

    await expect(save().execute(ana, { name: 'friday', query: {} })).rejects.toMatchObject({ code: 'already-exists' });
    await expect(save().execute(jo, { name: 'Friday', query: {} })).resolves.toMatchObject({ name: 'Friday' });
  });

  it('is renamed and replaced on the version that was read', async () => {
    const ana = await given.aPerson();
    const { id } = await save().execute(ana, { name: 'Old', query: { capacity: 4 } });

    const changed = await change().execute(ana, { id, version: 1, patch: { name: 'New' } });

    expect(changed).toEqual({ id, name: 'New', query: { capacity: 4 }, version: 2 });
    await expect(change().execute(ana, { id, version: 1, patch: { query: {} } })).rejects.toMatchObject({
      code: 'precondition-failed',
      extensions: { current: { name: 'New' } },
    });
  });

  it('is out of reach for everybody else, administrators too', async () => {
    const jo = await given.aPerson('admin');
    const ana = await given.aPerson();
    const { id } = await save().execute(ana, { name: 'Private', query: {} });

    await expect(change().execute(jo, { id, patch: { name: 'Mine' } })).rejects.toMatchObject({ code: 'not-found' });
    await expect(forget().execute(jo, id)).rejects.toMatchObject({ code: 'not-found' });
    await expect(forget().execute(ana, newId())).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is forgotten', async () => {
    const ana = await given.aPerson();
    const { id } = await save().execute(ana, { name: 'Once', query: {} });

    await forget().execute(ana, id);

    expect((await all(ana)).map((it) => it.id)).not.toContain(id);
  });

  it('is one of a hundred at most', async () => {
    const jo = await given.aPerson();
    for (let i = 0; i < SAVED_AT_MOST; i++) await save().execute(jo, { name: `Search ${i}`, query: {} });

    await expect(save().execute(jo, { name: 'One more', query: {} })).rejects.toMatchObject({ code: 'validation-failed' });
  });
});

describe('suggestions', () => {
  const suggest = (typed: string, actor = given.anActor()) => new SuggestionsQueries(db.database).of(actor, typed);

  it('name kinds, places, tags and resources, those first that begin with what was typed', async () => {
    const site = await given.aSite({ name: 'Quasar Campus' });
    await given.aResource({ name: 'Blue Quasar', site, tags: ['quasar lamp'] });
    await given.aResource({ name: 'Quasar 1', site });

    expect((await suggest('quasar')).map(({ kind, label, place }) => [kind, label, place])).toEqual([
      ['site', 'Quasar Campus', null],
      ['tag', 'quasar lamp', null],
      ['resource', 'Quasar 1', 'Quasar Campus'],
      ['resource', 'Blue Quasar', 'Quasar Campus'],
    ]);
  });

  it('take what was typed as it is, and are none for nothing', async () => {
    await given.aResource({ name: '100 % Cotton' });

    expect((await suggest('100 %')).map((it) => it.label)).toEqual(['100 % Cotton']);
    expect(await suggest('   ')).toEqual([]);
  });

  it('name nothing that one may not see', async () => {
    await given.aResource({ name: 'Secret Vault', status: 'archived', tags: ['vaulted'] });
    const user = given.anActor({ role: 'user' });

    expect(await suggest('vault', user)).toEqual([]);
  });
});
