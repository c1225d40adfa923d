import { Pipe, inject, type PipeTransform } from '@angular/core';
import { Formats, type DateStyle, type InstantLike } from './formats';

/** `{{ start | zonedTime: zone }}` → 14:00, in the named zone. Impure so that language and hour cycle switch at run time. */
@Pipe({ name: 'zonedTime', pure: false })
export class ZonedTimePipe implements PipeTransform {
  private readonly formats = inject(Formats);
  transform(instant: InstantLike | null | undefined, zone: string): string {
    return instant === null || instant === undefined ? '' : this.formats.time(instant, zone);
  }
}

/** `{{ start | zonedDate: zone : 'long' }}` → Tuesday 24 November. */
@Pipe({ name: 'zonedDate', pure: false })
export class ZonedDatePipe implements PipeTransform {
  private readonly formats = inject(Formats);
  transform(instant: InstantLike | null | undefined, zone: string, style: DateStyle = 'short'): string {
    return instant === null || instant === undefined ? '' : this.formats.date(instant, zone, style);
  }
}

/** `{{ start | zonedRange: end : zone }}` → 14:00–15:00. */
@Pipe({ name: 'zonedRange', pure: false })
export class ZonedRangePipe implements PipeTransform {
  private readonly formats = inject(Formats);
  transform(start: InstantLike, end: InstantLike, zone: string): string {
    return this.formats.range(start, end, zone);
  }
}

/** `{{ milliseconds | duration }}` → 1 h 30 min. */
@Pipe({ name: 'duration', pure: false })
export class DurationPipe implements PipeTransform {
  private readonly formats = inject(Formats);
  transform(milliseconds: number): string {
    return this.formats.duration(milliseconds);
  }
}
