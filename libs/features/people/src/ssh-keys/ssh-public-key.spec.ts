import fc from 'fast-check';
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { readSshPublicKey, type SshPublicKey, writeSshPublicKey } from './ssh-public-key';

const field = (bytes: Buffer | string): Buffer => {
  const body = Buffer.from(bytes);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, body]);
};
const mpint = (bytes: Buffer): Buffer => field(bytes[0]! >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
const line = (algorithm: string, ...fields: Buffer[]): string =>
  `${algorithm} ${Buffer.concat([field(algorithm), ...fields]).toString('base64')}`;
const jwk = (value: unknown): Buffer => Buffer.from(String(value), 'base64url');

const ed25519 = line('ssh-ed25519', field(randomBytes(32)));
const rsa = (modulusLength: number): string => {
  const { n, e } = generateKeyPairSync('rsa', { modulusLength }).publicKey.export({ format: 'jwk' });
  return line('ssh-rsa', mpint(jwk(e)), mpint(jwk(n)));
};
const rsa2048 = rsa(2048);
const point = (namedCurve: 'P-256' | 'P-384' | 'P-521'): Buffer => {
  const { x, y } = generateKeyPairSync('ec', { namedCurve }).publicKey.export({ format: 'jwk' });
  return Buffer.concat([Buffer.from([4]), jwk(x), jwk(y)]);
};
const ecdsa = (bits: 256 | 384 | 521): string => line(`ecdsa-sha2-nistp${bits}`, field(`nistp${bits}`), field(point(`P-${bits}`)));

describe('A public key', () => {
  it.each([
    ['ssh-ed25519', 256, ed25519],
    ['ssh-rsa', 2048, rsa2048],
    ['ecdsa-sha2-nistp256', 256, ecdsa(256)],
    ['ecdsa-sha2-nistp384', 384, ecdsa(384)],
    ['ecdsa-sha2-nistp521', 521, ecdsa(521)],
  ])('%s is read with its bits, comment and fingerprint', (algorithm, bits, text) => {
    const blob = Buffer.from(text.split(' ')[1]!, 'base64');
    const fingerprint = `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;

    expect(readSshPublicKey(`  ${text} ada@laptop at home\n`)).toEqual({
      algorithm,
      bits,
      blob,
      comment: 'ada@laptop at home',
      fingerprint,
    });
  });

  it('is the one OpenSSH says it is', () => {
    // ssh-keygen -lf of GitHub's own key, published on docs.github.com.
    const github = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl';

    expect(readSshPublicKey(github)).toMatchObject({ fingerprint: 'SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU' });
  });

  it('is written as it was read', () => {
    const text = `${rsa2048} ada@laptop`;

    expect(writeSshPublicKey(readSshPublicKey(text) as SshPublicKey)).toBe(text);
    expect(writeSshPublicKey(readSshPublicKey(ed25519) as SshPublicKey)).toBe(ed25519);
  });

  it.each([
    ['ssh-private-key', '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmU=\n-----END OPENSSH PRIVATE KEY-----'],
    ['ssh-one-line', `${ed25519}\n${ed25519}`],
    ['ssh-options', `command="/bin/sh" ${ed25519} ada`],
    ['ssh-options', `no-pty,from="10.0.0.0/8" ${ed25519} ada`],
    ['ssh-algorithm', ''],
    ['ssh-algorithm', 'hello'],
    ['ssh-algorithm', `ssh-dss ${ed25519.split(' ')[1]}`],
    ['ssh-algorithm', line('sk-ssh-ed25519@openssh.com', field(randomBytes(32)), field('ssh:'))],
    ['ssh-malformed', 'ssh-ed25519'],
    ['ssh-malformed', 'ssh-ed25519 !!!!'],
    ['ssh-malformed', `ssh-rsa ${ed25519.split(' ')[1]}`],
    ['ssh-malformed', line('ssh-ed25519', field(randomBytes(31)))],
    ['ssh-malformed', line('ssh-ed25519', field(randomBytes(32)), field('more'))],
    ['ssh-malformed', ed25519.slice(0, -4)],
    ['ssh-malformed', line('ssh-rsa', mpint(Buffer.from([1, 0, 1])))],
    ['ssh-malformed', line('ssh-rsa', mpint(Buffer.from([1])), field(Buffer.alloc(257, 0x11)))],
    ['ssh-malformed', line('ssh-rsa', mpint(Buffer.from([1, 0, 1])), field(Buffer.alloc(257, 0xff)))],
    ['ssh-malformed', line('ecdsa-sha2-nistp256', field('nistp384'), field(point('P-256')))],
    ['ssh-malformed', line('ecdsa-sha2-nistp256', field('nistp256'), field(Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 7)])))],
    ['ssh-malformed', line('ecdsa-sha2-nistp256', field('nistp256'), field(point('P-256').subarray(0, 33)))],
    ['ssh-too-short', rsa(1024)],
    ['ssh-comment', `${ed25519} ${'x'.repeat(256)}`],
    ['ssh-comment', `${ed25519} bell\u0007`],
  ])('is refused as %s: %.60s', (fault, text) => {
    expect(readSshPublicKey(text)).toBe(fault);
  });

  it('is never taken from bytes that are not one, and never breaks the reader', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom('ssh-ed25519', 'ssh-rsa', 'ecdsa-sha2-nistp256'),
        (bytes, algorithm) => {
          expect(typeof readSshPublicKey(`${algorithm} ${Buffer.from(bytes).toString('base64')}`)).toBe('string');
        },
      ),
    );
  });
});
