import { safeReturnUrl } from './return-url';

describe('the address after sign-in', () => {
  it('is the one somebody wanted', () => {
    expect(safeReturnUrl('/timeline?date=2026-11-24')).toBe('/timeline?date=2026-11-24');
  });

  it.each([undefined, '', 'https://elsewhere.example', '//elsewhere.example', '/\\elsewhere.example', '/login?returnUrl=/login'])(
    'is the start instead of %s',
    (wanted) => {
      expect(safeReturnUrl(wanted)).toBe('/');
    },
  );
});
