import { Injectable, inject, signal, type Signal } from '@angular/core';
import { ServerClock } from './server-clock';

/** The server's time each second, for whoever counts down to something; runs from the first reader on. */
@Injectable({ providedIn: 'root' })
export class Seconds {
  private readonly clock = inject(ServerClock);
  private readonly ticking = signal(this.clock.now());
  private timer: ReturnType<typeof setInterval> | null = null;

  get now(): Signal<number> {
    this.timer ??= setInterval(() => this.ticking.set(this.clock.now()), 1_000);
    return this.ticking;
  }
}

/** `29:58`; `0:00` when it is over. */
export function countdown(until: number, now: number): string {
  const seconds = Math.max(0, Math.ceil((until - now) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
