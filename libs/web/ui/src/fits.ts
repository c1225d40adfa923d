import { DestroyRef, inject, signal, type Signal } from '@angular/core';

/** Whether a media query matches now; from an injection context. */
export function fits(query: string): Signal<boolean> {
  const media = matchMedia(query);
  const matches = signal(media.matches);
  const change = (): void => matches.set(media.matches);
  media.addEventListener('change', change);
  inject(DestroyRef).onDestroy(() => media.removeEventListener('change', change));
  return matches.asReadonly();
}
