import { DestroyRef, inject, signal, type Signal } from '@angular/core';

/** Whether a media query holds, followed while whoever asks lives; false where there are none. From an injection context. */
export function fits(query: string): Signal<boolean> {
  const media = globalThis.matchMedia?.(query);
  const matches = signal(media?.matches ?? false);
  if (media !== undefined) {
    const follow = (): void => matches.set(media.matches);
    media.addEventListener('change', follow);
    inject(DestroyRef).onDestroy(() => media.removeEventListener('change', follow));
  }
  return matches.asReadonly();
}
