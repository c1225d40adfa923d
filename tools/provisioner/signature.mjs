import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';

const TOLERANCE_SECONDS = 300;

/** Signature of Standard Webhooks 1.0 over an id, a time in seconds and the bytes of a body. */
function sign(secret, id, timestamp, body) {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`;
}

/** Whether a request was signed with the secret, within five minutes of now. */
export function isSigned(secret, headers, body, now = Date.now()) {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': given } = headers;
  if (!id || !given || !/^\d+$/.test(timestamp ?? '') || Math.abs(now / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  const expected = Buffer.from(sign(secret, id, timestamp, body));
  // As bytes: a header may have letters that are more than one.
  const signatures = given.split(' ').map((it) => Buffer.from(it));
  return signatures.some((it) => it.length === expected.length && timingSafeEqual(it, expected));
}

/** Headers of a request of our own. @param id of the message; the same when it is sent again */
export function signedHeaders(secret, body, id = randomUUID(), now = Date.now()) {
  const timestamp = String(Math.floor(now / 1000));
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': sign(secret, id, timestamp, body) };
}
