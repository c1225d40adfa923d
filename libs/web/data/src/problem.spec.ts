import { HttpErrorResponse, HttpHeaders } from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import { provideTranslateLoader, provideTranslateService, type TranslationObject } from '@ngx-translate/core';
import { of } from 'rxjs';
import english from '../i18n/en.json';
import { toProblem } from './problem';
import { ProblemMessages } from './problem-message';

const conflict = { type: 'about:blank', title: 'taken', status: 409, code: 'reservation-conflict', requestId: 'r-1' };
const answer = (status: number, error: unknown, headers = {}): HttpErrorResponse =>
  new HttpErrorResponse({ status, error, headers: new HttpHeaders(headers) });

describe('a failed answer', () => {
  it('becomes a problem with its code and request id', () => {
    const problem = toProblem(answer(409, conflict));

    expect(problem).toMatchObject({ code: 'reservation-conflict', status: 409, requestId: 'r-1' });
  });

  it('is read from text too', () => {
    expect(toProblem(answer(409, JSON.stringify(conflict))).code).toBe('reservation-conflict');
  });

  it('is offline when no answer came', () => {
    expect(toProblem(answer(0, null)).code).toBe('offline');
  });

  it('is unexpected when it is not a problem', () => {
    expect(toProblem(answer(502, '<html>Bad gateway</html>')).code).toBe('unexpected');
  });

  it('tells how long to wait', () => {
    expect(toProblem(answer(429, {}, { 'Retry-After': '17' })).retryAfter).toBe(17);
  });

  it('finds the error of a field by the end of its pointer', () => {
    const problem = toProblem(
      answer(400, { code: 'validation-failed', errors: [{ pointer: '/admin/email', code: 'invalid', detail: 'no' }] }),
    );

    expect(problem.errorOf('email')?.code).toBe('invalid');
    expect(problem.errorOf('mail')).toBeNull();
  });

  it('stays itself when seen twice', () => {
    const problem = toProblem(answer(409, conflict));

    expect(toProblem(problem)).toBe(problem);
  });
});

describe('the words of a problem', () => {
  function messages(): ProblemMessages {
    TestBed.configureTestingModule({
      providers: [
        provideTranslateService({
          lang: 'en',
          loader: provideTranslateLoader(() => ({ getTranslation: () => of(english as TranslationObject) })),
        }),
      ],
    });
    return TestBed.inject(ProblemMessages);
  }

  it('are chosen by its code', () => {
    expect(messages().title(toProblem(answer(409, conflict)))).toBe('That time is taken');
  });

  it('are the server’s own for a code nobody has translated', () => {
    expect(messages().title(toProblem(answer(409, { code: 'brand-new', title: 'Something new' })))).toBe('Something new');
  });

  it('are the server’s own for an unknown field error', () => {
    expect(messages().field({ pointer: '/x', code: 'brand-new', detail: 'x must be blue' })).toBe('x must be blue');
  });
});
