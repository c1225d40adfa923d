import { Clock } from '@berth/platform/runtime';

/** A clock that stands until it is set. */
export class SetClock extends Clock {
  constructor(private instant: Date) {
    super();
  }
  override now(): Date {
    return this.instant;
  }
  set(instant: Date): void {
    this.instant = instant;
  }
  forward(minutes: number): void {
    this.instant = new Date(this.instant.getTime() + minutes * 60_000);
  }
}
