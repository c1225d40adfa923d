import { Injectable, computed, inject, signal } from '@angular/core';
import type { Problem } from '@berth/web/data';
import { type BrokenField, brokenFields, type CustomField, withDefaults } from '@berth/scheduling';
import { wantsAnswers } from '../refusal/refusal';
import { ResourcesApi } from '../resources-api';
import type { Answer, AnswerMap } from '../reservation';

/** What the type of a form's resource asks, what was answered, and what is still missing. */
@Injectable()
export class Questions {
  private readonly resources = inject(ResourcesApi);
  private readonly asked = signal<readonly CustomField[]>([]);
  private readonly given = signal<AnswerMap>({});
  private readonly isTried = signal(false);
  private typeId: string | null = null;
  private loading: Promise<void> = Promise.resolve();

  readonly fields = this.asked.asReadonly();
  /** Those without an answer nothing can be booked. */
  readonly required = computed(() => this.asked().filter((it) => it.required));
  /** By the key of the field; null is an answer taken back. */
  readonly answers = this.given.asReadonly();
  private readonly missing = computed(() => brokenFields(this.asked(), this.given()));
  /** What is wrong, once somebody has tried. */
  readonly broken = computed<readonly BrokenField[]>(() => (this.isTried() ? this.missing() : []));

  answer(key: string, value: Answer): void {
    this.given.update((all) => ({ ...all, [key]: value }));
  }

  /** Begins with what was answered before. */
  begin(answers: AnswerMap): void {
    this.given.set(answers);
  }

  /** As if nothing had been answered. */
  startOver(): void {
    this.given.set(withDefaults(this.asked(), {}) as AnswerMap);
    this.isTried.set(false);
  }

  /**
   * Asks what this type asks. Whose question is gone is not answered any more; a new one begins with its default.
   * @param typeId null asks nothing
   */
  of(typeId: string | null): void {
    if (typeId === this.typeId) return;
    this.typeId = typeId;
    if (typeId === null) this.asked.set([]);
    else this.loading = this.load(typeId);
  }

  /** Whether everything is answered; from then on what is not is said. */
  async areAnswered(): Promise<boolean> {
    await this.loading;
    this.isTried.set(true);
    return this.missing().length === 0;
  }

  /** Looks again at what is asked after the server missed an answer. @returns whether that explains the refusal */
  async explain(problem: Problem): Promise<boolean> {
    if (!wantsAnswers(problem) || this.typeId === null) return false;
    this.loading = this.load(this.typeId);
    return !(await this.areAnswered());
  }

  private async load(typeId: string): Promise<void> {
    // Without the questions the server asks them: it refuses what lacks an answer.
    const fields = await this.resources.fieldsOf(typeId).catch(() => []);
    if (typeId !== this.typeId) return;
    const known = Object.entries(this.given()).filter(([key]) => fields.some((it) => it.key === key));
    this.given.set(withDefaults(fields, Object.fromEntries(known)) as AnswerMap);
    this.asked.set(fields);
  }
}
