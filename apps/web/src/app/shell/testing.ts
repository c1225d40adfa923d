import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { provideHttpClientTesting } from '@angular/common/http/testing';
import type { EnvironmentProviders, Provider } from '@angular/core';
import { apiInterceptor } from '@berth/web/data';
import { provideTranslateLoader, provideTranslateService, type TranslationObject } from '@ngx-translate/core';
import { of } from 'rxjs';
import english from '../../../i18n/en.json';

/** What specs of the shell need: a server that is asked by hand, the English words, and a window without wishes. */
export function provideShell(): (Provider | EnvironmentProviders)[] {
  Object.assign(globalThis, {
    matchMedia: () => ({ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }),
  });
  const texts: TranslationObject = english;
  const loader = provideTranslateLoader(() => ({ getTranslation: () => of(texts) }));
  return [
    provideHttpClient(withInterceptors([apiInterceptor])),
    provideHttpClientTesting(),
    provideTranslateService({ lang: 'en', loader }),
  ];
}
