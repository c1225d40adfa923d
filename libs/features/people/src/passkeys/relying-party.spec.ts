import { partyOf } from './relying-party';

const local = { publicUrl: undefined, host: '127.0.0.1', port: 3000 };

describe('The relying party', () => {
  it.each([
    ['https://berth.example.org', { id: 'berth.example.org', origin: 'https://berth.example.org' }],
    ['https://berth.example.org:8443', { id: 'berth.example.org', origin: 'https://berth.example.org:8443' }],
    ['http://localhost:3000', { id: 'localhost', origin: 'http://localhost:3000' }],
  ])('is the host of the public address %s', (publicUrl, party) => {
    expect(partyOf({ ...local, publicUrl })).toEqual(party);
  });

  it.each(['http://berth.example.org', 'https://192.0.2.1', 'http://127.0.0.1:3000', 'https://[2001:db8::1]'])(
    'is nobody at %s, where no browser makes a key',
    (publicUrl) => {
      expect(partyOf({ ...local, publicUrl })).toBeUndefined();
    },
  );

  it('is this machine where no address is configured and nobody else is served', () => {
    expect(partyOf(local)).toEqual({ id: 'localhost', origin: 'http://localhost:3000' });
    expect(partyOf({ ...local, host: '0.0.0.0' })).toBeUndefined();
  });
});
