import { createHash } from 'node:crypto';
import type pg from 'pg';
import { createPool } from './pool';

/** What is over by then is not announced: hardly any request takes as long. */
const MOMENT_MS = 25;

type Question = 'announce' | 'withdraw' | 'is-elsewhere';

interface Asked {
  readonly question: Question;
  readonly lock: string;
  readonly answer: (yes: boolean) => void;
}

/**
 * Which requests with an Idempotency-Key are at work, told to other processes. An announcement is a session lock on a
 * connection of its own, so it costs no write and ends with the process. Only what takes longer than a moment is announced:
 * the usual booking pays a timer. Of many that wait for one time all ask at once; what comes while a statement is on its way
 * goes with the next.
 */
export class KeysInProgress {
  /** Of one connection, as what one session locked another cannot unlock. Requests are long over when it is closed as idle. */
  private readonly session: pg.Pool;
  private asked: Asked[] = [];
  private isAsking = false;

  constructor(url: string) {
    this.session = createPool(url, 'berth_app', 1);
  }

  /** A request begins. @returns to be called when it is over */
  begin(key: string): () => void {
    const lock = lockOf(key);
    let isOver = false;
    let isAnnounced = false;
    const announce = async (): Promise<void> => {
      isAnnounced = await this.ask('announce', lock);
      if (isOver && isAnnounced) await this.ask('withdraw', lock);
      // Another process has announced the key, or looks at it right now.
      if (!isOver && !isAnnounced) timer = setTimeout(() => void announce(), MOMENT_MS);
    };
    let timer = setTimeout(() => void announce(), MOMENT_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
      if (isAnnounced) void this.ask('withdraw', lock);
    };
  }

  /** Whether another process is at work on a request with this key; what this one has announced does not count. */
  isElsewhere(key: string): Promise<boolean> {
    return this.ask('is-elsewhere', lockOf(key));
  }

  async close(): Promise<void> {
    await this.session.end();
  }

  private ask(question: Question, lock: string): Promise<boolean> {
    return new Promise((answer) => {
      this.asked.push({ question, lock, answer });
      if (!this.isAsking) void this.askAll();
    });
  }

  private async askAll(): Promise<void> {
    this.isAsking = true;
    while (this.asked.length > 0) {
      const now = this.asked;
      this.asked = [];
      const answers = await this.answersTo(now);
      now.forEach((it, i) => it.answer(answers.get(i) ?? false));
    }
    this.isAsking = false;
  }

  /** Announcements help those who repeat a request; where the database does not answer, the request itself says so. */
  private async answersTo(asked: readonly Asked[]): Promise<Map<number, boolean>> {
    const text = `
      select n::integer - 1 as n, case question
        when 'announce' then pg_try_advisory_lock(lock)
        when 'withdraw' then pg_advisory_unlock(lock)
        else case when pg_try_advisory_lock_shared(lock) then not pg_advisory_unlock_shared(lock) else true end end as yes
      from unnest($1::text[], $2::bigint[]) with ordinality as asked(question, lock, n)`;
    try {
      const values = [asked.map((it) => it.question), asked.map((it) => it.lock)];
      const { rows } = await this.session.query<{ n: number; yes: boolean }>(text, values);
      return new Map(rows.map((it) => [it.n, it.yes]));
    } catch {
      return new Map();
    }
  }
}

/** The 64 bits a key is locked by. */
const lockOf = (key: string): string => createHash('sha256').update(key).digest().readBigInt64BE().toString();
