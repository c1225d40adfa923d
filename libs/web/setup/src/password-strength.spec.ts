import { strengthOf } from './password-strength';

describe('the advice about a password', () => {
  it.each([
    ['', 'none'],
    ['hunter2', 'weak'],
    ['password123', 'weak'],
    ['aaaaaaaaaaaaaaaa', 'weak'],
    ['harbour7x', 'fair'],
    ['blue kettle sings at noon', 'good'],
  ])('calls "%s" %s', (password, strength) => {
    expect(strengthOf(password)).toBe(strength);
  });

  it('does not count words about the person', () => {
    expect(strengthOf('ana.kaya.acme', ['ana.kaya', 'acme'])).toBe('weak');
  });
});
