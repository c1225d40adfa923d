const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/**
 * Whether people may be sent there: https anywhere, http on their own machine, and schemes an app owns, which are domain names
 * turned round (RFC 8252 §7.1). Never a fragment (RFC 6749 §3.1.2), a name and password, or what a browser would run.
 */
export function isRedirectUri(text: string): boolean {
  if (text.length > 1000 || /[^\x21-\x7e]/.test(text) || text.includes('#') || text.includes('\\') || text.includes('*')) return false;
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return false;
  if (url.protocol === 'https:') return true;
  if (url.protocol === 'http:') return LOOPBACK.has(url.hostname);
  return /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+:$/.test(url.protocol);
}
