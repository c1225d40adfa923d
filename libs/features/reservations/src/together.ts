/** So many set out whoever is on the way; more would keep each other waiting. */
const FULL = 20;
/** Whatever keeps those on their way, nobody waits longer to set out. */
const PATIENCE_MS = 20;

interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly answer: (answer: Answer) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Lets those who come while others are on their way to the database set out together with the next: a statement costs more to send
 * and to begin than what it does for one. Nobody waits where there is nobody to wait for.
 */
export class Together<Item, Answer> {
  private readonly waiting: Waiting<Item, Answer>[] = [];
  private onTheWay = 0;
  private timer: NodeJS.Timeout | undefined;

  /** @param carry does it for all of them, with an answer for each in their order; may fail, then all have failed */
  constructor(private readonly carry: (items: readonly Item[]) => Promise<readonly Answer[]>) {}

  /** Whether nothing is waiting or on its way. */
  get isIdle(): boolean {
    return this.onTheWay === 0 && this.waiting.length === 0;
  }

  send(item: Item): Promise<Answer> {
    return new Promise((answer, fail) => {
      this.waiting.push({ item, answer, fail });
      this.goOn();
    });
  }

  private goOn(): void {
    if (this.waiting.length === 0) return;
    if (this.onTheWay === 0 || this.waiting.length >= FULL) void this.setOut();
    else this.timer ??= setTimeout(() => void this.setOut(), PATIENCE_MS);
  }

  private async setOut(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const all = this.waiting.splice(0, FULL);
    this.onTheWay++;
    this.goOn();
    try {
      const answers = await this.carry(all.map((it) => it.item));
      all.forEach((it, index) => it.answer(answers[index] as Answer));
    } catch (error) {
      for (const it of all) it.fail(error);
    } finally {
      this.onTheWay--;
      this.goOn();
    }
  }
}
