import { Database } from '@berth/platform/database';
import { Clock, Secrets } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import webPush from 'web-push';

const PLACE = 'push_key/private';

/** The two halves of what browsers know this installation by, as base64url. */
export interface PushKeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** VAPID keys (RFC 8292), made when they are first asked for and kept for good: another pair would silence every browser. */
@Injectable()
export class PushKeys {
  private known: Promise<PushKeyPair> | undefined;

  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  pair(): Promise<PushKeyPair> {
    this.known ??= this.readOrMake().catch((error: unknown) => {
      this.known = undefined;
      throw error;
    });
    return this.known;
  }

  private async readOrMake(): Promise<PushKeyPair> {
    const earlier = await this.read();
    if (earlier) return earlier;
    const { publicKey, privateKey } = webPush.generateVAPIDKeys();
    // Of two processes that make one at once the first counts for both.
    await this.database.system.sql`
      insert into push_key (public_key, private_sealed, created_at) values (${publicKey}, ${this.secrets.seal(privateKey, PLACE)}, ${this.clock.now()})
      on conflict do nothing`;
    const made = await this.read();
    if (!made) throw new Error('the push keys were not kept');
    return made;
  }

  private async read(): Promise<PushKeyPair | undefined> {
    const [row] = await this.database.system.sql<{
      public_key: string;
      private_sealed: Buffer;
    }>`select public_key, private_sealed from push_key`;
    return row && { publicKey: row.public_key, privateKey: this.secrets.open(row.private_sealed, PLACE).toString() };
  }
}
