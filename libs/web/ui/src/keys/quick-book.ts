import { InjectionToken } from '@angular/core';

/** Opens the booking dialog without a resource or time chosen; `C` and the phone's Book button call it. Provided by the app. */
export const quickBook = new InjectionToken<() => void>('quickBook');
