import { Injectable, signal, type Signal } from '@angular/core';

/** The server's time: the device's clock corrected by the `Date` header of answers. Countdowns and the now line use it. */
@Injectable({ providedIn: 'root' })
export class ServerClock {
  private readonly offset = signal(0);
  private readonly minuteSignal = signal(Date.now());
  private best = Number.POSITIVE_INFINITY;
  private timer: ReturnType<typeof setTimeout> | null = null;

  /** Milliseconds the server is ahead of this device. */
  readonly offsetMs = this.offset.asReadonly();

  /** Now, in epoch milliseconds of the server. */
  now(): number {
    return Date.now() + this.offset();
  }

  /** Now, renewed at each full minute. */
  get minute(): Signal<number> {
    if (this.timer === null) this.tick();
    return this.minuteSignal;
  }

  /**
   * Learns from one answer. `Date` counts whole seconds, so its middle is taken and only the quickest answers count.
   * @param sentAt device clock when the request left, milliseconds
   */
  learn(dateHeader: string | null, sentAt: number, receivedAt: number): void {
    const server = dateHeader === null ? Number.NaN : Date.parse(dateHeader);
    const took = receivedAt - sentAt;
    if (Number.isNaN(server) || took > this.best + 50) return;
    this.best = Math.min(this.best, took);
    const offset = server + 500 - (sentAt + receivedAt) / 2;
    // Below the header's own resolution a correction would only add jitter.
    this.offset.set(Math.abs(offset) < 1500 ? 0 : Math.round(offset));
  }

  private tick(): void {
    const now = this.now();
    this.minuteSignal.set(now);
    this.timer = setTimeout(() => this.tick(), 60_000 - (now % 60_000) + 20);
  }
}
