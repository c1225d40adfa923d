import type pg from 'pg';
import { claimKey, type IdempotentRequest, keepResult } from './idempotency';
import { HotStatements } from './hot-statements';
import { KeysInProgress } from './keys-in-progress';
import { createPool, inTransaction, lent, onClient, type OpenedOnDemand, send, STALE_PLAN } from './pool';
import { type Sql, sql, type Statement, type Tx } from './sql';

/** What somebody is known by who does something, with its id; `system` is Berth itself, and the id that of the work, where it has one. */
export type Via = { readonly kind: 'session' | 'token' | 'client' | 'system'; readonly id: string | null } | StandInVia;

/** A session of somebody who acts as the account: they did it, on its behalf. */
export interface StandInVia {
  readonly kind: 'stand-in';
  readonly id: string;
  /** Their account. */
  readonly by: string;
}

/** On whose behalf a statement runs. */
export interface Context {
  readonly organizationId: string;
  readonly accountId: string;
  readonly requestId: string;
  /** The OAuth2 client that acts in the name of the account; left out where no program stands between. */
  readonly client?: { readonly id: string };
  /** What the account is known by; null where nobody has signed in; left out for what Berth does in its name, and by letters. */
  readonly via?: Via | null;
  /** Account somebody with the right to do so acts for. */
  readonly onBehalfOf?: string;
  /** The Idempotency-Key the request came with; the first transaction of the request claims it. */
  readonly idempotency?: IdempotentRequest;
}

const MAX_RETRIES = 5;
const DEADLOCK = '40P01';
const SERIALIZATION = '40001';

/**
 * The one way to PostgreSQL. `of(organization)` and `transaction` see one organization, by row security; `system` and
 * `systemTransaction` see all and are for what works across them: signing in, the sequencer, the sweepers.
 */
export class Database {
  private readonly app: pg.Pool;
  private readonly everywhere: pg.Pool;
  /** Organization a pooled connection was last set to, so that setting it again is only paid when it changes. */
  private readonly organizationOf = new WeakMap<pg.PoolClient, string>();
  private readonly hot = new HotStatements();
  /** Transactions that had to be run again; zero is expected, and shown in the metrics. */
  retries = 0;
  /** What is at work on requests that may be repeated, in all processes. */
  readonly keysInProgress: KeysInProgress;

  constructor(url: string, poolSize: number) {
    this.app = createPool(url, 'berth_app', poolSize);
    this.everywhere = createPool(url, 'berth_system', 8);
    this.keysInProgress = new KeysInProgress(url);
  }

  /** Single statements in one organization, each on a connection of the pool. */
  of(organizationId: string): Sql {
    const run = <Row extends object>(statement: Statement): Promise<Row[]> =>
      this.repeat(() => this.withClient(organizationId, (client) => onClient(client, this.hot).run<Row>(statement)));
    return { run, sql: (strings, ...parts) => run(sql(strings, ...parts)) };
  }

  /** Single statements across organizations. */
  get system(): Sql {
    const run = <Row extends object>(statement: Statement): Promise<Row[]> =>
      lent(this.everywhere, (client) => onClient(client, this.hot).run<Row>(statement));
    return { run, sql: (strings, ...parts) => run(sql(strings, ...parts)) };
  }

  /**
   * Sends one prepared statement in one round trip, without setting the organization: the statement does that itself.
   * @param name unique for the text; the server plans it once a connection
   */
  prepared<Row extends object>(name: string, statement: Statement): Promise<Row[]> {
    return lent(this.app, (client) => send<Row>(client, { name, ...statement.compile() }));
  }

  /**
   * Runs `work` in one transaction of the context's organization: all of it happens, or none of it. Run again when
   * PostgreSQL asks for it. With an Idempotency-Key the result is kept with the effect, and given again when the
   * request is repeated; it must then be plain JSON.
   * @throws Problem `idempotency-key-reused` when the key came with another request before
   */
  async transaction<T>(context: Context, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.repeat(async () => {
      const told: (() => void)[] = [];
      const claims = context.idempotency?.claimed === false;
      const result = await this.withClient(context.organizationId, (client) =>
        committed(inTransaction(client, this.hot), { organizationId: context.organizationId, told }, async (tx) => {
          const earlier = await claimKey<T>(tx, context);
          if (earlier) return earlier.result;
          const made = await work(tx);
          if (claims) await keepResult(tx, context, made);
          return made;
        }),
      ).catch((error: unknown) => {
        // What was rolled back took the claim with it; the next attempt claims again.
        if (claims && context.idempotency) context.idempotency.claimed = false;
        throw error;
      });
      for (const tell of told) tell();
      return result;
    });
  }

  /** A transaction across organizations. */
  async systemTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.repeat(async () => {
      const told: (() => void)[] = [];
      const result = await lent(this.everywhere, (client) =>
        committed(inTransaction(client, this.hot), { organizationId: null, told }, work),
      );
      for (const tell of told) tell();
      return result;
    });
  }

  async close(): Promise<void> {
    await Promise.all([this.app.end(), this.everywhere.end(), this.keysInProgress.close()]);
  }

  private withClient<T>(organizationId: string, use: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    return lent(this.app, async (client) => {
      if (this.organizationOf.get(client) !== organizationId) {
        await send(client, { text: `select set_config('app.org', $1, false)`, values: [organizationId] });
        this.organizationOf.set(client, organizationId);
      }
      return use(client);
    });
  }

  private async repeat<T>(attempt: () => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries++) {
      try {
        return await attempt();
      } catch (error) {
        const code = (error as { code?: string }).code;
        if ((code !== DEADLOCK && code !== SERIALIZATION && code !== STALE_PLAN) || tries >= MAX_RETRIES) throw error;
        this.retries++;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** tries));
      }
    }
  }
}

async function committed<T>(
  opened: OpenedOnDemand,
  { organizationId, told }: { readonly organizationId: string | null; readonly told: (() => void)[] },
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  try {
    const result = await work({
      ...{ run: opened.run, sql: opened.sql },
      ...{ organizationId, inTransaction: true, afterCommit: (tell) => told.push(tell) },
    });
    await opened.commit();
    return result;
  } catch (error) {
    await opened.rollBack();
    throw error;
  }
}

/** Name of the constraint a statement broke, if that is why it failed. */
export function brokenConstraint(error: unknown): string | undefined {
  const { code, constraint } = error as { code?: string; constraint?: string };
  return code?.startsWith('23') ? constraint : undefined;
}
