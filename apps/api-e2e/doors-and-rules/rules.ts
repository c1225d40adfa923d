import type { ProblemCode } from '@berth/contracts';
import { at, from } from '@berth/reservations/testing';
import type { BookingPolicy, RuleName } from '@berth/scheduling';
import type { House, Scene, Wished } from './scene';

/** A rule, how it comes about after everything was still allowed, and the wish it is against. */
export interface RuleCase extends Wished {
  /** The rule a refusal names, or the code of one that names none. */
  readonly name: RuleName | Extract<ProblemCode, 'reservation-conflict' | 'validation-failed'>;
  apply(house: House, scene: Scene): Promise<unknown>;
}

const usual = { wish: from('09:00').to('10:00'), before: from('09:00').to('09:30'), quantity: 1 };

const resource =
  (set: string): RuleCase['apply'] =>
  ({ bump }, scene) =>
    bump(scene.resource, set);
const policy = (document: object): RuleCase['apply'] => resource(`policy = policy || '${JSON.stringify(document)}'`);

/** Open on every day, but only when nobody wants it. */
const lunch = JSON.stringify({
  days: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, intervals: [{ opens: '12:00', closes: '13:00' }] })),
});

/** Every rule of engine.md §3 that can forbid to have a time. */
export const cases: Readonly<Record<string, RuleCase>> = {
  maintenance: { ...usual, name: 'status', apply: resource(`status = 'maintenance', status_since = '2026-12-07T09:30:00Z'`) },
  archived: { ...usual, name: 'status', apply: resource(`status = 'archived', status_since = now()`) },
  'not bookable': { ...usual, name: 'status', apply: resource('bookable = false') },
  gated: { ...usual, name: 'gated', apply: resource(`book_mode = 'groups'`) },
  assigned: { ...usual, name: 'assigned', apply: somebodyElses },
  units: { ...usual, quantity: 2, name: 'units', apply: resource('units = 1') },
  'in-the-past': {
    ...usual,
    wish: from('06:00').to('08:30'),
    before: from('06:00').to('08:15'),
    name: 'in-the-past',
    apply: () => Promise.resolve(),
  },
  'min-notice': { ...usual, name: 'min-notice', apply: policy({ minNotice: 'PT4H' }) },
  horizon: { ...usual, name: 'horizon', apply: policy({ horizon: 'PT30M' }) },
  'min-duration': { ...usual, before: from('09:00').to('11:00'), name: 'min-duration', apply: policy({ minDuration: 'PT2H' }) },
  'max-duration': { ...usual, name: 'max-duration', apply: policy({ maxDuration: 'PT30M' }) },
  'slot-step': {
    ...usual,
    wish: from('09:15').to('10:15'),
    before: from('09:15').to('09:45'),
    name: 'slot-step',
    apply: policy({ slotStep: 'PT1H' }),
  },
  'opening-hours': { ...usual, name: 'opening-hours', apply: resource(`hours = '${lunch}'`) },
  blackout: { ...usual, name: 'blackout', apply: everyDayFumigated },
  'max-concurrent': { ...usual, name: 'max-concurrent', apply: oneAtATime },
  'max-per-week': { ...usual, name: 'max-per-week', apply: policy({ maxPerWeekPerPerson: 'PT45M' }) },
  quota: { ...usual, name: 'quota', apply: aQuota },
  approval: { ...usual, name: 'approval', apply: policy({ approval: { mode: 'required' } }) },
  buffers: { ...usual, name: 'reservation-conflict', apply: somebodyRightAfter },
  questions: { ...usual, name: 'validation-failed', apply: aQuestion },
};

/** What a policy has to do with getting time: the cases of it, or why there are none. */
export const policies: Readonly<Record<keyof BookingPolicy, readonly (keyof typeof cases)[] | string>> = {
  minDuration: ['min-duration'],
  maxDuration: ['max-duration'],
  slotStep: ['slot-step'],
  minNotice: ['min-notice'],
  horizon: ['horizon'],
  bufferBefore: ['buffers'],
  bufferAfter: ['buffers'],
  approval: ['approval'],
  mayLeaveOpenHours: ['opening-hours'],
  maxConcurrentPerPerson: ['max-concurrent'],
  maxPerWeekPerPerson: ['max-per-week'],
  tentativeBlocks: 'what a calendar shows of time that is blocked in any case',
  titlesVisibleTo: 'who reads what, not who gets what',
  cancellationNotice: 'about giving time back',
  checkIn: 'about keeping what one has',
};

async function everyDayFumigated({ given, bump }: House, scene: Scene): Promise<void> {
  await given.aBlackout({ resource: scene.resource, from: at('09:45'), to: at('11:00'), reason: 'Fumigation', rrule: 'FREQ=DAILY' });
  await bump(scene.resource, 'name = name');
}

/** One person's own, and neither of those who want it is that person. */
async function somebodyElses({ given }: House, scene: Scene): Promise<void> {
  await given.anAssignment({ resource: scene.resource, person: await given.aPerson() });
}

/** Both people have another resource of the type at that time. */
async function oneAtATime({ db, given, on }: House, scene: Scene): Promise<void> {
  const [type] = await db.asOwner<{ id: string }>('select type_id as id from resource where id = $1', [scene.resource.id]);
  for (const person of [scene.ada, scene.bob]) {
    const other = await given.aResource({ type });
    await on.book.execute(person, { resourceIds: [other.id], quantity: 1, start: at('09:45'), end: at('11:00') });
  }
  await db.asOwner(`update resource_type set policy = '{"maxConcurrentPerPerson":1}' where id = $1`, [type?.id]);
  await db.asOwner('update organization set epoch = epoch + 1 where id = $1', [db.organizationId]);
}

/** Nobody may have more than so much of a week of that resource. */
async function aQuota({ db, bump }: House, scene: Scene): Promise<void> {
  await db.asOwner(
    `insert into quota_rule (id, org_id, name, who_kind, what_kind, what_id, measure, window_kind, limit_value, created_at)
     values (gen_random_uuid(), $1, $2::text, 'everyone', 'resource', $2::text::uuid, 'time', 'week', 45, now())`,
    [db.organizationId, scene.resource.id],
  );
  await bump(scene.resource, 'name = name');
}

/** What is wanted ends when somebody else's begins, and has to be cleaned in between. */
async function somebodyRightAfter({ given, bump }: House, scene: Scene): Promise<void> {
  await given.aReservationOf(scene.resource, { from: at('10:00'), to: at('11:00') });
  await bump(scene.resource, `policy = policy || '{"bufferAfter":"PT15M"}'`);
}

/** From now on the type asks something that whoever books has to answer. */
async function aQuestion({ db, bump }: House, scene: Scene): Promise<void> {
  const fields = [{ key: 'project', label: 'Project', kind: 'text', required: true, options: [] }];
  await db.asOwner('update resource_type t set fields = $2 from resource r where r.type_id = t.id and r.id = $1', [
    scene.resource.id,
    JSON.stringify(fields),
  ]);
  await bump(scene.resource, 'name = name');
}
