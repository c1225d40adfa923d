/** The address to go to after sign-in; only an address of this console counts, anything else leads to the start. */
export function safeReturnUrl(wanted: string | undefined): string {
  return wanted !== undefined && /^\/(?![/\\])/.test(wanted) && !wanted.startsWith('/login') ? wanted : '/';
}
