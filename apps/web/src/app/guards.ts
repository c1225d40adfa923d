import { inject } from '@angular/core';
import { Router, type CanActivateFn } from '@angular/router';
import { Session, SetupApi } from '@berth/web/data';

/** Lets the signed-in person through; others go to sign-in and come back, or to set-up while the installation is empty. */
export const onlySignedIn: CanActivateFn = async (_route, state) => {
  const session = inject(Session);
  const router = inject(Router);
  const setup = inject(SetupApi);
  const user = session.user() ?? (await session.load().catch(() => null));
  if (user !== null) return true;
  const open = await setup.state().catch(() => 'done');
  return open === 'open'
    ? router.createUrlTree(['/setup'])
    : router.createUrlTree(['/login'], { queryParams: state.url === '/' ? {} : { returnUrl: state.url } });
};

/** Lets those through who hold a permission; others see that the page is not there. */
export const onlyWith =
  (permission: string): CanActivateFn =>
  () =>
    inject(Session).may(permission) || inject(Router).createUrlTree(['/not-found']);

/** Administration is for who manages something: all of it, a place, roles in one, or the members of a group. */
export const onlyWhoManages: CanActivateFn = () => inject(Session).manages() || inject(Router).createUrlTree(['/not-found']);

/** The wizard exists while the installation is empty; afterwards it looks like any missing page. */
export const onlyWhileOpen: CanActivateFn = async () => {
  const router = inject(Router);
  const state = await inject(SetupApi)
    .state()
    .catch(() => 'open');
  return state === 'open' || router.createUrlTree(['/login'], { queryParams: { setup: 'done' } });
};
