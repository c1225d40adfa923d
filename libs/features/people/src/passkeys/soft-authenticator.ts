import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

interface SoftKey {
  readonly id: Buffer;
  readonly rpId: string;
  readonly handle: string;
  readonly privateKey: KeyObject;
  counter: number;
}

/** What a test wants otherwise than a real authenticator would have it. */
export interface Oddity {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  /** Nobody was asked for finger, face or PIN. */
  readonly unverified?: boolean;
  readonly userHandle?: string;
  readonly counter?: number;
  /** Ends of the attestation object, where not `none`. */
  readonly attestation?: Buffer;
}

const PRESENT = 0x01;
const VERIFIED = 0x04;
const ATTESTED = 0x40;

/** An authenticator in memory that makes and uses ES256 keys (WebAuthn Level 3 §6), for tests without a browser. */
export class SoftAuthenticator {
  readonly keys: SoftKey[] = [];

  constructor(private readonly origin: string) {}

  create(options: PublicKeyCredentialCreationOptionsJSON, odd: Oddity = {}): RegistrationResponseJSON {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const id = randomBytes(16);
    const rpId = odd.rpId ?? options.rp.id ?? '';
    this.keys.push({ id, rpId, handle: options.user.id, privateKey, counter: 0 });
    const cose = Buffer.concat([
      Buffer.from('a50102032620012158' + '20', 'hex'),
      Buffer.from(x, 'base64url'),
      Buffer.from('225820', 'hex'),
      Buffer.from(y, 'base64url'),
    ]);
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, cose]);
    const authData = Buffer.concat([this.data(rpId, odd, ATTESTED, 0), attested]);
    return {
      ...named(id),
      response: {
        clientDataJSON: this.client('webauthn.create', options.challenge, odd),
        attestationObject: Buffer.concat([
          // {"fmt": "none", "attStmt": {}, "authData": …}
          odd.attestation ?? Buffer.from('a363666d74646e6f6e656761747453746d74a0', 'hex'),
          Buffer.from('68617574684461746159', 'hex'),
          uint16(authData.length),
          authData,
        ]).toString('base64url'),
        transports: ['internal'],
      },
    };
  }

  get(options: PublicKeyCredentialRequestOptionsJSON, odd: Oddity = {}, key = this.keys.at(-1)): AuthenticationResponseJSON {
    if (!key) throw new Error('this authenticator has no key');
    key.counter = odd.counter ?? key.counter + 1;
    const authData = this.data(odd.rpId ?? key.rpId, odd, 0, key.counter);
    const clientDataJSON = this.client('webauthn.get', options.challenge, odd);
    const signed = Buffer.concat([authData, createHash('sha256').update(Buffer.from(clientDataJSON, 'base64url')).digest()]);
    return {
      ...named(key.id),
      response: {
        clientDataJSON,
        authenticatorData: authData.toString('base64url'),
        signature: sign('sha256', signed, key.privateKey).toString('base64url'),
        userHandle: odd.userHandle ?? key.handle,
      },
    };
  }

  private data(rpId: string, { unverified }: Oddity, flags: number, counter: number): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([PRESENT | flags | (unverified ? 0 : VERIFIED)]), count]);
  }

  private client(type: string, challenge: string, odd: Oddity): string {
    const data = { type, challenge: odd.challenge ?? challenge, origin: odd.origin ?? this.origin, crossOrigin: false };
    return Buffer.from(JSON.stringify(data)).toString('base64url');
  }
}

const uint16 = (n: number): Buffer => Buffer.from([n >> 8, n & 0xff]);

const named = (id: Buffer) => ({
  id: id.toString('base64url'),
  rawId: id.toString('base64url'),
  type: 'public-key' as const,
  clientExtensionResults: {},
});
