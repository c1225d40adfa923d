import { createHash, createPublicKey } from 'node:crypto';

const MIN_RSA_BITS = 2048;
const MAX_RSA_BITS = 16_384;
const MAX_COMMENT = 255;
const MAX_TEXT = 12_000;

/** Curves of RFC 5656 §10.1: name in the key, name for JWK, bytes of a coordinate, bits. */
const curves: Readonly<Record<string, { readonly name: string; readonly jwk: string; readonly bytes: number; readonly bits: number }>> = {
  'ecdsa-sha2-nistp256': { name: 'nistp256', jwk: 'P-256', bytes: 32, bits: 256 },
  'ecdsa-sha2-nistp384': { name: 'nistp384', jwk: 'P-384', bytes: 48, bits: 384 },
  'ecdsa-sha2-nistp521': { name: 'nistp521', jwk: 'P-521', bytes: 66, bits: 521 },
};

/** A key that may be used, as `authorized_keys` has it but without options. */
export interface SshPublicKey {
  readonly algorithm: string;
  readonly bits: number;
  /** RFC 4253 §6.6. */
  readonly blob: Buffer;
  readonly comment: string;
  /** `SHA256:…` as OpenSSH shows it. */
  readonly fingerprint: string;
}

export type SshKeyFault =
  'ssh-private-key' | 'ssh-one-line' | 'ssh-options' | 'ssh-algorithm' | 'ssh-malformed' | 'ssh-too-short' | 'ssh-comment';

/** Reads `algorithm base64 comment`; what is wrong, where it is not a key we take. Options in front would be commands on machines. */
export function readSshPublicKey(text: string): SshPublicKey | SshKeyFault {
  const line = text.trim();
  if (line.includes('PRIVATE KEY')) return 'ssh-private-key';
  if (/[\r\n]/.test(line) || line.length > MAX_TEXT) return 'ssh-one-line';
  const [algorithm = '', base64 = '', ...rest] = line.split(/[ \t]+/);
  const takes = checks[algorithm] ?? (curves[algorithm] && ecdsa);
  if (!takes) return checksName(line) ? 'ssh-options' : 'ssh-algorithm';
  const blob = Buffer.from(base64, 'base64');
  if (blob.length === 0 || blob.toString('base64').replace(/=+$/, '') !== base64.replace(/=+$/, '')) return 'ssh-malformed';
  const comment = rest.join(' ');
  if (comment.length > MAX_COMMENT || /\p{Cc}/u.test(comment)) return 'ssh-comment';
  const fields = fieldsOf(blob);
  if (!fields || fields[0]?.toString('latin1') !== algorithm) return 'ssh-malformed';
  const bits = takes(fields, algorithm);
  if (typeof bits === 'string') return bits;
  const fingerprint = `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
  return { algorithm, bits, blob, comment, fingerprint };
}

/** As one line of `authorized_keys`. */
export const writeSshPublicKey = (key: Pick<SshPublicKey, 'algorithm' | 'blob' | 'comment'>): string =>
  [key.algorithm, key.blob.toString('base64'), ...(key.comment === '' ? [] : [key.comment])].join(' ');

type Check = (fields: readonly Buffer[], algorithm: string) => number | SshKeyFault;

const ed25519: Check = ([, key, ...more]) => (key?.length === 32 && more.length === 0 ? 256 : 'ssh-malformed');

const rsa: Check = ([, exponent, modulus, ...more]) => {
  if (!exponent || !modulus || more.length > 0 || !isPositive(exponent) || !isPositive(modulus)) return 'ssh-malformed';
  const bits = bitsOf(modulus);
  const isOdd = (number: Buffer): boolean => (number.at(-1)! & 1) === 1;
  if (!isOdd(exponent) || !isOdd(modulus) || bitsOf(exponent) < 2 || bits > MAX_RSA_BITS) return 'ssh-malformed';
  return bits < MIN_RSA_BITS ? 'ssh-too-short' : bits;
};

const ecdsa: Check = ([, name, point, ...more], algorithm) => {
  const curve = curves[algorithm]!;
  const isWhole = point?.length === 1 + 2 * curve.bytes && point[0] === 4;
  if (!point || !isWhole || name?.toString('latin1') !== curve.name || more.length > 0) return 'ssh-malformed';
  const [x, y] = [point.subarray(1, 1 + curve.bytes), point.subarray(1 + curve.bytes)].map((it) => it.toString('base64url'));
  try {
    // Refuses a point that is not on the curve.
    createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: curve.jwk, x, y } });
    return curve.bits;
  } catch {
    return 'ssh-malformed';
  }
};

const checks: Readonly<Record<string, Check>> = { 'ssh-ed25519': ed25519, 'ssh-rsa': rsa };

/** Whether an algorithm we take stands further on in the line. */
const checksName = (line: string): boolean => /[ \t](ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp\d{3})[ \t]/.test(line);

/** The strings of RFC 4251 §5, or undefined when lengths do not add up. */
function fieldsOf(blob: Buffer): Buffer[] | undefined {
  const fields: Buffer[] = [];
  for (let at = 0; at < blob.length;) {
    if (at + 4 > blob.length) return undefined;
    const end = at + 4 + blob.readUInt32BE(at);
    if (end > blob.length) return undefined;
    fields.push(blob.subarray(at + 4, end));
    at = end;
  }
  return fields;
}

/** An mpint (RFC 4251 §5) above zero, without needless zeros in front. */
const isPositive = (number: Buffer): boolean => {
  const [first, second] = number;
  if (first === undefined || first >= 0x80) return false;
  return first !== 0 || (second !== undefined && second >= 0x80);
};

const bitsOf = (number: Buffer): number => BigInt(`0x${number.toString('hex')}`).toString(2).length;
