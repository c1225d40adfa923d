import { permissionsOf, Problem, type Permission, type Role } from '@berth/contracts';
import type { Context } from '@berth/platform/database';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

/** Who sends a request, with the organization and the rights the request has. */
export interface Actor extends Context {
  readonly sessionId: string;
  readonly displayName: string;
  readonly role: Role;
}

export const may = (actor: Pick<Actor, 'role'>, permission: Permission): boolean => permissionsOf[actor.role].has(permission);

/** @throws Problem `permission-denied` naming what is missing */
export function demand(actor: Pick<Actor, 'role'>, permission: Permission): void {
  if (!may(actor, permission)) throw new Problem('permission-denied', { permission });
}

/** What the guard leaves on a request. */
export interface AuthenticatedRequest {
  actor?: Actor;
}

/** The actor of a route with `@Requires`. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!actor) throw new Problem('unauthenticated');
  return actor;
});
