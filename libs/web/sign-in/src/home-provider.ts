import { debounced, inject, type Resource, resource } from '@angular/core';
import { AccountsApi, type OfferedProvider } from '@berth/web/data';

/** Somebody who goes on typing is not asked about with every letter. */
const PAUSE_MS = 300;
const ADDRESS = /^[^\s@]+@([^\s@.]+(?:\.[^\s@.]+)+)$/;

/** The provider that what is typed as e-mail address belongs to, by its domain alone; nothing for other names. In an injection context. */
export function homeProvider(login: () => string): Resource<OfferedProvider | null | undefined> {
  const api = inject(AccountsApi);
  const typed = debounced(login, PAUSE_MS);
  return resource({
    params: () => (typed.hasValue() ? ADDRESS.exec(typed.value().trim())?.[1] : undefined),
    loader: ({ params }) => api.homeProvider(params),
  });
}
