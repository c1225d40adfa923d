import { HttpErrorResponse, HttpResponse, type HttpEvent, type HttpInterceptorFn, type HttpRequest } from '@angular/common/http';
import { inject } from '@angular/core';
import { catchError, finalize, from, switchMap, tap, throwError, type Observable } from 'rxjs';
import { apiBase } from './api-url';
import { newIdempotencyKey } from './idempotency-key';
import { PreferencesStore } from './preferences';
import { toProblem } from './problem';
import { Quiet } from './quiet';
import { ServerClock } from './server-clock';
import { Session, withoutRefresh } from './session';

/**
 * What every API call shares: the reader's language, an Idempotency-Key on POST and PATCH, the server's clock, one silent
 * refresh on 401 and then the inline sign-in, and failures as {@link Problem}.
 */
export const apiInterceptor: HttpInterceptorFn = (request, next) => {
  if (!isApiCall(request)) return next(request);
  const session = inject(Session);
  const clock = inject(ServerClock);
  const quiet = inject(Quiet);
  const prepared = prepare(request, inject(PreferencesStore).language());

  const send = (): Observable<HttpEvent<unknown>> => {
    const sentAt = Date.now();
    return next(prepared).pipe(
      tap((event) => {
        if (event instanceof HttpResponse) clock.learn(event.headers.get('Date'), sentAt, Date.now());
      }),
    );
  };

  const answered = quiet.asking();
  return send().pipe(
    catchError((error: unknown) => {
      if (!isUnauthorized(error) || request.context.get(withoutRefresh)) return throwError(() => toProblem(error));
      // The time as somebody else is over: nothing is sent again in one's own name.
      if (toProblem(error).code === 'stand-in-over')
        return from(session.stopStandingIn()).pipe(switchMap(() => throwError(() => toProblem(error))));
      return from(session.refresh().then((renewed) => renewed || session.signInAgain())).pipe(
        switchMap((signedIn) => (signedIn ? send() : throwError(() => error))),
        catchError((second: unknown) => throwError(() => toProblem(second))),
      );
    }),
    finalize(answered),
  );
};

function isApiCall(request: HttpRequest<unknown>): boolean {
  return new URL(request.url, location.origin).pathname.startsWith(`${apiBase}/`);
}

function prepare(request: HttpRequest<unknown>, language: string): HttpRequest<unknown> {
  const headers: Record<string, string> = { 'Accept-Language': language };
  const writes = request.method === 'POST' || request.method === 'PATCH';
  if (writes && !request.headers.has('Idempotency-Key')) headers['Idempotency-Key'] = newIdempotencyKey();
  return request.clone({ setHeaders: headers });
}

function isUnauthorized(error: unknown): boolean {
  return error instanceof HttpErrorResponse && error.status === 401;
}
