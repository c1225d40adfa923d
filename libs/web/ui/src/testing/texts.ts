import { provideTranslateLoader, provideTranslateService, type TranslationObject } from '@ngx-translate/core';
import { of } from 'rxjs';
import english from '../../i18n/en.json';

/** The kit's English words, for specs of parts. */
export function provideKitTexts() {
  return provideTranslateService({
    lang: 'en',
    loader: provideTranslateLoader(() => ({ getTranslation: () => of(english as TranslationObject) })),
  });
}
