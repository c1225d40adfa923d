import { isRedirectUri } from './redirect-uri';

describe('A redirect URI', () => {
  it.each([
    'https://app.example/callback',
    'https://app.example/callback?from=berth',
    'http://127.0.0.1:4711/cb',
    'http://[::1]/cb',
    'http://localhost:8080/',
    'com.example.app:/oauth',
  ])('%s is taken', (text) => expect(isRedirectUri(text)).toBe(true));

  it.each([
    'http://app.example/callback',
    'https://app.example/#part',
    'https://someone@app.example/',
    'https://*.example/cb',
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'myapp:/cb',
    '/callback',
    'https://app.example/a b',
    'https://app.example\\@evil.example/',
    `https://app.example/${'a'.repeat(1000)}`,
    '',
  ])('%s is refused', (text) => expect(isRedirectUri(text)).toBe(false));
});
