import { BlockList, isIPv6 } from 'node:net';

/** IANA special-purpose registries (RFC 6890) and what carries an IPv4 address inside: nothing a name of the public internet stands for. */
const SPECIAL_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
/** Global unicast is 2000::/3 (RFC 4291 §2.4); of it these are not: protocol assignments with Teredo, documentation, 6to4, SRv6. */
const GLOBAL_V6 = networks(['2000::/3']);
const SPECIAL_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20', '5f00::/16', '2620:4f:8000::/48'];
const special = networks([...SPECIAL_V4, ...SPECIAL_V6]);

/** A list of networks in CIDR notation. */
export function networks(list: readonly string[]): BlockList {
  const made = new BlockList();
  for (const network of list) {
    const [address = '', bits] = network.split('/');
    made.addSubnet(address, Number(bits), isIPv6(address) ? 'ipv6' : 'ipv4');
  }
  return made;
}

/** Whether an address is in one of the networks; `::ffff:a.b.c.d` is a.b.c.d. */
export const isIn = (list: BlockList, address: string): boolean => list.check(unmapped(address), familyOf(unmapped(address)));

/** Whether an address is global unicast; what embeds an IPv4 address in an IPv6 one is not, except `::ffff:a.b.c.d`, which is a.b.c.d. */
export function isPublic(address: string): boolean {
  const plain = unmapped(address);
  if (isIn(special, plain)) return false;
  return familyOf(plain) === 'ipv4' || isIn(GLOBAL_V6, plain);
}

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIPv6(address) ? 'ipv6' : 'ipv4');

/** Of an IPv4 address in IPv6 clothes (RFC 4291 §2.5.5.2) the address; any other as it is, without its zone. */
function unmapped(address: string): string {
  const [plain = ''] = address.split('%');
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(isIPv6(plain) ? canonical(plain) : '') ?? [];
  if (high === undefined || low === undefined) return plain;
  return [parseInt(high, 16), parseInt(low, 16)].flatMap((it) => [it >> 8, it & 255]).join('.');
}

/** The shortest spelling (RFC 5952), as the URL standard writes hosts. */
const canonical = (address: string): string => new URL(`http://[${address}]`).hostname.slice(1, -1);
