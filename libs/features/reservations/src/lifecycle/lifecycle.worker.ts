import { reservationEvent } from '@berth/contracts';
import { Database, type Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock, Schedule } from '@berth/platform/runtime';
import { ResourceCatalogue } from '@berth/resources';
import { checkInDeadline, dueSteps, type LifeStep } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { free } from '../occupancy.store';
import { readFacts } from '../reservation.store';
import { checkInRuleOf } from './check-in-window';
import { type DueLife, dueReservations, lockLives, takeLifecycleTurn, writeSteps } from './lifecycle.store';

const EVERY_MS = 500;
const BATCH = 200;

/**
 * Lets reservations start, end and go to those who show up. What is due is read from the table, so an outage only delays
 * it; state and event are written in one transaction, so it happens once. Any number may run, one works at a time.
 */
@Injectable()
export class Lifecycle {
  constructor(
    private readonly database: Database,
    private readonly catalogue: ResourceCatalogue,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    schedule: Schedule,
  ) {
    schedule.every(EVERY_MS, 'the lifecycle stumbled', () => this.run());
  }

  /** Tells everything that is due now. @returns how many things that were */
  async run(batch = BATCH): Promise<number> {
    for (let told = 0; ;) {
      const now = this.clock.now();
      // Most looks find nothing, and need no turn for that.
      if ((await dueReservations(this.database.system, now, 1)).length === 0) return told;
      const step = await this.database.systemTransaction((tx) => this.step(tx, now, batch));
      told += step.told;
      if (step.due < batch || step.told === 0) return told;
    }
  }

  private async step(tx: Tx, now: Date, batch: number): Promise<{ due: number; told: number }> {
    if (!(await takeLifecycleTurn(tx))) return { due: 0, told: 0 };
    const due = await dueReservations(tx, now, batch);
    if (due.length === 0) return { due: 0, told: 0 };
    const locked = await lockLives(
      tx,
      due.map((it) => it.id),
      now,
    );
    const lives = await this.withDeadlines(locked);
    // A full batch tells nothing later than what the next one begins with.
    const until = due.length < batch ? now : (due.at(-1)?.due ?? now);
    const steps = dueSteps(lives, until);
    await writeSteps(tx, lives, steps, now);
    await free(
      tx,
      steps.filter((it) => it.kind === 'no_show').map((it) => it.id),
    );
    await this.tell(tx, lives, steps);
    return { due: due.length, told: steps.length };
  }

  /** Whoever starts now learns by when they must have checked in: what the policy says at the start counts. */
  private async withDeadlines(lives: readonly DueLife[]): Promise<DueLife[]> {
    const starting = lives.filter((it) => it.startedAt === null && it.status === 'confirmed');
    const rules = new Map<string, number>();
    for (const organizationId of new Set(starting.map((it) => it.organizationId))) {
      const own = starting.filter((it) => it.organizationId === organizationId);
      const terms = await this.catalogue.termsOfMany(organizationId, [...new Set(own.flatMap((it) => it.resourceIds))]);
      for (const it of own) {
        const rule = checkInRuleOf(it.resourceIds.flatMap((id) => terms.get(id) ?? []));
        if (rule) rules.set(it.id, rule.afterMinutes);
      }
    }
    return lives.map((it) => {
      const after = rules.get(it.id);
      return after === undefined ? it : { ...it, checkInBy: checkInDeadline(it, after) };
    });
  }

  private async tell(tx: Tx, lives: readonly DueLife[], steps: readonly LifeStep[]): Promise<void> {
    const facts = new Map((await readFacts(tx, [...new Set(steps.map((it) => it.id))])).map((it) => [it.reservationId, it]));
    const lifeOf = new Map(lives.map((it) => [it.id, it]));
    for (const { organizationId, steps: own } of byOrganization(steps, lifeOf)) {
      const events = own.flatMap((it) => {
        const known = facts.get(it.id);
        return known ? [reservationEvent(`reservation.${it.kind}`, { ...known, status: it.status })] : [];
      });
      await this.outbox.append(tx, { organizationId, accountId: null, requestId: null }, ...events);
    }
  }
}

function byOrganization(steps: readonly LifeStep[], lifeOf: ReadonlyMap<string, DueLife>): { organizationId: string; steps: LifeStep[] }[] {
  const groups = new Map<string, LifeStep[]>();
  for (const step of steps) {
    const organizationId = lifeOf.get(step.id)?.organizationId ?? '';
    const group = groups.get(organizationId) ?? [];
    group.push(step);
    groups.set(organizationId, group);
  }
  return [...groups].map(([organizationId, own]) => ({ organizationId, steps: own }));
}
