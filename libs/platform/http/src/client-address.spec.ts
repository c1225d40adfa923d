import { clientAddress, networkOf } from './client-address';

describe('The address a request came from', () => {
  it('is IPv4 as such, and without the zone of a link', () => {
    expect(['192.0.2.7', '::ffff:192.0.2.7', 'fe80::1%eth0', '2001:db8::1'].map((ip) => clientAddress({ ip }))).toEqual([
      '192.0.2.7',
      '192.0.2.7',
      'fe80::1',
      '2001:db8::1',
    ]);
  });

  it('is unknown where a proxy wrote something else and where who asked is gone', () => {
    expect(['unknown', '', '1.2.3', 'evil.example', undefined].map((ip) => clientAddress({ ip }))).toEqual(Array(5).fill(null));
  });

  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    [null, '0.0.0.0'],
  ])('%s is counted as %s', (address, network) => expect(networkOf(address)).toBe(network));
});
