import { PlaceRegister } from '@berth/places';
import { SetClock, silentOutbox, useDatabase } from '@berth/platform/testing';
import { existsSync, readFileSync } from 'node:fs';
import { ResourceCatalogue } from '../resource-catalogue';
import { resourcesGiven } from '../testing';
import { FailedRows } from './failed-rows';
import { type ImportCommand, ImportResources } from './import-resources';

const db = useDatabase();
const given = resourcesGiven(db);
const clock = new SetClock(new Date('2026-12-01T08:00:00Z'));
const admin = given.anActor();
const fixture = readFileSync(new URL('../../fixtures/catalogue.csv', import.meta.url));
const shared = new URL('../../../../../../shared/data/', import.meta.url);

const useCase = () => {
  const outbox = silentOutbox();
  return new ImportResources(db.database, new ResourceCatalogue(db.database, clock), new PlaceRegister(outbox, clock), outbox, clock);
};
const importing = (file: string | Uint8Array, more: Partial<ImportCommand> = {}, actor = admin) =>
  useCase().execute(actor, { bytes: typeof file === 'string' ? Buffer.from(file) : file, dryRun: false, onError: 'skip', ...more });
const named = (name: string) =>
  db.asOwner<Record<string, unknown>>(
    `select r.*, s.name as site, f.name as floor, m.name as room from resource r
     left join site s on s.id = r.site_id left join floor f on f.id = r.floor_id left join room m on m.id = r.room_id
     where r.name = $1 and r.org_id = $2 order by r.id`,
    [name, db.organizationId],
  );
const rowsOf = async (table: string) => (await db.asOwner<{ n: number }>(`select count(*)::int as n from ${table}`))[0]?.n;

beforeEach(async () => {
  await db.asOwner(`truncate resource_leaf, resource, room, floor, site, resource_type, event restart identity cascade`);
});

describe('ImportResources', () => {
  it('takes a catalogue with comments, quoted lists and paths, and makes its places and tags', async () => {
    const report = await importing(fixture);

    expect(report).toMatchObject({
      created: 4,
      updated: 0,
      unchanged: 0,
      failed: [],
      delimiter: ',',
      encoding: 'utf-8',
      ignoredColumns: [],
    });
    expect(report.columns).toEqual(['name', 'tags', 'description', 'capacity', 'location', 'requires_approval']);
    expect(report.places).toEqual({
      sites: ['HQ', 'Downtown'],
      floors: ['HQ/Floor 2', 'Downtown/Floor 1'],
      rooms: ['HQ/Floor 2/East Wing', 'HQ/Floor 2/West Wing'],
    });
    expect(report.rows[0]).toMatchObject({
      row: 6,
      name: 'Turing Room',
      action: 'create',
      cells: { capacity: '12', tags: 'meeting,large,video' },
    });
    expect(await named('Turing Room')).toMatchObject([
      {
        ...{
          site: 'HQ',
          floor: 'Floor 2',
          room: 'East Wing',
          location: 'HQ/Floor 2/East Wing',
          capacity: 12,
          tags: ['meeting', 'large', 'video'],
        },
        policy: { approval: { mode: 'required' } },
      },
    ]);
    expect(await named('Projector')).toMatchObject([
      { site: null, location: 'Equipment Room A', description: 'Portable, 3000 lumens', policy: {} },
    ]);
    expect(await rowsOf('resource_leaf')).toBe(4);
    expect(
      await db.asOwner(
        `select type, count(*)::int as n from event where type not like 'room%' and type not like 'floor%' group by type order by type`,
      ),
    ).toEqual([
      { type: 'import.completed', n: 1 },
      { type: 'resource.created', n: 4 },
      { type: 'site.created', n: 2 },
    ]);
  });

  it('finds everything unchanged the second time', async () => {
    await importing(fixture);

    const again = await importing(fixture);

    expect(again).toMatchObject({ created: 0, updated: 0, unchanged: 4, failed: [], places: { sites: [], floors: [], rooms: [] } });
    expect(await named('Turing Room')).toMatchObject([{ version: 1 }]);
  });

  it('says in a dry run what it would do, and does nothing', async () => {
    const events = await rowsOf('event');

    const dry = await importing(fixture, { dryRun: true });
    const real = await importing(fixture);

    expect(dry).toEqual(real);
    expect(events).toBe(0);
    expect(await rowsOf('resource')).toBe(4);
  });

  it('changes what differs, by name and location, and leaves alone what cells do not say', async () => {
    await importing(fixture);

    const report = await importing(
      'Name;Location;Seats;Tags;requires approval\nturing room;hq/floor 2/east wing;14;;no\nHopper Room;Elsewhere;5;;\n',
    );

    expect(report).toMatchObject({ created: 1, updated: 1, delimiter: ';' });
    expect(report.rows[0]).toMatchObject({
      action: 'update',
      changes: {
        Name: { from: 'Turing Room', to: 'turing room' },
        Location: { from: 'HQ/Floor 2/East Wing', to: 'hq/floor 2/east wing' },
        Seats: { from: '12', to: '14' },
        'requires approval': { from: 'true', to: 'false' },
      },
    });
    expect(await named('turing room')).toMatchObject([
      { capacity: 14, tags: ['meeting', 'large', 'video'], site: 'HQ', policy: { approval: { mode: 'none' } }, version: 2 },
    ]);
    expect(await named('Hopper Room')).toHaveLength(2);
  });

  it('knows resources by their external id where the file has one', async () => {
    await importing('external_id,name,units\nR-1,Kits,4\nR-2,Van,1');

    const report = await importing('external_id,name,units,site,floor\nR-1,Camera kits,4,Depot,Ground\nR-3,Van,1,,');

    expect(report).toMatchObject({ created: 1, updated: 1, places: { sites: ['Depot'], floors: ['Depot/Ground'], rooms: [] } });
    expect(report.rows[0]?.changes).toEqual({
      name: { from: 'Kits', to: 'Camera kits' },
      site: { from: '', to: 'Depot' },
      floor: { from: '', to: 'Ground' },
    });
    expect(await named('Camera kits')).toMatchObject([{ external_id: 'R-1', units: 4, site: 'Depot', floor: 'Ground', version: 2 }]);
    expect(await named('Van')).toHaveLength(2);
  });

  it('links a place to a resource that has the words already', async () => {
    await given.aResource({ name: 'Lone', location: 'HQ/Floor 1/Lobby' });

    const report = await importing('name,location\nLone,HQ/Floor 1/Lobby');

    expect(report).toMatchObject({ updated: 1, rows: [{ changes: { location: { from: '', to: 'HQ/Floor 1/Lobby' } } }] });
    expect(await named('Lone')).toMatchObject([{ site: 'HQ', floor: 'Floor 1', room: 'Lobby' }]);
  });

  it('takes the rows that are right and says of the others what is wrong', async () => {
    const report = await importing('name,capacity\nGood,4\nBad,many\n,3\nGood,4\nBetter,5');

    expect(report).toMatchObject({ created: 2 });
    expect(report.failed).toEqual([
      { row: 3, column: 'capacity', code: 'not-a-number', detail: '“many” is not a whole number.' },
      { row: 4, column: 'name', code: 'required', detail: 'A name is needed.' },
      { row: 5, column: 'name', code: 'duplicate-row', detail: 'The same resource stands in line 2.' },
    ]);
    expect(report.rows.map((it) => it.action)).toEqual(['create', 'error', 'error', 'error', 'create']);
  });

  it('takes all or nothing where one wrong row is to fail the rest', async () => {
    const refused = importing('name,capacity,location\nGood,4,HQ/1\nBad,many,HQ/2', { onError: 'fail' });

    await expect(refused).rejects.toMatchObject({ code: 'import-failed', extensions: { failed: [{ row: 3, column: 'capacity' }] } });
    expect([await rowsOf('resource'), await rowsOf('site'), await rowsOf('event')]).toEqual([0, 0, 0]);
  });

  it('keeps requires_approval as it counts, not as it is inherited', async () => {
    const site = await given.aSite({ name: 'Lab', policy: { approval: { mode: 'required', deadline: 'P2D', approvers: [] } } });
    const file = 'name,site,requires_approval\nInherits,Lab,true\nDiffers,Lab,false\nSilent,Lab,';

    await importing(file);
    const again = await importing(file);

    expect(
      (
        await db.asOwner<{ name: string; policy: object }>(`select name, policy from resource where site_id = $1 order by name`, [site.id])
      ).map((it) => it.policy),
    ).toMatchObject([{ approval: { mode: 'none' } }, {}, {}]);
    expect(again.unchanged).toBe(3);
  });

  it('does not take away units that are reserved', async () => {
    const kits = await given.aResource({ name: 'Kits', units: 3 });
    await given.aReservationOf(kits, { from: new Date('2026-12-02T09:00:00Z'), to: new Date('2026-12-02T10:00:00Z'), lane: 3 });

    expect((await importing('name,units\nKits,2')).failed).toMatchObject([{ column: 'units', code: 'units-in-use' }]);
    expect(await importing('name,units\nKits,5')).toMatchObject({ updated: 1 });
  });

  it('makes each resource once when the same file comes twice at the same time', async () => {
    const reports = await Promise.all([importing(fixture), importing(fixture)]);

    expect(reports.map((it) => it.created).sort()).toEqual([0, 4]);
    expect(await rowsOf('resource')).toBe(4);
    expect(db.database.retries).toBe(0);
  });

  it('sees nothing of another organization', async () => {
    const other = await given.anotherOrganization();
    await given.aResource({ organizationId: other.id, name: 'Projector', location: 'Equipment Room A', externalId: 'R-1' });

    expect(await importing('external_id,name\nR-1,Projector')).toMatchObject({ created: 1 });
    expect(await db.asOwner(`select version from resource where org_id = $1`, [other.id])).toEqual([{ version: 1 }]);
  });

  it('brings in more rows than one statement takes', async () => {
    const lines = Array.from({ length: 1200 }, (_, i) => `Desk ${i},"desk,floor${i % 7}",1,HQ/Floor ${i % 20}/Zone ${i % 100}`);

    const report = await importing(`name,tags,capacity,location\n${lines.join('\n')}`);

    expect(report.created).toBe(1200);
    expect([await rowsOf('resource'), await rowsOf('resource_leaf'), await rowsOf('room')]).toEqual([1200, 1200, 100]);
  });
});

const hasShared = existsSync(shared);
(hasShared ? describe : describe.skip)('the files that came with the project', () => {
  it.each([
    ['demo-resources.csv', 85, 3],
    ['resources.csv', 50, 0],
  ])('%s is taken completely', async (name, rows, sites) => {
    const file = readFileSync(new URL(name, shared));

    const report = await importing(file);
    const again = await importing(file, { dryRun: true });

    expect(report).toMatchObject({ created: report.rows.length, failed: [] });
    expect([report.created >= rows, report.places.sites.length]).toEqual([true, sites]);
    expect(again).toMatchObject({ unchanged: report.created, failed: [] });
  });
});

describe('FailedRows', () => {
  const failedRows = (file: string | Uint8Array) =>
    new FailedRows(useCase()).execute(admin, typeof file === 'string' ? Buffer.from(file) : file);

  it('gives back the rows that failed with what is wrong, in the form they came in', async () => {
    const file = await failedRows('Name;Seats;Colour\nGood;4;red\n"Bad; one";many;=1+1\nToo;1;2;3\n');

    expect(file.split('\r\n')).toEqual([
      'Name;Seats;Colour;error',
      '"Bad; one";many;\'=1+1;Seats: “many” is not a whole number.',
      'Too;1;2;3;There are 4 cells for 3 columns: a cell may need quotes.',
      '',
    ]);
  });

  it('marks every cell a spreadsheet would run, and the import takes the mark off again', async () => {
    const dangerous = ['=1', '+1', '-1', '@x', '＝1', '＋1', '－1', '＠x'];

    const file = await failedRows(`name,capacity\n${dangerous.map((it) => `"${it}",many`).join('\n')}`);
    const corrected = await importing(file.replaceAll('many', '4'), { dryRun: true });

    expect(
      file
        .split('\r\n')
        .slice(1, -1)
        .every((it) => it.startsWith("'") || it.startsWith('"\'')),
    ).toBe(true);
    expect(corrected.rows.map((it) => it.name)).toEqual(dangerous);
  });

  it('gives a spreadsheet its byte order mark back', async () => {
    const fromExcel = Buffer.concat([Buffer.from('Name;Seats\nCaf'), Buffer.from([0xe9]), Buffer.from(';many')]);

    const file = await failedRows(fromExcel);

    expect(file.startsWith('\ufeffName;Seats;error\r\nCafé;many;')).toBe(true);
  });
});
