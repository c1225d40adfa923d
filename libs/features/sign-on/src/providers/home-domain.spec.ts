import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { domainIn } from './home-domain';
import { ChangeProviderRequest } from './providers.dto';

describe('The domain of an address', () => {
  it.each([
    ['acme.example', 'acme.example'],
    [' ACME.Example ', 'acme.example'],
    ['größe.example', 'xn--gre-6ka8i.example'],
    ['GRÖSSE.example', 'xn--grsse-kua.example'],
    ['xn--gre-6ka8i.example', 'xn--gre-6ka8i.example'],
    ['ａｃｍｅ。example', 'acme.example'],
  ])('is looked up however it was written: %s', (text, domain) => expect(domainIn(text)).toBe(domain));

  it.each([
    ...[
      undefined,
      '',
      'acme',
      'acme.example.',
      '.example',
      'a b.example',
      'ana@acme.example',
      'acme.example/x',
      '%61cme.example',
      '1.2.3',
      '*.acme.example',
    ],
    ...['acme\0.example', '\ud800.example', `${'a'.repeat(250)}.example`],
  ])('is none: %j', (text) => expect(domainIn(text)).toBeUndefined());
});

describe('The domains a provider is for', () => {
  const wrongIn = (homeDomains: unknown): string[] =>
    validateSync(plainToInstance(ChangeProviderRequest, { homeDomains })).map((it) => it.property);

  it('are kept as they are looked up', () => {
    const { homeDomains } = plainToInstance(ChangeProviderRequest, { homeDomains: ['ACME.example', 'größe.example'] });

    expect(homeDomains).toEqual(['acme.example', 'xn--gre-6ka8i.example']);
    expect(wrongIn(['ACME.example', 'größe.example'])).toEqual([]);
  });

  it.each([
    ['one twice, differently spelt', ['acme.example', 'Acme.example ']],
    ['what is no domain', ['acme']],
    ['more than twenty', Array.from({ length: 21 }, (_, i) => `d${i}.example`)],
    ['what is no text', [7]],
    ['what is no list', 'acme.example'],
  ])('are not %s', (_what, given) => expect(wrongIn(given)).toEqual(['homeDomains']));
});
