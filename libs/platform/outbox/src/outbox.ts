import type { DomainEvent } from '@berth/contracts';
import { newId } from '@berth/kernel';
import { type Context, sql, type Statement, type Tx } from '@berth/platform/database';
import { Injectable } from '@nestjs/common';
import { Bell } from './bell';

/** Who does something: a person in a request, an OAuth2 client in the name of one, or Berth by itself. */
export type Doer = Pick<Context, 'organizationId' | 'client'> & { readonly accountId: string | null; readonly requestId: string | null };

/** What the facts of an event say beside what happened: the client, where it was not the person alone. */
export const via = ({ client }: Pick<Doer, 'client'>): { readonly clientId?: string } => (client ? { clientId: client.id } : {});

/** Writes facts into the transaction that makes them true; they are told once it has committed. */
@Injectable()
export class Outbox {
  constructor(private readonly bell: Bell) {}

  async append(tx: Tx, doer: Doer, ...events: readonly DomainEvent[]): Promise<void> {
    if (events.length > 0) await tx.run(this.toAppend(tx, doer, events));
  }

  /** The same as a part of a statement that the caller runs in this transaction. */
  toAppend(tx: Tx, doer: Doer, events: readonly DomainEvent[]): Statement {
    const rows = events.map(({ type, subject, data }) => ({
      ...{ id: newId(), type, kind: subject.kind, subject: subject.id },
      data: { ...(data as object), ...via(doer) },
    }));
    tx.afterCommit(() => this.ring());
    return sql`
      insert into event (id, org_id, type, subject_kind, subject_id, actor_id, request_id, data)
      select e.id, ${doer.organizationId}, e.type, e.kind, e.subject, ${doer.accountId}, ${doer.requestId}, e.data
      from rows from (jsonb_to_recordset(${JSON.stringify(rows)}) as (id uuid, type text, kind text, subject uuid, data jsonb)) with ordinality as e(id, type, kind, subject, data, n)
      order by n`;
  }

  /** For a statement that writes its event itself. */
  ring(): void {
    this.bell.ring('berth_events');
  }
}
