import { SMTPServer } from 'smtp-server';

/** A mail as it arrived. */
export interface ReceivedMail {
  readonly to: readonly string[];
  /** Names in small letters, unfolded. */
  readonly headers: Readonly<Record<string, string>>;
  readonly source: string;
  /** The plain text, decoded. */
  readonly text: string;
}

/** What the server answers instead of taking the next mail; `of` waits for that recipient. */
interface Answer {
  readonly to?: number;
  /** After the whole mail has arrived. */
  readonly data?: number;
  readonly of?: string;
}

/** An SMTP server that keeps what it is given. */
export interface Sink {
  readonly url: string;
  readonly received: ReceivedMail[];
  readonly answers: Answer[];
  stop(): Promise<void>;
}

/** Starts a server on a free port, for tests that want to see mail arrive. */
export async function startSink(): Promise<Sink> {
  const received: ReceivedMail[] = [];
  const answers: Answer[] = [];
  const refusal = (kind: 'to' | 'data', recipient?: string): Error | undefined => {
    const at = answers.findIndex((it) => it[kind] !== undefined && (it.of === undefined || it.of === recipient));
    const [answer] = at < 0 ? [] : answers.splice(at, 1);
    return answer && Object.assign(new Error('no'), { responseCode: answer[kind] });
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onRcptTo: ({ address }, _session, done) => done(refusal('to', address)),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        received.push(
          readMail(
            Buffer.concat(chunks).toString(),
            session.envelope.rcptTo.map((it) => it.address),
          ),
        );
        done(refusal('data'));
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.server.address() as { port: number };
  return { url: `smtp://127.0.0.1:${port}`, received, answers, stop: () => new Promise((done) => server.close(() => done())) };
}

function readMail(source: string, to: readonly string[]): ReceivedMail {
  const [head = ''] = source.split('\r\n\r\n', 1);
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  return { to, headers, source, text: plainText(source) };
}

/** The `text/plain` part of a multipart mail (RFC 2045 §6). */
function plainText(source: string): string {
  const [, head = '', body = ''] = /(Content-Type: text\/plain[\s\S]*?)\r\n\r\n([\s\S]*?)\r\n--/i.exec(source) ?? [];
  if (/Content-Transfer-Encoding: base64/i.test(head)) return Buffer.from(body, 'base64').toString();
  if (!/Content-Transfer-Encoding: quoted-printable/i.test(head)) return body;
  const bytes = body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}

export { MailWorker } from './mail.worker';
