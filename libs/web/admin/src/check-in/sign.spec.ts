import { qrPath } from '@berth/web/ui';
import { signLines } from './sign-lines';

describe('a door sign', () => {
  it('draws dark modules beside each other as one', () => {
    expect(
      qrPath([
        [true, true, false, true],
        [false, false, false, false],
        [true, false, false, false],
      ]),
    ).toBe('M0 0h2v1h-2zM3 0h1v1h-1zM0 2h1v1h-1z');
  });

  it('breaks a name between its words', () => {
    expect(signLines('Lab for scanning microscopy', 16)).toEqual(['Lab for scanning', 'microscopy']);
    expect(signLines('Donaudampfschifffahrtsraum', 16)).toEqual(['Donaudampfschifffahrtsraum']);
  });
});
