import { newId } from '@berth/kernel';
import type { Tx } from '@berth/platform/database';

/** A question about a request, as its row has it. */
export interface QuestionRow {
  readonly id: string;
  readonly request_id: string;
  readonly question: string;
  readonly answer: string | null;
}

export async function keepQuestion(tx: Tx, requestId: string, askedBy: string, question: string, now: Date): Promise<QuestionRow> {
  const [row] = await tx.sql<QuestionRow>`
    insert into approval_question (id, org_id, request_id, asked_by, question, asked_at)
    values (${newId()}, ${tx.organizationId}, ${requestId}, ${askedBy}, ${question}, ${now})
    returning id, request_id, question, answer`;
  return row!;
}

/** Keeps the answer to the oldest question of a request that has none; the request is locked. @returns undefined where all are answered */
export async function keepAnswerToQuestion(
  tx: Tx,
  requestId: string,
  answeredBy: string,
  answer: string,
  now: Date,
): Promise<QuestionRow | undefined> {
  const [row] = await tx.sql<QuestionRow>`
    update approval_question set answered_by = ${answeredBy}, answer = ${answer}, answered_at = ${now}
    where id = (select id from approval_question where request_id = ${requestId} and answer is null order by asked_at, id limit 1)
    returning id, request_id, question, answer`;
  return row;
}

/** What events say of a question. */
export const questionFacts = ({ id, question, answer }: QuestionRow) => ({ id, question, answer });
