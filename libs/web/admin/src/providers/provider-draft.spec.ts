import { draftOf, emptyDraft, keyOf, newProviderOf, patchOf } from './provider-draft';

describe('A provider as it is typed in', () => {
  it('parts lists by spaces and commas, once each, and keeps the secret where none is typed', () => {
    const patch = patchOf({
      ...emptyDraft,
      domains: 'acme.example, b.example  acme.example',
      homeDomains: ' acme.example,',
      scopes: ' openid  email ',
    });

    expect(patch).toMatchObject({ domains: ['acme.example', 'b.example'], homeDomains: ['acme.example'], scopes: ['openid', 'email'] });
    expect('clientSecret' in patch).toBe(false);
  });

  it('leaves out lines of the mapping that say nothing', () => {
    const line = { source: 'group', value: ' staff ', groupId: 'g', roleId: null } as const;

    expect(patchOf({ ...emptyDraft, mapping: [line, { ...line, value: ' ' }] }).mapping).toEqual([{ ...line, value: 'staff' }]);
  });

  it('asks the provider for nothing unless it is told to, and counts the age of a sign-in there in seconds', () => {
    expect(patchOf(emptyDraft)).toMatchObject({ prompt: null, maxAge: null });
    expect(patchOf({ ...emptyDraft, prompt: 'login', maxAge: '0' })).toMatchObject({ prompt: 'login', maxAge: 0 });
    expect(patchOf({ ...emptyDraft, maxAge: ' 720 ' })).toMatchObject({ maxAge: 43_200 });
  });

  it('is the same after it was read again', () => {
    const wanted = {
      ...emptyDraft,
      key: 'acme',
      name: 'Acme ID',
      issuer: 'https://id.acme.example',
      clientId: 'berth',
      domains: 'acme.example',
      homeDomains: 'acme.example, b.example',
      prompt: 'select_account',
      maxAge: '90',
    } as const;
    const stored = { ...newProviderOf(wanted), claims: { username: 'preferred_username', groups: 'groups', roles: 'realm_access.roles' } };

    expect(draftOf(stored as never)).toEqual(wanted);
  });

  it.each([
    ['Acme ID', 'acme-id'],
    ['Größe & Co.', 'gro-e-co'],
    ['---', ''],
  ])('has a key made of its name: %s', (name, key) => expect(keyOf(name)).toBe(key));
});
