/** The contract as far as it says who may call what. */
export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, { properties: Readonly<Record<string, { enum?: readonly string[] }>> }>>;
  };
}

interface Operation {
  readonly 'x-permission'?: { readonly name: string };
  readonly responses?: object;
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly required?: boolean }[];
}

/** `GET /sites/{id}`, for every route there is. */
export const routesOf = ({ paths }: OpenApi): string[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace('/api/v1', '')}`),
  );

/** @param isRooted whether the route does not lie below `/api/v1` */
export function operationOf({ paths }: OpenApi, route: string, isRooted = false): Operation | undefined {
  const [method = '', path = ''] = route.split(' ');
  return paths[isRooted ? path : `/api/v1${path}`]?.[method.toLowerCase()];
}
