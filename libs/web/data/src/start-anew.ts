import { InjectionToken } from '@angular/core';

/** Loads the whole console anew at the start page: nearly everything it remembers is gone, or is back. */
export const startAnew = new InjectionToken<() => void>('startAnew', { factory: () => () => location.assign('/') });
