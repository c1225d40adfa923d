import { isIP } from 'node:net';

/**
 * The address a request came from, past the proxies that are trusted. An IPv4 address written as IPv6 is the IPv4 address
 * (RFC 4291 §2.5.5.2); the zone of a link says nothing elsewhere.
 * @returns null where whoever asked has gone before the request was looked at, or a proxy wrote something else
 */
export function clientAddress({ ip = '' }: { readonly ip?: string | undefined }): string | null {
  const [bare = ''] = ip.replace(/^::ffff:(?=[\d.]+$)/i, '').split('%', 1);
  return isIP(bare) === 0 ? null : bare;
}

/**
 * Whose an address is for counting: its own, or its /64 network for IPv6, whose owner has all of it (RFC 6177 §2). Those of whom it is
 * not known are counted as one.
 */
export function networkOf(address: string | null): string {
  if (!address) return '0.0.0.0';
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('::', 2);
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const [left, right] = [groups(head), groups(tail ?? '')];
  const filled = [...left, ...Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0'), ...right];
  return `${filled
    .slice(0, 4)
    .map((it) => Number.parseInt(it, 16).toString(16))
    .join(':')}::/64`;
}
