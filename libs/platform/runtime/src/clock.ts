/** The only place that knows what time it is; tests set it. */
export class Clock {
  now(): Date {
    return new Date();
  }
}
