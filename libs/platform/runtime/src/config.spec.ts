import { readConfig } from './config';

describe('SETUP_REOPEN_TOKEN', () => {
  it.each(['short', 'x'.repeat(31), ` ${'x'.repeat(31)} `])('is refused when it is short: %j', (token) =>
    expect(() => readConfig({ SETUP_REOPEN_TOKEN: token })).toThrow('SETUP_REOPEN_TOKEN must have 32 characters or more'),
  );
  it.each([undefined, '', ' '])('is not there when it is %j', (token) =>
    expect(readConfig({ SETUP_REOPEN_TOKEN: token }).setupReopenToken).toBeUndefined(),
  );
  it('is taken as it is', () => expect(readConfig({ SETUP_REOPEN_TOKEN: 'x'.repeat(32) }).setupReopenToken).toBe('x'.repeat(32)));
});
