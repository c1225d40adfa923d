import type { Context, Database } from '@berth/platform/database';
import type { CallHandler, ExecutionContext } from '@nestjs/common';
import { lastValueFrom, type Observable, Subject } from 'rxjs';
import { IdempotencyInterceptor } from './idempotency.interceptor';

/** A request of an account with a key. */
function requestOf(accountId: string, key: string): ExecutionContext {
  const request = { method: 'POST', url: '/', body: {}, headers: { 'idempotency-key': key }, actor: { accountId } as Context };
  return { switchToHttp: () => ({ getRequest: () => request, getResponse: () => ({ header: () => undefined }) }) } as ExecutionContext;
}

/** Work that ends when it is told to. */
class Work implements CallHandler {
  readonly answer = new Subject<string>();
  isBegun = false;

  handle(): Observable<string> {
    this.isBegun = true;
    return this.answer;
  }

  end(): void {
    this.answer.next('done');
    this.answer.complete();
  }
}

/** One process only. */
const aloneInTheWorld = {
  keysInProgress: { begin: () => () => undefined, isElsewhere: () => Promise.resolve(false) },
} as unknown as Database;

const moment = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('Requests with an Idempotency-Key', () => {
  it('come one after another when they are of one key and one account', async () => {
    const interceptor = new IdempotencyInterceptor(aloneInTheWorld);
    const [first, second, third, other, stranger] = [new Work(), new Work(), new Work(), new Work(), new Work()];
    const send = (work: Work, account = 'ada', key = 'a') => lastValueFrom(interceptor.intercept(requestOf(account, key), work));
    const answers = [send(first), send(second), send(third), send(other, 'ada', 'b'), send(stranger, 'bob')];
    await moment();

    expect([first, second, third, other, stranger].map((it) => it.isBegun)).toEqual([true, false, false, true, true]);

    first.answer.error(new Error('taken'));
    await expect(answers[0]).rejects.toThrow('taken');
    await moment();
    expect([second.isBegun, third.isBegun]).toEqual([true, false]);

    second.end();
    await moment();
    third.end();
    other.end();
    stranger.end();
    await expect(Promise.all(answers.slice(1))).resolves.toEqual(['done', 'done', 'done', 'done']);
  });

  it('are told to come back when the first takes too long, and then find it over', async () => {
    const interceptor = new IdempotencyInterceptor(aloneInTheWorld);
    const [first, second, third] = [new Work(), new Work(), new Work()];
    const send = (work: Work) => lastValueFrom(interceptor.intercept(requestOf('ada', 'a'), work));
    const answer = send(first);

    await expect(send(second)).rejects.toMatchObject({ code: 'idempotency-in-progress' });
    first.end();
    await answer;
    const repeated = send(third);
    await moment();
    third.end();

    await expect(repeated).resolves.toBe('done');
    expect(second.isBegun).toBe(false);
  });

  it('keep their turn when whoever asked has gone, as what was begun goes on', async () => {
    const interceptor = new IdempotencyInterceptor(aloneInTheWorld);
    const [first, second] = [new Work(), new Work()];
    const asked = interceptor.intercept(requestOf('ada', 'a'), first).subscribe();
    await moment();
    asked.unsubscribe();
    const again = lastValueFrom(interceptor.intercept(requestOf('ada', 'a'), second));
    await moment();
    expect(second.isBegun).toBe(false);

    first.end();
    await moment();
    expect(second.isBegun).toBe(true);
    second.end();
    await expect(again).resolves.toBe('done');
  });
});
