import { EnvironmentInjector, createEnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Problem, ServerClock } from '@berth/web/data';
import { HoldKeeper } from './hold-keeper';
import { HoldsApi, type Hold, type Slot } from './holds-api';

const slot: Slot = { resourceId: 'turing', start: '2026-11-24T13:00:00Z', end: '2026-11-24T14:00:00Z' };
const later: Slot = { ...slot, start: '2026-11-24T14:00:00Z', end: '2026-11-24T15:00:00Z' };

/** The server's side of holds: sixty seconds, refreshed, five minutes at most. */
class Holds {
  readonly taken: Slot[] = [];
  readonly refreshed: string[] = [];
  readonly released: string[] = [];
  readonly beacons: string[] = [];
  refusal: Problem | null = null;
  gone: Problem | null = null;
  private count = 0;
  private readonly createdAt = new Map<string, number>();

  take(wanted: Slot): Promise<Hold> {
    this.taken.push(wanted);
    if (this.refusal) return Promise.reject(this.refusal);
    const id = `hold-${++this.count}`;
    this.createdAt.set(id, Date.now());
    return Promise.resolve(this.holdOf(id));
  }

  refresh(id: string): Promise<Hold> {
    this.refreshed.push(id);
    return this.gone ? Promise.reject(this.gone) : Promise.resolve(this.holdOf(id));
  }

  release(id: string): Promise<unknown> {
    this.released.push(id);
    return Promise.resolve();
  }

  releaseOnLeaving(id: string): void {
    this.beacons.push(id);
  }

  private holdOf(id: string): Hold {
    const limit = this.createdAt.get(id)! + 300_000;
    return {
      id,
      expiresAt: new Date(Math.min(Date.now() + 60_000, limit)).toISOString(),
      maxExpiresAt: new Date(limit).toISOString(),
    };
  }
}

describe('HoldKeeper', () => {
  let holds: Holds;
  let keeper: HoldKeeper;
  let form: EnvironmentInjector;

  const seconds = (count: number) => jest.advanceTimersByTimeAsync(count * 1000);
  function look(state: 'visible' | 'hidden'): void {
    jest.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
    document.dispatchEvent(new Event('visibilitychange'));
  }

  beforeEach(() => {
    jest.useFakeTimers();
    holds = new Holds();
    TestBed.configureTestingModule({
      providers: [
        { provide: HoldsApi, useValue: holds },
        { provide: ServerClock, useValue: { now: () => Date.now() } },
      ],
    });
    form = createEnvironmentInjector([HoldKeeper], TestBed.inject(EnvironmentInjector));
    keeper = form.get(HoldKeeper);
  });

  afterEach(() => {
    form.destroy();
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  it('holds what is wanted and counts down the five minutes', async () => {
    await keeper.take(slot);

    expect(keeper.state()).toBe('held');
    expect(keeper.id()).toBe('hold-1');
    expect(keeper.secondsLeft()).toBe(300);
    await seconds(28);
    expect(keeper.secondsLeft()).toBe(272);
  });

  it('refreshes every 25 seconds while the tab is looked at', async () => {
    await keeper.take(slot);

    await seconds(76);

    expect(holds.refreshed).toEqual(['hold-1', 'hold-1', 'hold-1']);
    expect(keeper.state()).toBe('held');
  });

  it('does not refresh behind another tab, and looks again when it is back', async () => {
    await keeper.take(slot);
    look('hidden');
    await seconds(50);
    expect(holds.refreshed).toEqual([]);

    look('visible');
    await seconds(1);

    expect(holds.refreshed).toEqual(['hold-1']);
    expect(keeper.state()).toBe('held');
  });

  it('runs out behind another tab', async () => {
    await keeper.take(slot);
    look('hidden');

    await seconds(61);

    expect(keeper.state()).toBe('expired');
    expect(keeper.id()).toBeNull();
  });

  it('warns at two minutes and at thirty seconds, once each', async () => {
    const heard: number[] = [];
    await keeper.take(slot);

    for (let second = 0; second < 300; second++) {
      await seconds(1);
      const warning = keeper.warning();
      if (warning !== null && heard.at(-1) !== warning) heard.push(warning);
    }

    expect(heard).toEqual([120, 30]);
    expect(keeper.state()).toBe('expired');
  });

  it('begins anew when it is extended, also after it ran out', async () => {
    await keeper.take(slot);
    await seconds(200);

    await keeper.extend();
    expect(keeper.secondsLeft()).toBe(300);
    expect(keeper.id()).toBe('hold-2');

    await seconds(301);
    expect(keeper.state()).toBe('expired');
    await keeper.extend();
    expect(keeper.state()).toBe('held');
  });

  it('lets the old time go once it has the new one', async () => {
    await keeper.take(slot);

    await keeper.take(later);

    expect(keeper.id()).toBe('hold-2');
    expect(holds.released).toEqual(['hold-1']);
  });

  it('holds nothing after a refusal', async () => {
    await keeper.take(slot);
    holds.refusal = new Problem({ code: 'reservation-conflict' }, 409);

    await expect(keeper.take(later)).rejects.toMatchObject({ code: 'reservation-conflict' });

    expect(keeper.state()).toBe('none');
    expect(holds.released).toEqual(['hold-1']);
  });

  it('drops an answer that comes after another time was asked for', async () => {
    const first = keeper.take(slot);
    const second = keeper.take(later);
    await Promise.all([first, second]);

    expect(keeper.id()).toBe('hold-2');
    expect(holds.released).toEqual(['hold-1']);
  });

  it('goes on after a lost answer, and ends when the server says so', async () => {
    await keeper.take(slot);
    holds.gone = new Problem({}, 0);
    await seconds(25);
    expect(keeper.state()).toBe('held');

    holds.gone = new Problem({ code: 'hold-expired' }, 409);
    await seconds(25);

    expect(keeper.state()).toBe('expired');
  });

  it('sends a beacon when the page is left', async () => {
    await keeper.take(slot);

    window.dispatchEvent(new Event('pagehide'));

    expect(holds.beacons).toEqual(['hold-1']);
  });

  it('lets go with the form, but not of what has been booked', async () => {
    const closed = createEnvironmentInjector([HoldKeeper], TestBed.inject(EnvironmentInjector));
    await closed.get(HoldKeeper).take(slot);
    closed.destroy();
    expect(holds.released).toEqual(['hold-1']);

    const booked = createEnvironmentInjector([HoldKeeper], TestBed.inject(EnvironmentInjector));
    await booked.get(HoldKeeper).take(later);
    booked.get(HoldKeeper).forget();
    booked.destroy();

    expect(holds.released).toEqual(['hold-1']);
  });
});
