import { execFileSync } from 'node:child_process';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { verifySnippets } from './verify-snippets';

const secret = `whsec_${Buffer.from('a secret of thirty-two bytes ...').toString('base64')}`;
const body = JSON.stringify({ type: 'reservation.created', title: 'Frühstück' });

/** What a sender that follows the standard sends; two secrets sign. */
function headersAt(at: Date): Record<string, string> {
  const [other, ours] = [`whsec_${Buffer.from('the secret before it, as long ..').toString('base64')}`, secret];
  const signatures = [other, ours].map((it) => new Webhook(it).sign('msg_1', at, body));
  return {
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': signatures.join(' '),
  };
}

const cases = (): readonly {
  readonly name: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly is: boolean;
}[] => [
  { name: 'genuine', headers: headersAt(new Date()), body, is: true },
  { name: 'another body', headers: headersAt(new Date()), body: body.replace('F', 'f'), is: false },
  { name: 'old', headers: headersAt(new Date(Date.now() - 301_000)), body, is: false },
  { name: 'another id', headers: { ...headersAt(new Date()), 'webhook-id': 'msg_2' }, body, is: false },
];

const codeOf = (language: string): string => verifySnippets.find((it) => it.language === language)!.code;

describe('What receivers are shown to check signatures with', () => {
  it('takes ours and nothing else in JavaScript', () => {
    const source = codeOf('JavaScript')
      .replace(/^import .*$/m, '')
      .replace('export ', '');
    const make = new Function('createHmac', 'timingSafeEqual', `${source}; return isGenuine;`) as (
      ...parts: unknown[]
    ) => (headers: Record<string, string>, rawBody: string, key: string) => boolean;
    const isGenuine = make(createHmac, timingSafeEqual);

    for (const it of cases()) expect([it.name, isGenuine(it.headers, it.body, secret)]).toEqual([it.name, it.is]);
  });

  it('takes ours and nothing else in Python, where there is one', () => {
    const asked = cases().map((it) => [it.headers, it.body]);
    const script = `${codeOf('Python')}
import json, sys
for headers, body in json.loads(sys.argv[1]):
    print(is_genuine(headers, body.encode(), sys.argv[2]))`;
    let printed: string;
    try {
      printed = execFileSync('python3', ['-c', script, JSON.stringify(asked), secret], { encoding: 'utf8' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      throw error;
    }
    expect(printed.trim().split('\n')).toEqual(cases().map((it) => (it.is ? 'True' : 'False')));
  });
});
