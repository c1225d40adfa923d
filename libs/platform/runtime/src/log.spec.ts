import { createLog } from './log';

/** What the log has to say of an error. */
function logged(error: unknown): { readonly error: Readonly<Record<string, unknown>>; readonly line: string } {
  let line = '';
  createLog('info', { write: (it) => void (line += it) }).error({ error }, 'it stumbled');
  return { ...(JSON.parse(line) as { error: Record<string, unknown> }), line };
}

describe('The log', () => {
  it('says what went wrong and where', () => {
    const { error } = logged(new TypeError('no such thing', { cause: Object.assign(new Error('away'), { code: 'ECONNREFUSED' }) }));
    expect(error).toMatchObject({ type: 'TypeError', message: 'no such thing', cause: { message: 'away', code: 'ECONNREFUSED' } });
    expect(error['stack']).toContain('log.spec.ts');
    expect(logged(new AggregateError([new Error('::1 refused')])).error).toMatchObject({ errors: [{ message: '::1 refused' }] });
    expect(logged('gone').error).toEqual({ message: 'gone' });
  });

  it('LOG-01 keeps back the data it went wrong with', () => {
    const details = {
      code: '23514',
      constraint: 'account_email_shape',
      table: 'account',
      detail: 'Failing row contains (ada@acme.example).',
    };
    const { error, line } = logged(Object.assign(new Error('violates check constraint'), details, { where: 'ada', parameters: ['ada'] }));
    expect(error).toMatchObject({ code: '23514', constraint: 'account_email_shape', table: 'account' });
    expect(line).not.toContain('ada');
  });
});
