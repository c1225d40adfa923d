import { SigningKeys } from '@berth/platform/auth';
import { Injectable } from '@nestjs/common';
import { CompactSign, compactVerify } from 'jose';

const TYPE = 'berth-checkpoint+jws';

/** A place of an organization's chain. */
export interface Place {
  readonly organizationId: string;
  readonly sequence: number;
  /** Of the event with that sequence. */
  readonly hash: Buffer;
  readonly at: Date;
}

/** A place the installation has put its name to. */
export interface Checkpoint extends Place {
  /** Compact JWS; its key is one of `/.well-known/jwks.json`. */
  readonly signature: string;
}

/** Signs places of the chain, and tells whether a signature is of this installation and of this place. */
@Injectable()
export class CheckpointSigner {
  constructor(private readonly keys: SigningKeys) {}

  async sign(place: Place): Promise<string> {
    const key = await this.keys.current();
    return new CompactSign(said(place)).setProtectedHeader({ alg: 'ES256', kid: key.id, typ: TYPE }).sign(key.privateKey);
  }

  async isGenuine(checkpoint: Checkpoint): Promise<boolean> {
    const keys = await this.keys.all();
    try {
      const { payload, protectedHeader } = await compactVerify(
        checkpoint.signature,
        ({ kid }) => {
          const key = keys.find((it) => it.id === kid);
          if (!key) throw new Error('unknown key');
          return key.publicKey;
        },
        { algorithms: ['ES256'] },
      );
      return protectedHeader.typ === TYPE && Buffer.from(payload).equals(said(checkpoint));
    } catch {
      return false;
    }
  }
}

const said = ({ organizationId, sequence, hash, at }: Place): Buffer =>
  Buffer.from(JSON.stringify({ organization: organizationId, sequence, hash: hash.toString('hex'), at: at.toISOString() }));
