import { APP_BASE_HREF } from '@angular/common';
import { provideHttpClient, withFetch, withInterceptors } from '@angular/common/http';
import {
  ErrorHandler,
  Injector,
  inject,
  provideAppInitializer,
  provideBrowserGlobalErrorListeners,
  type ApplicationConfig,
} from '@angular/core';
import { TitleStrategy, provideRouter, withComponentInputBinding, withInMemoryScrolling } from '@angular/router';
import { apiInterceptor, fetchTexts, PreferencesStore, type FetchTexts } from '@berth/web/data';
import { PageTitle, quickBook } from '@berth/web/ui';
import { provideTranslateService, type TranslationObject } from '@ngx-translate/core';
import { routes } from './app.routes';
import { NotLoaded } from './not-loaded';

// A chunk for each, made from what tools/i18n/merge.mjs has put together.
const textsFromBuild: FetchTexts = async (part, language) => {
  const texts = (await import(`../texts/${part}.${language}.json`)) as { readonly default: TranslationObject };
  return texts.default;
};

/** Everything the console needs at start. */
export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideHttpClient(withFetch(), withInterceptors([apiInterceptor])),
    provideRouter(routes, withComponentInputBinding(), withInMemoryScrolling({ scrollPositionRestoration: 'enabled' })),
    provideTranslateService(),
    { provide: fetchTexts, useValue: textsFromBuild },
    { provide: ErrorHandler, useExisting: NotLoaded },
    // Instead of a `<base>` element, which the content security policy forbids.
    { provide: APP_BASE_HREF, useValue: '/' },
    { provide: TitleStrategy, useExisting: PageTitle },
    { provide: quickBook, useFactory: () => openBooking(inject(Injector)) },
    provideAppInitializer(() => inject(PreferencesStore).start()),
  ],
};

// Loaded when somebody books: the forms bring civil time, which the first screen does not need.
function openBooking(injector: Injector): (resource?: { readonly id: string; readonly name: string }) => void {
  return (resource) =>
    void import('@berth/web/booking').then(({ Booking }) =>
      injector.get(Booking).open(resource === undefined ? {} : { resourceId: resource.id, resourceName: resource.name }),
    );
}
