import { closedToStandIns, permissions, type Permission } from '@berth/contracts';
import { ApiProblems } from '@berth/platform/http';
import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth, ApiExtension } from '@nestjs/swagger';

export const REQUIRES = 'berth:requires';
export const PUBLIC = 'berth:public';
export const OWN_PAGES = 'berth:own-pages';
export const CLOSED_TO_STAND_INS = 'berth:closed-to-stand-ins';

/** What a route asks for. */
export interface Requirement {
  readonly permission: Permission;
  /** `somewhere` lets in who has the right in one place only; the use case then demands it of the place it is about. */
  readonly reach: 'organization' | 'somewhere';
  /** Rights that let in as well, wherever they hold; the use case then demands one of them of the thing it is about. */
  readonly or: readonly Permission[];
}

/** The right a route asks for, enforced and documented by this one line. A route with neither this nor `@Public` is closed. */
export const Requires = (
  permission: Permission,
  reach: Requirement['reach'] = 'organization',
  or: Requirement['or'] = [],
): MethodDecorator & ClassDecorator =>
  applyDecorators(
    SetMetadata(REQUIRES, { permission, reach, or } satisfies Requirement),
    ApiBearerAuth('bearer'),
    ApiCookieAuth('session'),
    ApiExtension('x-permission', {
      ...{ name: permission, allows: permissions[permission] },
      ...(reach === 'somewhere' && { reach }),
      ...(or.length > 0 && { or }),
    }),
    ApiProblems('unauthenticated', 'invalid-token', 'stand-in-over', 'permission-denied', 'cross-site-request'),
    ...(closedToStandIns.has(permission) ? [ApiProblems('standing-in')] : []),
  );

/** A route of everybody’s own that nobody calls while they act as somebody else. */
export const ClosedToStandIns = (): MethodDecorator => applyDecorators(SetMetadata(CLOSED_TO_STAND_INS, true), ApiProblems('standing-in'));

/**
 * A route anybody may call from a page of ours: it sets cookies or relies on them, so no other site may have it called. Refused
 * before anything of the request is looked at.
 */
export const PublicFromOwnPages = (): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(PUBLIC, true), SetMetadata(OWN_PAGES, true), ApiProblems('cross-site-request'));

/** A route anybody may call. */
export const Public = (): MethodDecorator & ClassDecorator => applyDecorators(SetMetadata(PUBLIC, true));
