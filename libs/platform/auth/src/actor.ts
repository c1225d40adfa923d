import { Problem } from '@berth/contracts';
import type { Context } from '@berth/platform/database';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Rights } from './rights';
import type { ActingClient } from './sessions';

/** Who sends a request, with the organization and the rights the request has. */
export interface Actor extends Context, Rights {
  readonly sessionId: string;
  readonly displayName: string;
  /** The OAuth2 client that sends it in the name of the account. */
  readonly client?: ActingClient;
  /** The token it came with, where that has a limit of requests of its own. */
  readonly limitedToken?: string;
}

/** What the guard leaves on a request. */
export interface AuthenticatedRequest {
  actor?: Actor;
  /** Whose token was shown that lives no more. */
  presented?: Owner;
}

/** Whose a token is or was. */
export type Owner = Pick<Context, 'organizationId' | 'accountId' | 'via'>;

/** The actor of a route with `@Requires`. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!actor) throw new Problem('unauthenticated');
  return actor;
});
