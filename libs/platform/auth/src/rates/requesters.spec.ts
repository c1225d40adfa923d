import { requestersOf } from './requesters';

const ana = { organizationId: 'o', accountId: 'ana' };
const person = { kind: 'person', ...ana };

describe('A request', () => {
  it.each([
    ['of a person counts for them', {}, [person]],
    [
      'through a token with a limit counts for its owner and for the token',
      { limitedToken: 't' },
      [person, { kind: 'token', organizationId: 'o', tokenId: 't' }],
    ],
    [
      'of a client that was let in counts for both',
      { client: { id: 'c', grantId: 'g' } },
      [person, { kind: 'client', organizationId: 'o', clientId: 'c' }],
    ],
    [
      'of a client by itself counts for the client alone',
      { client: { id: 'c', grantId: null } },
      [{ kind: 'client', organizationId: 'o', clientId: 'c' }],
    ],
  ])('%s', (_what, of, requesters) => expect(requestersOf({ ...ana, ...of })).toEqual(requesters));
});
