import { Problem } from '@berth/contracts';
import { addMinutes, newId } from '@berth/kernel';
import { type Actor, denied } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { Clock } from '@berth/platform/runtime';
import { type Criteria, demandAnswers, fieldsOf, namedInEntry, refuse, takenTwice, Waiting } from '@berth/reservations';
import { maySee, ResourceCatalogue, type ResourceTerms } from '@berth/resources';
import { answered, answersTo, type CustomValues } from '@berth/scheduling';
import { Injectable } from '@nestjs/common';
import { answersAll, type WaitlistEntry } from './entry';
import { WaitlistQueries } from './waitlist.queries';

export interface JoinCommand {
  /** What is wanted, several together or not at all; none where criteria say what would do. */
  readonly resourceIds: readonly string[];
  readonly criteria?: Criteria;
  readonly start: Date;
  readonly end: Date;
  readonly timeZone?: string;
  readonly flexMinutes: number;
  readonly quantity: number;
  readonly autoAccept: boolean;
  readonly title?: string | null;
  /** Answers to what the types of the resources ask. */
  readonly customFields?: Readonly<Record<string, unknown>>;
  /** For those who manage reservations: higher goes first. */
  readonly priority: number;
}

/** Lets somebody wait for a time; when it is free already, it is offered at once. */
@Injectable()
export class JoinWaitlist {
  constructor(
    private readonly database: Database,
    private readonly catalogue: ResourceCatalogue,
    private readonly queries: WaitlistQueries,
    private readonly waiting: Waiting,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not-found`, `validation-failed` for a time that has passed or an answer that is missing, `already-exists`, `policy-violation`, `permission-denied` for criteria with a token of some places */
  async execute(actor: Actor, command: JoinCommand): Promise<WaitlistEntry> {
    const now = this.clock.now();
    if (addMinutes(command.start, command.flexMinutes) <= now)
      throw new Problem('validation-failed', { errors: [{ pointer: '/start', code: 'in-the-past', detail: 'must lie ahead' }] });
    const isNamed = command.resourceIds.length > 0;
    // What fits criteria is looked for later, with the rights of the person and not of the token.
    if (!isNamed && actor.within) throw denied('reservation:create');
    const candidates = await this.candidates(actor, command);
    const zone = command.timeZone ?? (isNamed ? candidates[0]?.timeZone : undefined) ?? 'UTC';
    if (isNamed) refuse(takenTwice(candidates));
    const answers = demandAnswersOfOne(isNamed ? [candidates] : candidates.map((it) => [it]), command.customFields ?? {});
    return this.database.transaction(actor, async (tx) => {
      const id = newId();
      const entry = {
        id,
        org_id: actor.organizationId,
        account_id: actor.accountId,
        ...namedInEntry(command.resourceIds),
        criteria: command.criteria ?? null,
        starts_at: command.start,
        ends_at: command.end,
        time_zone: zone,
        flex_minutes: command.flexMinutes,
        quantity: command.quantity,
        auto_accept: command.autoAccept,
        title: command.title?.trim() || null,
        custom_fields: answers,
        priority: command.priority,
        occurrence_id: null,
        created_at: now,
      };
      await this.waiting.join(tx, actor, [entry]);
      return this.queries.one(actor, id, tx);
    });
  }

  /** What would do: the resources that are named, or what fits the criteria at this moment. @throws Problem `not-found` */
  private async candidates(actor: Actor, { resourceIds, criteria }: JoinCommand): Promise<ResourceTerms[]> {
    const ids = resourceIds.length > 0 ? resourceIds : await this.queries.matching(actor, criteria ?? {});
    const terms = await this.catalogue.termsOfMany(actor.organizationId, ids);
    const found = ids.flatMap((id) => terms.get(id) ?? []).filter((it) => maySee(actor, it));
    if (found.length < resourceIds.length) throw new Problem('not-found', { detail: 'There is no such resource.' });
    return found;
  }
}

/**
 * The answers, when they would do for one of the candidates at least: what is freed is booked without asking again.
 * @param candidates each what is booked together
 * @throws Problem `validation-failed` for what nobody asks or what is no answer, and with what is missing
 */
function demandAnswersOfOne(candidates: readonly (readonly ResourceTerms[])[], given: Readonly<Record<string, unknown>>): CustomValues {
  const answers = answered(given);
  // Each has to be an answer, whichever of them is freed; only one of them has to be answered in full.
  demandAnswers([{ fields: fieldsOf(candidates.flat()).map((it) => ({ ...it, required: false })) }], given);
  const nearest = candidates.find((it) => answersAll({ custom_fields: answers }, it)) ?? candidates[0];
  if (nearest) demandAnswers(nearest, answersTo(fieldsOf(nearest), given));
  return answers;
}
