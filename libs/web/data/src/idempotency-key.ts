/**
 * A fresh Idempotency-Key. Make one when a form opens and send it with every attempt of that act, so that a repeated
 * click or a retry after a lost answer has one effect.
 */
export function newIdempotencyKey(): string {
  // randomUUID exists only in secure contexts; a self-hosted console may be read over plain HTTP in a private network.
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (it) => it.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
