import { permissions, type Permission } from '@berth/contracts';
import { ApiProblems } from '@berth/platform/http';
import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth, ApiExtension } from '@nestjs/swagger';

export const REQUIRES = 'berth:requires';
export const PUBLIC = 'berth:public';

/** The right a route asks for, enforced and documented by this one line. A route with neither this nor `@Public` is closed. */
export const Requires = (permission: Permission): MethodDecorator & ClassDecorator =>
  applyDecorators(
    SetMetadata(REQUIRES, permission),
    ApiBearerAuth('bearer'),
    ApiCookieAuth('session'),
    ApiExtension('x-permission', { name: permission, allows: permissions[permission] }),
    ApiProblems('unauthenticated', 'invalid-token', 'permission-denied', 'cross-site-request'),
  );

/** A route anybody may call. */
export const Public = (): MethodDecorator & ClassDecorator => applyDecorators(SetMetadata(PUBLIC, true));
