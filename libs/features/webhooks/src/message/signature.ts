import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const PREFIX = 'whsec_';
const SECRET_BYTES = 32;
/** How far a signed time may lie from now, either way; seconds. */
export const TOLERANCE_SECONDS = 300;

/** What is signed: the id of the message, when this attempt was made and the bytes of the body. */
export interface SignedMessage {
  readonly id: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly body: string | Buffer;
}

/** A new secret: 256 random bits, written as receivers' libraries take it. */
export const newSecret = (): string => PREFIX + randomBytes(SECRET_BYTES).toString('base64');

/** `webhook-signature` of Standard Webhooks 1.0: one signature a secret, parted by spaces. */
export const signatures = (message: SignedMessage, secrets: readonly string[]): string =>
  secrets.map((it) => `v1,${digest(message, it).toString('base64')}`).join(' ');

/** Whether one of the signatures was made with one of the secrets, and not long ago. */
export function isSigned(message: SignedMessage, header: string, secrets: readonly string[], now: Date): boolean {
  if (Math.abs(Math.floor(now.getTime() / 1000) - message.timestamp) > TOLERANCE_SECONDS) return false;
  // As text: base64 has more than one spelling for the same bytes, and only one of them is ours.
  const expected = secrets.map((it) => Buffer.from(signatures(message, [it])));
  const given = header.split(' ').map((it) => Buffer.from(it));
  return given.some((it) => expected.some((one) => one.length === it.length && timingSafeEqual(one, it)));
}

function digest({ id, timestamp, body }: SignedMessage, secret: string): Buffer {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
}
