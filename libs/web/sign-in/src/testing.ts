import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting, type TestRequest } from '@angular/common/http/testing';
import type { EnvironmentProviders, Provider } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { apiInterceptor } from '@berth/web/data';
import { provideTranslateLoader, provideTranslateService, type TranslationObject } from '@ngx-translate/core';
import { of } from 'rxjs';
import english from '../i18n/en.json';

/** What specs of this screen need: a server that is asked by hand, and the English words. */
export function provideSignIn(): (Provider | EnvironmentProviders)[] {
  const texts: TranslationObject = english;
  const loader = provideTranslateLoader(() => ({ getTranslation: () => of(texts) }));
  return [
    provideHttpClient(withInterceptors([apiInterceptor])),
    provideHttpClientTesting(),
    provideTranslateService({ lang: 'en', loader }),
  ];
}

export const theServer = (): HttpTestingController => TestBed.inject(HttpTestingController);

/** Answers the one call of that path that is open now. */
export async function answered(method: string, path: string, body: object, status = 200): Promise<TestRequest> {
  const call = theServer().expectOne((it) => it.method === method && it.url === `/api/v1${path}`);
  call.flush(body, { status, statusText: 'So be it' });
  await settled();
  return call;
}

/** Lets promises and rendering finish. */
export const settled = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 10)));
