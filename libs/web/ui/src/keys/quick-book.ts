import { InjectionToken } from '@angular/core';

/** Opens the booking dialog without a time chosen; `C`, the phone's Book button and the palette call it. Provided by the app. */
export const quickBook = new InjectionToken<(resource?: { readonly id: string; readonly name: string }) => void>('quickBook');
