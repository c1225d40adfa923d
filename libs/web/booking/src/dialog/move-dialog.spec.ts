import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { Booking } from '../booking';
import { aReservation, aResource, answerReads, problemOf, provideBookingSpec, requested, settled } from '../testing';

// A loaded machine takes its time to draw a whole dialog in jsdom.
jest.setTimeout(30_000);

const lab = aResource({ id: 'lab', name: 'Lab', type: { id: 't-lab', name: 'Lab' } });
const project = { key: 'project', label: 'Project', kind: 'text', required: true, options: [] };
const missing = problemOf('validation-failed', 400, {
  errors: [{ pointer: '/customFields/project', code: 'required', detail: 'Project is needed.' }],
});

const inPage = <T extends Element = HTMLElement>(selector: string): T | null =>
  document.querySelector<T>(`.cdk-dialog-container ${selector}`);
const confirm = (): void => inPage<HTMLButtonElement>('button[type=submit]')!.click();

describe('moving what is booked to a resource that asks something', () => {
  let outcome: Promise<'moved' | 'closed'>;

  // The dialog is loaded when it is first opened; here that includes compiling it.
  beforeAll(() => import('../open-forms'));

  beforeEach(async () => {
    jest.useFakeTimers({
      now: Date.parse('2026-11-24T08:00:00Z'),
      doNotFake: ['setTimeout', 'setInterval', 'queueMicrotask', 'performance'],
    });
    TestBed.configureTestingModule({ providers: provideBookingSpec() });
    outcome = TestBed.inject(Booking).move(aReservation({ customFields: { setup: 'rows' } }), 'this', { resourceId: 'lab' });
    await settled();
    answerReads(lab);
    await settled();
    answerReads(lab);
    requested('POST', '/reservations/r-1/move').flush(...missing);
    requested('GET', '/resource-types/t-lab').flush({ fields: [project] });
    await settled();
  });
  afterEach(() => jest.useRealTimers());

  it('puts the question, and moves with the answer', async () => {
    expect(inPage('.note.error')).toBeNull();

    confirm();
    await settled();
    await settled();
    expect(inPage('berth-answers .error')!.textContent).toBe('This needs an answer');
    expect(document.activeElement).toBe(inPage('input[name=project]'));

    const field = inPage<HTMLInputElement>('input[name=project]')!;
    field.value = 'Apollo';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    confirm();
    await settled();
    const sent = requested('POST', '/reservations/r-1/move');
    expect(sent.request.params.has('dryRun')).toBe(false);
    expect(sent.request.body).toMatchObject({ resourceId: 'lab', customFields: { project: 'Apollo' } });
    sent.flush(aReservation());
    await settled();
    expect(await outcome).toBe('moved');
    TestBed.inject(HttpTestingController).match(() => true);
  });
});
