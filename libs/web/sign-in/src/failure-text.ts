import { inject } from '@angular/core';
import { ProblemMessages, type Problem } from '@berth/web/data';
import { Formats } from '@berth/web/ui';
import { TranslateService } from '@ngx-translate/core';

/** What a refused sign-in says, with the time of the next attempt where the server tells it. In an injection context. */
export function failureText(): (problem: Problem) => string {
  const messages = inject(ProblemMessages);
  const translate = inject(TranslateService);
  const formats = inject(Formats);
  const wait = ({ body, retryAfter }: Problem): string[] => {
    const { until } = body;
    if (typeof until === 'string') return [translate.instant('signIn.waitUntil', { time: formats.time(until, formats.ownZone()) })];
    return retryAfter === null ? [] : [translate.instant('signIn.wait', { seconds: retryAfter })];
  };
  return (problem) => [messages.title(problem), ...wait(problem)].join('. ');
}
