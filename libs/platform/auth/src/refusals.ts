import { accessEvent, type AccessEventType, type RefusalFacts } from '@berth/contracts';
import { Database } from '@berth/platform/database';
import { type Doer, Outbox } from '@berth/platform/outbox';
import { LOG, type Origin, originOf, serving } from '@berth/platform/runtime';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';

const MINUTE_MS = 60_000;
/** More at once is a flood, of which the log of the process tells. */
const MOST_AT_ONCE = 10_000;

interface Refused {
  readonly type: AccessEventType;
  readonly doer: Doer;
  readonly facts: Omit<RefusalFacts, 'count'>;
  readonly origin: Origin | undefined;
}

interface Minute {
  last: Refused;
  more: number;
  readonly timer: NodeJS.Timeout;
}

/**
 * Writes down who was refused what. The first of a person, a route and a reason at once; what follows within a minute is
 * counted and told with its end, so that no flood fills the log. Nobody waits for it, and what fails refuses nothing else.
 */
@Injectable()
export class Refusals implements OnModuleDestroy {
  private readonly minutes = new Map<string, Minute>();
  private readonly writing = new Set<Promise<void>>();

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** @param doer whose account is null where it is not known to have been them */
  tell(type: AccessEventType, doer: Doer, facts: Omit<RefusalFacts, 'count'>): void {
    const refused = { type, doer, facts, origin: originOf(doer.requestId) };
    const key = [type, facts.id, facts.route, facts.code, facts.permission, facts.scope].join(' ');
    const open = this.minutes.get(key);
    if (open) {
      open.more++;
      open.last = refused;
      return;
    }
    if (this.minutes.size >= MOST_AT_ONCE) {
      this.log.warn({ refused: facts }, 'too many refusals at once: this one is not in the audit log');
      return;
    }
    const timer = setTimeout(() => this.close(key), MINUTE_MS).unref();
    this.minutes.set(key, { last: refused, more: 0, timer });
    this.write(refused, 1);
  }

  /** Tells what was counted, and waits until all is written. */
  async onModuleDestroy(): Promise<void> {
    for (const key of [...this.minutes.keys()]) this.close(key);
    await Promise.all(this.writing);
  }

  private close(key: string): void {
    const minute = this.minutes.get(key);
    if (!minute) return;
    clearTimeout(minute.timer);
    this.minutes.delete(key);
    if (minute.more > 0) this.write(minute.last, minute.more);
  }

  private write(refused: Refused, count: number): void {
    const done = this.append(refused, count)
      .catch((error: unknown) => this.log.error({ error, refused: refused.facts }, 'a refusal could not be written to the audit log'))
      .finally(() => this.writing.delete(done));
    this.writing.add(done);
  }

  private append({ type, doer, facts, origin }: Refused, count: number): Promise<void> {
    const work = (): Promise<void> =>
      this.database.systemTransaction((tx) => this.outbox.append(tx, doer, accessEvent(type, { ...facts, count })));
    return origin ? serving(origin, work) : work();
  }
}
