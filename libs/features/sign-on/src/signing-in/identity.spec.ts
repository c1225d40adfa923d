import { identityOf, isFrom, standardClaims, usernameOf } from './identity';

describe('A person as a provider knows them', () => {
  const ada = { sub: '1', email: 'ada@acme.example', email_verified: true, preferred_username: 'ada', name: 'Ada Lovelace' };

  it('is read from the standard claims, with groups and realm roles as Keycloak writes them', () => {
    const claims = { ...ada, groups: ['/staff', '/lab'], realm_access: { roles: ['lab-manager'] }, amr: ['pwd', 'otp'], acr: 'gold' };

    expect(identityOf(claims, standardClaims)).toMatchObject({
      ...{ subject: '1', email: 'ada@acme.example', emailVerified: true, username: 'ada', displayName: 'Ada Lovelace' },
      ...{ groups: ['/staff', '/lab'], roles: ['lab-manager'], factors: ['pwd', 'otp', 'gold'] },
    });
  });

  it('is read from claims that have dots in their name', () => {
    const claims = { ...ada, 'https://acme.example/groups': 'staff' };

    expect(identityOf(claims, { ...standardClaims, groups: 'https://acme.example/groups' }).groups).toEqual(['staff']);
  });

  it.each([
    [{}],
    [{ email: 7 }],
    [{ email: 'nobody' }],
    [{ email: 'a b@c' }],
    [{ groups: { a: 1 } }],
    [{ realm_access: 'x' }],
    [{ groups: [1, null, ''] }],
  ])('has nothing where a claim is missing or of another shape: %j', (claims) => {
    expect(identityOf({ sub: '1', ...claims }, standardClaims)).toMatchObject({ email: null, groups: [], roles: [] });
  });

  it('has a proved address only where the provider says true', () => {
    for (const said of ['true', 1, undefined, null, 'yes'])
      expect(identityOf({ ...ada, email_verified: said }, standardClaims).emailVerified).toBe(false);
  });

  it('is never read from what every object has', () => {
    expect(identityOf({ sub: '1' }, { ...standardClaims, username: 'constructor.name', groups: '__proto__' })).toMatchObject({
      username: null,
      groups: [],
    });
  });

  it.each([
    [{}, ['acme.example'], true],
    [{ email: 'ada@ACME.example' }, ['acme.example'], true],
    [{ email: 'ada@acme.example.evil' }, ['acme.example'], false],
    [{ email: 'ada@sub.acme.example' }, ['acme.example'], false],
    [{ email_verified: false }, ['acme.example'], false],
    [{ email: undefined }, ['acme.example'], false],
    [{ hd: 'rival.example' }, ['acme.example'], false],
    [{ hd: 'acme.example' }, ['acme.example'], true],
    [{ email_verified: false }, [], true],
  ])('belongs to a domain by a proved address and the workspace: %j %j', (claims, domains, expected) => {
    expect(isFrom(identityOf({ ...ada, ...claims }, standardClaims), domains, false)).toBe(expected);
  });

  it.each([
    [{ preferred_username: 'ada' }, 'ada'],
    [{ preferred_username: 'ada@acme.example' }, 'ada'],
    [{ preferred_username: 'Ada  Love lace' }, 'AdaLovelace'],
    [{ preferred_username: undefined }, 'ada'],
    [{ preferred_username: '@', email: undefined }, 'person'],
  ])('gets a username of our shape: %j', (claims, expected) => {
    expect(usernameOf(identityOf({ ...ada, ...claims }, standardClaims))).toBe(expected);
  });
});
