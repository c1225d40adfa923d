import type { DomainEvent } from '@berth/contracts';
import { newId } from '@berth/kernel';
import { type Context, sql, type Statement, type Tx, type Via } from '@berth/platform/database';
import { originOf } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { Bell } from './bell';

/** Who does something: a person in a request, an OAuth2 client in the name of one, or Berth by itself. */
export type Doer = Pick<Context, 'organizationId' | 'client' | 'via' | 'onBehalfOf'> & {
  readonly accountId: string | null;
  readonly requestId: string | null;
};

/** Where an event came from, as it stands in its row. */
export interface EventOrigin {
  readonly traceparent: string | null;
  readonly address: string | null;
  readonly viaKind: Via['kind'] | null;
  readonly viaId: string | null;
}

/** Who an event says did it, and for whom: somebody who stands in for the account did it on its behalf, whatever else it is for. */
const namesIn = ({ accountId, via, onBehalfOf }: Doer): { readonly actorId: string | null; readonly onBehalfOf: string | null } =>
  via?.kind === 'stand-in' ? { actorId: via.by, onBehalfOf: accountId } : { actorId: accountId, onBehalfOf: onBehalfOf ?? null };

export function eventOrigin(doer: Omit<Doer, 'organizationId'>): EventOrigin {
  const origin = originOf(doer.requestId);
  const known = knownBy(doer, origin !== undefined);
  return {
    traceparent: origin?.traceparent ?? null,
    address: origin?.address ?? null,
    viaKind: known?.kind ?? null,
    viaId: known?.id ?? null,
  };
}

/** null where a request came from somebody who had not signed in. */
function knownBy({ accountId, requestId, via, client }: Omit<Doer, 'organizationId'>, inRequest: boolean): Via | null {
  if (via === null || (accountId !== null && via)) return via;
  if (accountId !== null && client) return { kind: 'client', id: client.id };
  return accountId !== null && inRequest ? null : { kind: 'system', id: requestId };
}

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
    const origin = eventOrigin(doer);
    const names = namesIn(doer);
    tx.afterCommit(() => this.ring());
    return sql`
      insert into event (id, org_id, type, subject_kind, subject_id, actor_id, request_id, data, traceparent, address, via_kind, via_id, on_behalf_of)
      select e.id, ${doer.organizationId}, e.type, e.kind, e.subject, ${names.actorId}, ${doer.requestId}, e.data,
             ${origin.traceparent}, ${origin.address}::inet, ${origin.viaKind}, ${origin.viaId}, ${names.onBehalfOf}::uuid
      from rows from (jsonb_to_recordset(${JSON.stringify(rows)}) as (id uuid, type text, kind text, subject uuid, data jsonb)) with ordinality as e(id, type, kind, subject, data, n)
      order by n`;
  }

  /** For a statement that writes its event itself. */
  ring(): void {
    this.bell.ring('berth_events');
  }
}
