import { Problem, reservationEvent, difference } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { Database, type Tx } from '@berth/platform/database';
import { Outbox } from '@berth/platform/outbox';
import { Clock } from '@berth/platform/runtime';
import { ResourceCatalogue, type ResourceTerms } from '@berth/resources';
import { answered, type CustomValues, isFinal } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { reservationToChange } from './change';
import type { Reservation } from './reservation';
import { termsOfReservation } from './reservation-terms';
import { ReservationQueries } from './reservations.queries';
import { readFacts } from './reservation.store';
import { demandAnswers } from './wish';

/** Merge patch (RFC 7396) of what does not touch the time: undefined keeps, null removes. */
export interface DetailsPatch {
  readonly title?: string | null;
  readonly description?: string | null;
  readonly private?: boolean;
  readonly attendees?: number | null;
  /** By the key of the field; null takes an answer back. */
  readonly customFields?: Readonly<Record<string, unknown>>;
}

/** Changes title, description, privacy or the number of people. */
@Injectable()
export class ChangeDetails {
  constructor(
    private readonly database: Database,
    private readonly queries: ReservationQueries,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly catalogue: ResourceCatalogue,
  ) {}

  /** @throws Problem `not-found`, `permission-denied`, `invalid-state`, `precondition-failed` */
  async execute(actor: Actor, id: string, { customFields, ...patch }: DetailsPatch, ifMatch?: number): Promise<Reservation> {
    const now = this.clock.now();
    const items = customFields ? await termsOfReservation(this.database.of(actor.organizationId), this.catalogue, actor, id) : [];
    return this.database.transaction(actor, async (tx) => {
      const row = await reservationToChange(tx, actor, id, ifMatch, this.queries);
      if (isFinal(row.status)) throw new Problem('invalid-state', { state: row.status });
      const before = { title: row.title, description: row.description, private: row.private, attendees: row.attendees };
      const after = { ...before, ...withoutUndefined(patch) };
      if (customFields)
        await this.answer(
          tx,
          id,
          items.map((it) => it.resource),
          customFields,
        );
      await tx.sql`
        update reservation
        set title = ${after.title}, description = ${after.description}, private = ${after.private}, attendees = ${after.attendees},
            version = version + 1, updated_at = ${now}
        where id = ${id}`;
      const [facts] = await readFacts(tx, [id]);
      // What is private before or after stays out of the log everyone's streams are fed from.
      const isPrivate = row.private || after.private;
      const previous = isPrivate ? { private: row.private } : before;
      const change = isPrivate ? difference(previous, { private: after.private }) : difference(before, after);
      await this.outbox.append(tx, actor, reservationEvent('reservation.updated', { ...facts!, previous, ...change }));
      return this.queries.one(actor, id, tx);
    });
  }

  /** Merges the answers with those given before. @throws Problem `validation-failed` */
  private async answer(tx: Tx, id: string, resources: readonly ResourceTerms[], patch: Readonly<Record<string, unknown>>): Promise<void> {
    const [row] = await tx.sql<{ custom_fields: CustomValues }>`select custom_fields from reservation where id = ${id}`;
    // What the type does not ask any more stays as it was answered; only what is sent is judged with what is asked now.
    const asked = new Set(resources.flatMap((it) => it.fields).map((it) => it.key));
    const kept = Object.fromEntries(Object.entries(row?.custom_fields ?? {}).filter(([key]) => asked.has(key)));
    demandAnswers(resources, { ...kept, ...patch });
    await tx.sql`update reservation set custom_fields = ${JSON.stringify(answered({ ...row?.custom_fields, ...patch }))} where id = ${id}`;
  }
}

const withoutUndefined = (patch: DetailsPatch): DetailsPatch =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
