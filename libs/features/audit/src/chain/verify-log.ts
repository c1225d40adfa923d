import { Database, type Sql } from '@berth/platform/database';
import { Injectable } from '@nestjs/common';
import { checkpointsOf, contradicted, cutOf, endsOf, type Fault, follow, type Followed, ORIGIN, whyBroken } from './chain.queries';
import { type Checkpoint, CheckpointSigner } from './checkpoint';

const ROWS_AT_ONCE = 5_000;
/** One request looks at no more; it says where to go on. */
export const MOST_ROWS = 100_000;

/** What following the log has shown. */
export interface Verification {
  readonly intact: boolean;
  readonly checked: number;
  /** Sequences of the first and the last event that were looked at; null of an empty log. */
  readonly from: number | null;
  readonly to: number | null;
  /** Where to go on, where there is more than one request looks at. */
  readonly next: number | null;
  /** The first event that does not fit. */
  readonly brokenAt: number | null;
  readonly fault: Fault | null;
  /** The latest place the installation has signed. */
  readonly checkpoint: Pick<Checkpoint, 'sequence' | 'at' | 'signature'> | null;
}

/** Follows the chain of an organization's events from its beginning, or from where the log was cut, to its end. */
@Injectable()
export class VerifyLog {
  constructor(
    private readonly database: Database,
    private readonly signer: CheckpointSigner,
  ) {}

  /** @param after sequence an earlier call got to, to go on from there */
  async execute(organizationId: string, after = 0, most = MOST_ROWS): Promise<Verification> {
    const db = this.database.of(organizationId);
    const checkpoints = await checkpointsOf(db, organizationId);
    const cut = await cutOf(db, organizationId);
    const begin = await beginning(db, organizationId, checkpoints, Math.max(after, cut?.sequence ?? 0));
    const walked = await this.walk(db, organizationId, begin, most);
    // Those of the part that was looked at: each takes a signature to be checked, and there are thousands a year.
    const signed = checkpoints.filter((it) => it.sequence >= begin.reached && (walked.isAll || it.sequence <= walked.reached));
    const wrong = [
      walked.wrong,
      cut && !cut.isTold ? { at: cut.sequence, fault: 'truncated' as const } : undefined,
      ...(await this.wrongCheckpoints(db, organizationId, { all: checkpoints, signed }, cut?.sequence ?? 0)).filter(
        (it) => it.fault === 'forged-checkpoint' || !walked.wrong,
      ),
    ].flatMap((it) => it ?? []);
    const first = wrong.sort((a, b) => a.at - b.at)[0];
    const latest = checkpoints.at(-1);
    return {
      ...{ intact: first === undefined, checked: walked.checked },
      ...{ from: walked.checked > 0 ? begin.reached + 1 : null, to: walked.checked > 0 ? walked.reached : null },
      ...{ next: first === undefined && !walked.isAll ? walked.reached : null },
      ...{ brokenAt: first?.at ?? null, fault: first?.fault ?? null },
      checkpoint: latest ? { sequence: latest.sequence, at: latest.at, signature: latest.signature } : null,
    };
  }

  private async walk(db: Sql, organizationId: string, begin: Pick<Followed, 'reached' | 'hash'>, most: number): Promise<Walk> {
    let at: Followed = { ...begin, checked: 0, brokenAt: null };
    for (let checked = 0; ;) {
      at = await follow(db, organizationId, at, Math.min(ROWS_AT_ONCE, most - checked));
      checked += at.checked;
      if (at.brokenAt !== null) return { checked, reached: at.reached, isAll: true, wrong: await whyBroken(db, organizationId, at) };
      if (checked >= most) return { checked, reached: at.reached, isAll: false };
      if (at.checked === ROWS_AT_ONCE) continue;
      const ends = await endsOf(db, organizationId);
      // What was written meanwhile is followed as well.
      if (ends.there > at.reached && ends.said >= ends.there) continue;
      return { checked, reached: at.reached, isAll: true, ...wrongEnd(at, ends) };
    }
  }

  /** What was signed and is not so: the row was written anew with all after it, is gone, or nobody of ours has signed. */
  private async wrongCheckpoints(
    db: Sql,
    organizationId: string,
    { all, signed }: { readonly all: readonly Checkpoint[]; readonly signed: readonly Checkpoint[] },
    cut: number,
  ): Promise<Wrong[]> {
    const wrong: Wrong[] = [];
    const ends = await endsOf(db, organizationId);
    for (const it of await contradicted(db, organizationId, cut)) {
      const before = all.findLast((one) => one.sequence < it.sequence)?.sequence ?? 0;
      wrong.push(
        ends.there < it.sequence ? { at: ends.there + 1, fault: 'truncated' } : { at: Math.max(before, cut) + 1, fault: 'rewritten' },
      );
    }
    for (const it of signed) if (!(await this.signer.isGenuine(it))) wrong.push({ at: it.sequence, fault: 'forged-checkpoint' });
    return wrong;
  }
}

interface Wrong {
  readonly at: number;
  readonly fault: Fault;
}

interface Walk {
  readonly checked: number;
  readonly reached: number;
  readonly isAll: boolean;
  readonly wrong?: Wrong;
}

async function beginning(
  db: Sql,
  organizationId: string,
  checkpoints: readonly Checkpoint[],
  after: number,
): Promise<Pick<Followed, 'reached' | 'hash'>> {
  if (after === 0) return ORIGIN;
  const signed = checkpoints.find((it) => it.sequence === after);
  if (signed) return { reached: after, hash: signed.hash };
  const [row] = await db.sql<{ hash: Buffer }>`select hash from event where org_id = ${organizationId} and sequence = ${after}`;
  return row ? { reached: after, hash: row.hash } : ORIGIN;
}

function wrongEnd(
  { reached, hash }: Followed,
  { said, hash: saidHash, there }: { said: number; hash: Buffer | null; there: number },
): { wrong?: Wrong } {
  if (said > there) return { wrong: { at: there + 1, fault: 'truncated' } };
  if (there > said) return { wrong: { at: said + 1, fault: 'inserted' } };
  return said === reached && saidHash && !saidHash.equals(hash) ? { wrong: { at: reached, fault: 'edited' } } : {};
}
