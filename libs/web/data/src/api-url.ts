/** Where the API answers; the console is always served from the same origin. */
export const apiBase = '/api/v1';

/** The address of an API path such as `/sites`. */
export function apiUrl(path: string): string {
  return `${apiBase}${path}`;
}
