import { ErrorHandler, Injectable, Injector, inject, signal } from '@angular/core';
import { Router } from '@angular/router';
import { Toasts } from '@berth/web/ui';
import { TranslateService } from '@ngx-translate/core';

/** How Chromium, Firefox and Safari say that a script did not come. */
const didNotCome = /dynamically imported module|Importing a module script failed/;

/**
 * Says that code or texts did not come, because the network is away or there is a new release: beside what is shown, or instead of it
 * while there is nothing. Everything else nobody caught goes where it always goes.
 */
@Injectable({ providedIn: 'root' })
export class NotLoaded extends ErrorHandler {
  private readonly injector = inject(Injector);
  private readonly nothing = signal(false);
  readonly isNothingShown = this.nothing.asReadonly();

  override handleError(error: unknown): void {
    if (!(error instanceof TypeError) || !didNotCome.test(error.message)) return super.handleError(error);
    if (this.injector.get(Router).lastSuccessfulNavigation() === null) return this.nothing.set(true);
    const translate = this.injector.get(TranslateService);
    this.injector.get(Toasts).failed(String(translate.instant('notLoaded.text')), {
      actions: [{ label: String(translate.instant('notLoaded.again')), run: () => location.reload() }],
    });
  }
}
