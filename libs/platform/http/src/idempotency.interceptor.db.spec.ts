import { Problem } from '@berth/contracts';
import { type Context, Database } from '@berth/platform/database';
import { useDatabase } from '@berth/platform/testing';
import type { CallHandler, ExecutionContext } from '@nestjs/common';
import { lastValueFrom, of, Subject, throwError } from 'rxjs';
import { IdempotencyInterceptor } from './idempotency.interceptor';

const db = useDatabase();
const TAKEN: CallHandler = { handle: () => throwError(() => new Problem('reservation-conflict')) };

/** A process: connections of its own, and the requests that reach it. */
function aProcess() {
  const database = new Database(db.url, 2);
  const interceptor = new IdempotencyInterceptor(database);
  return {
    close: () => database.close(),
    send: (work: CallHandler, key = 'a') => lastValueFrom(interceptor.intercept(requestOf(key), work)),
  };
}

function requestOf(key: string): ExecutionContext {
  const request = { method: 'POST', url: '/', body: {}, headers: { 'idempotency-key': key }, actor: { accountId: 'ada' } as Context };
  return { switchToHttp: () => ({ getRequest: () => request, getResponse: () => ({ header: () => undefined }) }) } as ExecutionContext;
}

/** Waits until so many keys are announced, however long it takes. */
async function announced(count: number): Promise<void> {
  for (;;) {
    const [row] = await db.asOwner<{ n: number }>(
      `select count(*)::int as n from pg_locks
       where locktype = 'advisory' and mode = 'ExclusiveLock' and granted and database = (select oid from pg_database where datname = current_database())`,
    );
    if (row?.n === count) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('Requests of one Idempotency-Key in two processes', () => {
  it('are not refused by one while the other is still at work, only afterwards', async () => {
    const [one, other] = [aProcess(), aProcess()];
    const answer = new Subject<string>();
    const first = one.send({ handle: () => answer });
    await announced(1);

    await expect(other.send(TAKEN)).rejects.toMatchObject({ code: 'idempotency-in-progress', extensions: { retryAfter: 1 } });
    await expect(other.send(TAKEN, 'b')).rejects.toMatchObject({ code: 'reservation-conflict' });
    await expect(other.send({ handle: () => of('replayed') })).resolves.toBe('replayed');

    answer.next('done');
    answer.complete();
    await expect(first).resolves.toBe('done');
    await announced(0);
    await expect(other.send(TAKEN)).rejects.toMatchObject({ code: 'reservation-conflict' });
    await Promise.all([one.close(), other.close()]);
  });

  it('are refused as they are when they are alone, however long they took', async () => {
    const one = aProcess();
    const answer = new Subject<string>();
    const only = one.send({ handle: () => answer });
    await announced(1);

    answer.error(new Problem('reservation-conflict'));

    await expect(only).rejects.toMatchObject({ code: 'reservation-conflict' });
    await one.close();
  });

  it('do not wait for a process that has died', async () => {
    const [dying, other] = [aProcess(), aProcess()];
    const answer = new Subject<string>();
    const lost = dying.send({ handle: () => answer });
    await announced(1);

    await dying.close();
    await announced(0);

    await expect(other.send(TAKEN)).rejects.toMatchObject({ code: 'reservation-conflict' });
    answer.complete();
    await lost.catch(() => undefined);
    await other.close();
  });
});
