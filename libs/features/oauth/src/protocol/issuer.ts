import type { Config } from '@berth/platform/runtime';

/** Who gives the tokens (RFC 8414 §2): the public address, or where the request came to while none is set. */
export const issuerOf = (config: Pick<Config, 'publicUrl'>, request: { readonly protocol: string; readonly host: string }): string =>
  config.publicUrl ?? `${request.protocol}://${request.host}`;
