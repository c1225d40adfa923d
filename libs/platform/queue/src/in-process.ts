import type { Logger } from 'pino';
import type { DueWork } from './due-work';

const LOOK_MS = 500;
/** How many are looked up for each that can be begun at once. */
const AHEAD = 4;
/** What was done or has failed is not begun again at once: its row may still say that it is due. */
const DONE_REST_MS = 500;
const FAILED_REST_MS = 5_000;

/** Does the work of one queue in this process: looks for what is due twice a second, when woken and as long as there is more. */
export class InProcess {
  private readonly inHand = new Map<string, Promise<void>>();
  private readonly resting = new Set<string>();
  private failing = 0;
  private waiting: string[] = [];
  private looking: Promise<void> | undefined;
  private again = false;
  private readonly stopping = new AbortController();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly work: DueWork,
    private readonly log: Logger,
    /** Whether it is its turn: it begins nothing while it is not. */
    private readonly isOn: () => boolean = () => true,
  ) {
    this.timer = setInterval(() => this.wake(), LOOK_MS);
  }

  wake(): void {
    this.again = true;
    this.looking ??= this.look().finally(() => (this.looking = undefined));
  }

  /** Begins nothing more, and waits for what is in hand. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort();
    await this.looking;
    await Promise.all(this.inHand.values());
  }

  private get mayBegin(): boolean {
    return this.isOn() && !this.stopping.signal.aborted && this.inHand.size < this.work.atOnce;
  }

  private async look(): Promise<void> {
    while (this.again && this.mayBegin) {
      this.again = false;
      try {
        // Those in hand are leased or about to be, and those that failed may come first: neither hides what is behind them.
        const limit = this.work.atOnce * AHEAD + this.inHand.size + this.failing;
        const due = await this.work.due(limit);
        this.waiting = due.filter((id) => !this.inHand.has(id) && !this.resting.has(id));
        this.begin();
      } catch (error) {
        this.log.error({ queue: this.work.name, error }, 'what is due could not be looked up; it is tried again');
      }
    }
  }

  private begin(): void {
    while (this.mayBegin) {
      const id = this.waiting.shift();
      if (id === undefined) return;
      if (!this.inHand.has(id)) this.inHand.set(id, this.execute(id));
    }
  }

  private async execute(id: string): Promise<void> {
    try {
      await this.work.execute(id, this.stopping.signal);
      this.rest(id, DONE_REST_MS);
    } catch (error) {
      this.log.error({ queue: this.work.name, id, error }, 'work that was due failed; it is tried again');
      this.failing++;
      this.rest(id, FAILED_REST_MS, () => this.failing--);
    } finally {
      this.inHand.delete(id);
      this.begin();
      if (this.waiting.length === 0) this.wake();
    }
  }

  private rest(id: string, milliseconds: number, over: () => void = () => undefined): void {
    this.resting.add(id);
    setTimeout(() => {
      this.resting.delete(id);
      over();
    }, milliseconds).unref();
  }
}
