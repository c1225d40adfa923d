import type { Letter } from './letter';
import { words } from './letter';
import { isMailAddress } from './mail-transport';
import { PublicLinks } from './public-links';
import { renderLetter } from './render-letter';

const letter: Letter = {
  language: 'en',
  subject: 'Join Acme',
  paragraphs: ['Grace invites you.'],
  action: { label: 'Join', link: 'https://berth.example/account/invitation#a.b' },
  notes: ['Good for 7 days.'],
  sender: 'Acme',
};
const nasty = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '&lt;b&gt;',
  'Acme\r\nBcc: eve@evil.example',
  'Acme\nContent-Type: text/html',
  'Acme\u2028Bcc: eve@evil.example',
  'Acme\u0000\u001b[31m',
  '\u202egro.live\u202c',
  '</title><body>',
];

describe('A letter', () => {
  it('says the same as text and as HTML, in its language', () => {
    const { subject, text, html } = renderLetter({ ...letter, language: 'de' });

    expect(subject).toBe('Join Acme');
    expect(text).toBe('Grace invites you.\n\nJoin:\nhttps://berth.example/account/invitation#a.b\n\nGood for 7 days.\n\n-- \nAcme\n');
    expect(html).toContain('<html lang="de">');
    expect(html).toContain('href="https://berth.example/account/invitation#a.b"');
    for (const part of ['Grace invites you.', 'Good for 7 days.', '>Acme<']) expect(html).toContain(part);
  });

  it.each(nasty)('takes %j for words, wherever it stands', (words) => {
    const plain = renderLetter(letter);
    const { subject, text, html } = renderLetter({
      ...letter,
      ...{ subject: words, paragraphs: [words], notes: [words], sender: words, action: { label: words, link: letter.action!.link } },
    });
    const tags = (it: string): number => it.match(/<[a-z!/]/gi)?.length ?? 0;

    expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e]/);
    // Line breaks of a text are breaks; apart from them no tag is there that is not ours.
    expect(tags(html.replaceAll('<br>', ''))).toBe(tags(plain.html));
    expect(html).not.toMatch(/<script|<img|onmouseover='/);
  });

  it('fills sentences with values that are not looked at again', () => {
    expect(words('{{name}} of {{organization}} {{unknown}}', { name: '{{organization}}', organization: 'Acme' })).toBe(
      '{{organization}} of Acme {{unknown}}',
    );
  });

  it.each([
    ...['a@b.example\r\nBcc: eve@evil.example', 'a@b.example, eve@evil.example', '"a" <a@b.example>', 'a@b@c.example', 'a b@c.example'],
    ...['a@b.example;eve@evil.example', '', '@b.example', 'a@', `${'a'.repeat(250)}@b.example`, '(x)a@b.example'],
  ])('goes to one plain address, which %j is not', (address) => {
    expect(isMailAddress(address)).toBe(false);
  });

  it('links to the configured host only, with its secret where no server sees it', () => {
    const configured = new PublicLinks({ publicUrl: 'https://berth.example', host: '0.0.0.0', port: 3000 });
    const local = new PublicLinks({ publicUrl: undefined, host: '::1', port: 3000 });

    expect(configured.to('/account/password', 'id.s+/=')).toBe('https://berth.example/account/password#id.s%2B%2F%3D');
    expect([configured.host, local.to('/')]).toEqual(['berth.example', 'http://[::1]:3000/']);
  });
});
