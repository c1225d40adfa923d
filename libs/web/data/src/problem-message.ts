import { Injectable, inject } from '@angular/core';
import { TranslateService } from '@ngx-translate/core';
import type { FieldError, Problem } from './problem';

/** The words for a problem in the reader's language, chosen by its code; the server's own words are the last resort. */
@Injectable({ providedIn: 'root' })
export class ProblemMessages {
  private readonly translate = inject(TranslateService);

  /** One sentence that names the failure: `problem.<code>`. */
  title(problem: Pick<Problem, 'code'> & { readonly body?: { readonly title?: string } }): string {
    return this.text(`problem.${problem.code}`) ?? problem.body?.title ?? this.text('problem.unexpected') ?? problem.code;
  }

  /** The sentence beside an invalid field: `fieldError.<code>`, with the error's params. */
  field(error: FieldError): string {
    return this.text(`fieldError.${error.code}`, error.params) ?? error.detail;
  }

  private text(key: string, params?: Readonly<Record<string, unknown>>): string | null {
    const text: unknown = this.translate.instant(key, params);
    return typeof text === 'string' && text !== key ? text : null;
  }
}
