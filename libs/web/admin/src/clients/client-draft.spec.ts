import { draftOf, grants, wishOf, wordOf } from './client-draft';

describe('What is written of a program', () => {
  const draft = {
    ...draftOf(null),
    name: ' Sync ',
    scopes: new Set(['resource:read', 'account:secure']),
    redirectUris: ' https://a.example/cb \n\n',
  };

  it('is sent without what its type and grants have no use for', () => {
    expect(wishOf(draft)).toEqual({
      ...{ name: 'Sync', type: 'confidential', grantTypes: ['client_credentials'], redirectUris: [] },
      ...{ scopes: ['resource:read'], perMinute: 600, places: null },
    });
    expect(wishOf({ ...draft, type: 'public', grantTypes: new Set(['client_credentials', 'authorization_code']) })).toMatchObject({
      grantTypes: ['authorization_code'],
      redirectUris: ['https://a.example/cb'],
    });
  });

  it('asks for nothing that is of no place where it is good in some places only', () => {
    const places = { siteIds: ['s'], resourceIds: [] };
    const scopes = new Set(['resource:read', 'user:read']);

    expect(wishOf({ ...draft, scopes, places })).toMatchObject({ scopes: ['resource:read'], places });
    expect(wishOf({ ...draft, scopes }).scopes).toEqual(['resource:read', 'user:read']);
  });

  it('has a word for each grant', () =>
    expect(grants.map(wordOf)).toEqual(['client_credentials', 'authorization_code', 'refresh_token', 'device_code']));
});
