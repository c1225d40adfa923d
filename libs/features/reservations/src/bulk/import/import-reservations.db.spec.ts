import { useDatabase } from '@berth/platform/testing';
import { at, reservationsGiven, reservationsOn } from '../../testing';

const db = useDatabase();
const given = reservationsGiven(db);
const on = reservationsOn(db);
const csv = (...lines: string[]) => Buffer.from(['Resource;Start;End;Titel', ...lines].join('\n'));
const importing = async (actor: Awaited<ReturnType<typeof given.aPerson>>, bytes: Buffer, more: object = {}) => {
  const command = { bytes, dryRun: false, onError: 'skip' as const, language: 'en', patience: Infinity, ...more };
  const answer = await on.bulk.import.execute(actor, command);
  if ('state' in answer) throw new Error('was handed to a job');
  return answer;
};

async function written(chunks: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const it of chunks) text += it;
  return text;
}

beforeEach(() => on.clock.set(at('08:00')));

describe('Importing reservations', () => {
  it('books what can be booked and says of the rest which cell is wrong', async () => {
    const room = await given.aResource({ externalId: 'R-1' });
    const ada = await given.aPerson();
    const file = csv(
      'R-1;2026-12-07T09:00:00Z;2026-12-07T10:00:00Z;One',
      `${room.name};2026-12-07T09:30:00Z;2026-12-07T10:30:00Z;Two`,
      'Nowhere;2026-12-07T09:00:00Z;2026-12-07T10:00:00Z;Three',
      `${room.id};tomorrow;2026-12-07T10:00:00Z;Four`,
    );

    const tried = await importing(ada, file, { dryRun: true });
    expect(await given.occupancyOf(room)).toEqual([]);
    const made = await importing(ada, file);

    expect(made.failed).toMatchObject([
      { row: 3, column: null, code: 'reservation-conflict' },
      { row: 4, column: 'Resource', code: 'unknown-resource' },
      { row: 5, column: 'Start', code: 'is-instant' },
    ]);
    // Nobody can be offered another time of what would only be taken by a row before.
    expect(tried.failed).toEqual(made.failed.map(({ alternatives: _, ...it }) => it));
    expect(made.rows.map((it) => it.action)).toEqual(['create', 'error', 'error', 'error']);
    expect(tried.rows[0]).toMatchObject({ action: 'create', id: null });
    expect(await on.queries.one(ada, made.rows[0]!.id!)).toMatchObject({ title: 'One', start: '2026-12-07T09:00:00Z' });
  });

  it('books nothing when one row is to fail all', async () => {
    const room = await given.aResource();
    const ada = await given.aPerson();
    const file = csv(`${room.id};2026-12-07T09:00:00Z;2026-12-07T10:00:00Z;One`, ';2026-12-07T11:00:00Z;2026-12-07T12:00:00Z;Two');

    await expect(importing(ada, file, { onError: 'fail' })).rejects.toMatchObject({
      code: 'import-failed',
      extensions: { failed: [{ row: 3, column: 'Resource', code: 'required' }] },
    });
    expect(await given.occupancyOf(room)).toEqual([]);
  });

  it('takes the local time of a spreadsheet in the zone it names', async () => {
    const room = await given.aResource();
    const ada = await given.aPerson();
    const file = Buffer.from(`resource,start,end,time zone\n${room.id},2026-12-07 10:00,2026-12-07 11:00,Europe/Paris\n`);

    const made = await importing(ada, file);

    expect(made.failed).toEqual([]);
    expect(await given.occupancyOf(room)).toEqual(['1 07 09:00–07 10:00']);
  });

  it('reads what types ask from columns of their own, and writes them so', async () => {
    const type = await given.aType();
    const fields = [
      { key: 'project', label: 'Project', kind: 'text', required: true, options: [] },
      { key: 'seats', label: 'Seats', kind: 'number', required: false, options: [] },
      { key: 'catering', label: 'Catering', kind: 'boolean', required: false, options: [] },
    ];
    await db.asOwner('update resource_type set fields = $2 where id = $1', [type.id, JSON.stringify(fields)]);
    const room = await given.aResource({ type });
    const ada = await given.aPerson();
    const row = (hour: number, answers: string) =>
      `2026-12-07T${hour}:00Z,2026-12-07T${hour + 1}:00Z,${answers}`.replaceAll(':00Z', ':00:00Z');
    const file = Buffer.from(
      ['start,end,field:project,field:seats,Field: catering', row(10, 'Apollo,12,ja'), row(12, ',12,'), row(14, 'Apollo,many,')].join('\n'),
    );

    const made = await importing(ada, file, { resourceId: room.id });

    expect(made.failed).toMatchObject([
      { row: 3, column: 'field:project', code: 'required' },
      { row: 4, column: 'field:seats', code: 'wrong-type' },
    ]);
    expect(await on.queries.one(ada, made.rows[0]!.id!)).toMatchObject({ customFields: { project: 'Apollo', seats: 12, catering: true } });
    await db.asOwner('update resource_type set fields = $2 where id = $1', [type.id, JSON.stringify(fields.slice(0, 2))]);
    const [header, first] = (await written(on.bulk.export.execute(ada, { organizer: 'me', sort: 'start' }))).split('\r\n');
    expect(header).toMatch(/,field:project,field:seats,former_fields$/);
    expect(first).toMatch(/,Apollo,12,"{""catering"":true}"$/);
  });

  it('knows no resource the actor may not see, also where every row names one', async () => {
    const room = await given.aResource();
    const ada = await given.aPerson();
    const gone = await given.aResource();
    await db.asOwner(`update resource set status = 'archived' where id = $1`, [gone.id]);
    const file = csv(`${room.id};2026-12-07T09:00:00Z;2026-12-07T10:00:00Z;One`);

    for (const resourceId of [gone.id, '0197e4a2-0000-7000-8000-000000000000'])
      await expect(importing(ada, file, { resourceId })).rejects.toMatchObject({ code: 'not-found' });
    expect(await given.occupancyOf(room)).toEqual([]);
  });

  it('refuses a file without the columns it needs', async () => {
    const file = Buffer.from('resource,title\nx,y\n');

    await expect(importing(await given.aPerson(), file)).rejects.toMatchObject({
      code: 'validation-failed',
      extensions: { errors: [{ pointer: '/file', code: 'missing-column' }] },
    });
  });
});
