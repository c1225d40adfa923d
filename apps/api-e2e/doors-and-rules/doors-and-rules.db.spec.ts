import { Problem } from '@berth/contracts';
import { useDatabase } from '@berth/platform/testing';
import { at } from '@berth/reservations/testing';
import { POLICY_KEYS, RULE_NAMES } from '@berth/scheduling';
import { type DoorName, doors } from './doors';
import { cases, policies, type RuleCase } from './rules';
import { houseOn } from './scene';
import { routesThatChange, takersOfTime } from './takers';

const house = houseOn(useDatabase());

/** What a door does when a rule speaks against it. */
type Outcome =
  /** It is refused, and the rule is named. */
  | 'no'
  /** It waits for approval. */
  | 'ask'
  /** It gives nothing; nobody is there to be told which rule it was, or something else speaks against it even before. */
  | 'nothing'
  /** It goes through: the rule is about new time and this is none, or it is asked at another door. */
  | 'yes';

/** For everybody who wants time anew; `lets` has what is otherwise, and why. */
const usual = (rule: string): Outcome => (rule === 'approval' ? 'ask' : 'no');

/** It has its time already, and rules about time are not asked again. */
const SAME_TIME = yes(...Object.keys(cases));
/** Nobody looks on: what is not allowed does not happen. A wish for what has begun is not even taken. */
const ALONE = Object.fromEntries(Object.keys(cases).map((it) => [it, 'nothing' as const]));
/** Of a reservation on this resource already: its start was judged, and so were the answers to its questions. */
const STARTED_HERE = yes('in-the-past', 'min-notice', 'horizon', 'questions');
/** A calendar has no place for a quantity. */
const ONE_UNIT = yes('units');
/** What is to begin is looked at; what began has no date that is still to come. */
const ONLY_WHAT_COMES = nothing('in-the-past');

/** Where a door does not do the usual. A door without an entry refuses by every rule. */
const lets: Readonly<Partial<Record<DoorName, Readonly<Record<string, Outcome>>>>> = {
  // Approval and questions are asked when the hold is booked.
  hold: yes('approval', 'questions'),
  resize: STARTED_HERE,
  extend: STARTED_HERE,
  'edit intervals': STARTED_HERE,
  // It has one at that time already, of the same type.
  'moved because its own is closed': { ...ALONE, ...yes('max-concurrent'), approval: 'ask' },
  'moved because its own is assigned to another': { ...ALONE, ...yes('max-concurrent'), approval: 'ask' },
  restore: { ...SAME_TIME, ...no('max-concurrent', 'max-per-week', 'quota') },
  transfer: { ...SAME_TIME, ...no('archived', 'gated', 'assigned', 'max-concurrent', 'max-per-week', 'quota'), approval: 'ask' },
  approve: SAME_TIME,
  // It has as much of the week already, and its questions were put.
  'series to another time': { ...ONLY_WHAT_COMES, ...yes('max-per-week', 'quota', 'questions') },
  'series to another resource': ONLY_WHAT_COMES,
  'fill a skipped date': { ...ONLY_WHAT_COMES, ...yes('questions') },
  // Two days later: what is about one hour or a start near by has nothing against it. The series was asked its questions.
  'series goes on': { ...ALONE, ...yes('in-the-past', 'min-notice', 'max-concurrent', 'buffers', 'questions'), approval: 'ask' },
  calendar: ONE_UNIT,
  'calendar, all or none': ONE_UNIT,
  'calendar with a series': ONE_UNIT,
  'waitlist offers': { ...ALONE, approval: 'yes' },
  'waitlist books at once': { ...ALONE, approval: 'ask' },
};

/** What stands for every class that takes time; one that is in neither list fails. */
const takers: Readonly<Record<string, readonly DoorName[] | 'part of others' | 'gives no time'>> = {
  Act: ['approve', 'accept an offer', 'extend'],
  AffectedReservations: 'part of others',
  Allocation: 'part of others',
  AnswerOffer: ['accept an offer'],
  AssignResource: ['moved because its own is assigned to another'],
  Book: ['book', 'book, tried', 'book for another', 'book what is held'],
  BookAllRows: ['spreadsheet, all or none', 'calendar, all or none'],
  BookAtOnce: 'part of others',
  BookMany: ['many, all or none', 'many, each by itself'],
  BookSeries: ['series', 'series for another', 'series, a date elsewhere', 'series, a date at another time'],
  Cancel: 'gives no time',
  CancelMany: 'gives no time',
  CancelSeries: 'gives no time',
  ChangeOccurrence: ['move', 'fill a skipped date'],
  ChangeSeries: ['series to another time', 'series to another resource'],
  Check: ['check'],
  CheckSeries: ['series, tried'],
  CloseResource: ['moved because its own is closed'],
  DemoBookings: ['book', 'series', 'waitlist offers'],
  DemoOrganization: 'part of others',
  EditIntervals: ['edit intervals'],
  ErasePerson: ['transfer'],
  FillOccurrence: ['fill a skipped date'],
  HoldTime: ['hold'],
  ImportReservations: ['spreadsheet, tried'],
  ImportRow: ['spreadsheet', 'calendar', 'calendar with a series'],
  JobWorker: ['many, as a job', 'spreadsheet, as a job'],
  JoinWaitlist: 'gives no time',
  LetGo: ['transfer'],
  MergePeople: 'gives no time',
  Move: ['move', 'move, tried', 'resize', 'extend'],
  Notices: 'gives no time',
  Offer: ['waitlist offers', 'waitlist books at once'],
  Restore: ['restore'],
  SeriesAllocation: 'part of others',
  SeriesDoor: 'part of others',
  SeriesExtender: ['series goes on'],
  SeriesReckoner: ['move'],
  ServeQueue: 'part of others',
  SuspendPerson: ['transfer'],
  Transfer: ['transfer'],
  TryMany: ['many, tried'],
  Waiting: 'gives no time',
  WaitlistWorker: 'part of others',
};

/** What stands for every route that might give somebody time; one that is in neither list fails. */
const routes: Readonly<Record<string, readonly DoorName[] | 'gives no time' | 'gives back what was taken away'>> = {
  'POST /reservations': ['book', 'book, tried', 'book for another', 'book what is held', 'series'],
  'POST /reservations/recurring': ['series', 'series, tried'],
  'PATCH /reservations/{id}': 'gives no time',
  'POST /reservations/{id}/move': ['move', 'move, tried', 'resize'],
  'POST /reservations/{id}/extend': ['extend'],
  'POST /reservations/{id}/edit-intervals': ['edit intervals'],
  'POST /reservations/{id}/restore': ['restore'],
  'POST /reservations/{id}/transfer': ['transfer'],
  'POST /reservations/{id}/cancel': 'gives no time',
  'POST /reservations/{id}/check-in': 'gives no time',
  'POST /reservations/{id}/end': 'gives no time',
  'PATCH /series/{id}': ['series to another time', 'series to another resource', 'move', 'fill a skipped date'],
  'POST /series/{id}/fill': ['fill a skipped date'],
  'POST /series/{id}/cancel': 'gives no time',
  'POST /series/{id}/join': 'gives no time',
  'POST /availability/check': ['check', 'series, tried'],
  'POST /availability/search': 'gives no time',
  'POST /holds': ['hold'],
  'POST /holds/{id}/refresh': 'gives no time',
  'POST /holds/{id}/release': 'gives no time',
  'DELETE /holds/{id}': 'gives no time',
  'POST /bulk/reservations': ['many, all or none', 'many, each by itself', 'many, as a job', 'many, tried'],
  'POST /bulk/reservations/validate': ['many, tried'],
  'POST /bulk/reservations/import': [
    'spreadsheet',
    'spreadsheet, tried',
    'spreadsheet, all or none',
    'spreadsheet, as a job',
    'calendar',
    'calendar, all or none',
    'calendar with a series',
  ],
  'POST /bulk/reservations/cancel': 'gives no time',
  'POST /waitlist': ['waitlist offers', 'waitlist books at once'],
  'POST /waitlist/{id}/accept': ['accept an offer'],
  'POST /waitlist/{id}/decline': 'gives no time',
  'DELETE /waitlist/{id}': 'gives no time',
  'POST /approvals/{id}/respond': ['approve'],
  'POST /approvals/{id}/delegate': 'gives no time',
  'POST /approvals/{id}/ask': 'gives no time',
  'POST /approvals/{id}/answer': 'gives no time',
  'PUT /approvals/resources/{id}/settings': 'gives no time',
  'POST /resources/{id}/status': ['moved because its own is closed'],
  'PUT /resources/{id}/assignment': ['moved because its own is assigned to another'],
  'DELETE /resources/{id}/assignment': 'gives no time',
  'PUT /resources/{id}/assignment/shared-days': 'gives no time',
  'DELETE /resources/{id}/assignment/shared-days': 'gives no time',
  'POST /notifications/act': ['approve', 'accept an offer', 'extend'],
  'POST /notifications/act/inspect': 'gives no time',
  'POST /demo-data/remove': 'gives no time',
  'POST /demo-data/restore': 'gives back what was taken away',
};
/** By what they begin with; what is elsewhere is about people, places and rules. */
const MAY_GIVE_TIME =
  /^\w+ \/(reservations|series|holds|waitlist|bulk|approvals|availability|calendar|demo-data|notifications\/act|resources\/{id}\/(status|assignment))/;

describe('Doors and rules', () => {
  const names = Object.keys(doors) as DoorName[];
  const standing = (list: typeof takers | typeof routes): readonly string[] =>
    Object.values(list).flatMap((it) => (typeof it === 'string' ? [] : it));

  beforeEach(() => house.on.clock.set(at('08:00')));
  afterEach(() => house.db.asOwner('delete from waitlist_entry'));

  it('know every class that takes time', () => {
    expect(takersOfTime()).toEqual(Object.keys(takers));
  });

  it('know every route that may give somebody time, and need no door nobody comes through', () => {
    expect(
      routesThatChange()
        .filter((it) => MAY_GIVE_TIME.test(it))
        .sort(),
    ).toEqual(Object.keys(routes).sort());
    expect(names.filter((it) => ![...standing(takers), ...standing(routes)].includes(it))).toEqual([]);
  });

  it('know every rule, and every policy there could be one for', () => {
    expect(RULE_NAMES.filter((rule) => !Object.values(cases).some((it) => it.name === rule))).toEqual([]);
    expect(Object.keys(policies).sort()).toEqual([...POLICY_KEYS].sort());
  });

  it.each(names)('%s: is open where nothing speaks against it', async (door) => {
    const allowed: RuleCase = { ...cases['maintenance']!, apply: () => Promise.resolve() };

    const status = await entered(door, allowed);

    expect(['confirmed', 'held']).toContain(status);
  });

  // Whose a resource is says also who may have it: through every door, whoever opens it for them.
  const own: RuleCase = {
    ...cases['assigned']!,
    apply: ({ given }, scene) => given.anAssignment({ resource: scene.resource, person: scene.ada }),
  };
  const shared: RuleCase = {
    ...cases['assigned']!,
    apply: async ({ given }, { resource }) => given.anAssignment({ resource, person: await given.aPerson(), days: DAYS_OF_WISHES }),
  };
  it.each(names.filter((it) => it !== 'transfer'))('%s: gives to a person what is assigned to that person', async (door) => {
    expect(['confirmed', 'held']).toContain(await entered(door, own));
  });
  it.each(names)('%s: gives to everybody a day that is shared', async (door) => {
    expect(['confirmed', 'held']).toContain(await entered(door, shared));
  });

  const cells = Object.keys(cases).flatMap((rule) => names.map((door) => [door, rule, lets[door]?.[rule] ?? usual(rule)] as const));
  it.each(cells)('%s: %s → %s', async (door, rule, expected) => {
    const it = cases[rule]!;

    const outcome = await entered(door, it).catch((error: unknown) => error);

    if (expected === 'no') expect(refusalOf(outcome)).toContain(it.name);
    if (expected === 'nothing') expect([outcome instanceof Problem ? 'nothing' : outcome]).toEqual(['nothing']);
    if (expected === 'ask') expect(outcome).toBe('pending');
    if (expected === 'yes') expect(['confirmed', 'held']).toContain(outcome);
  });
});

/** All that the doors lead to. */
const DAYS_OF_WISHES = ['2026-12-07', '2026-12-08', '2026-12-09', '2026-12-10', '2026-12-14'];

async function entered(door: DoorName, it: RuleCase): Promise<string> {
  const scene = await house.aScene(it.quantity);
  const enter = await doors[door](house, scene, it);
  await it.apply(house, scene);
  return enter();
}

/** Rules a refusal names, and its code; an archived resource is not even there for those who do not manage it. */
function refusalOf(outcome: unknown): string[] {
  if (!(outcome instanceof Problem)) return [`not refused: ${String(outcome)}`];
  if (outcome.code === 'not-found') return ['status'];
  const violations = (outcome.extensions['violations'] ?? []) as readonly { readonly rule: string }[];
  return [outcome.code, ...violations.map((it) => it.rule)];
}

function yes(...rules: readonly string[]): Record<string, Outcome> {
  return Object.fromEntries(rules.map((it) => [it, 'yes']));
}
function no(...rules: readonly string[]): Record<string, Outcome> {
  return Object.fromEntries(rules.map((it) => [it, 'no']));
}
function nothing(...rules: readonly string[]): Record<string, Outcome> {
  return Object.fromEntries(rules.map((it) => [it, 'nothing']));
}
