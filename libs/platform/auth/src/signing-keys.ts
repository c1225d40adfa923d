import { Database } from '@berth/platform/database';
import { Clock, Secrets } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';

interface KeyRow {
  id: string;
  private_sealed: Buffer;
  public_jwk: JWK;
}

/** One key of access tokens, ready to use. */
export interface SigningKey {
  readonly id: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly publicJwk: JWK;
}

/** ES256 keys of access tokens, shared by all processes through the database; the private half is sealed there. */
@Injectable()
export class SigningKeys {
  private loaded: Promise<readonly SigningKey[]> | undefined;

  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  /** The key that signs now. */
  async current(): Promise<SigningKey> {
    const [newest] = await this.all();
    if (!newest) throw new Error('there is no signing key');
    return newest;
  }

  /** Every key a token may still be signed with, newest first. A first call on an empty database makes one. */
  all(): Promise<readonly SigningKey[]> {
    this.loaded ??= this.load().catch((error: unknown) => {
      this.loaded = undefined;
      throw error;
    });
    return this.loaded;
  }

  private async load(): Promise<readonly SigningKey[]> {
    const rows = await this.database.systemTransaction(async (tx) => {
      await tx.sql`select pg_advisory_xact_lock(hashtext('berth.signing-key'))`;
      const read = () => tx.sql<KeyRow>`
        select id, private_sealed, public_jwk from signing_key where retired_at is null order by created_at desc`;
      const existing = await read();
      if (existing.length > 0) return existing;
      const made = await this.generate();
      await tx.sql`
        insert into signing_key (id, private_sealed, public_jwk, created_at)
        values (${made.id}, ${made.sealed}, ${JSON.stringify(made.publicJwk)}, ${this.clock.now()})`;
      return read();
    });
    return Promise.all(rows.map((row) => this.open(row)));
  }

  private async generate(): Promise<{ id: string; sealed: Buffer; publicJwk: JWK }> {
    const pair = await generateKeyPair('ES256', { extractable: true });
    const publicJwk = await exportJWK(pair.publicKey);
    const id = createHash('sha256').update(JSON.stringify(publicJwk)).digest('base64url').slice(0, 16);
    const sealed = this.secrets.seal(JSON.stringify(await exportJWK(pair.privateKey)), `signing_key/${id}/private`);
    return { id, sealed, publicJwk: { ...publicJwk, kid: id, alg: 'ES256', use: 'sig' } };
  }

  private async open(row: KeyRow): Promise<SigningKey> {
    let privateJwk: JWK;
    try {
      privateJwk = JSON.parse(this.secrets.open(row.private_sealed, `signing_key/${row.id}/private`).toString()) as JWK;
    } catch (error) {
      throw new Error('The secret key does not fit this database: restore BERTH_SECRET_KEY or secret.key in the data directory.', {
        cause: error,
      });
    }
    const [privateKey, publicKey] = await Promise.all([importJWK(privateJwk, 'ES256'), importJWK(row.public_jwk, 'ES256')]);
    return { id: row.id, privateKey: privateKey as CryptoKey, publicKey: publicKey as CryptoKey, publicJwk: row.public_jwk };
  }
}
