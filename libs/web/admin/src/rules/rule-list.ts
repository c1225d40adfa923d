import { Component, computed, inject, input, output } from '@angular/core';
import { POLICY_KEYS, type PolicyDocument, type PolicyLevel } from '@berth/scheduling';
import { ProblemMessages, type Problem } from '@berth/web/data';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import type { RuleInForce } from '../data/resource';
import { isSame } from '../detail/resource-draft';
import { RuleField } from './rule-field';
import { RuleWords } from './rule-words';

export type Rule = keyof PolicyDocument;

/** One rule as the list shows it. */
interface ShownRule {
  readonly rule: Rule;
  readonly name: string;
  /** Set on this layer, saved or not. */
  readonly isOwn: boolean;
  readonly value: unknown;
  readonly sentence: string;
  readonly source: string;
  readonly isChanged: boolean;
  readonly error: string | null;
}

/** `tentativeBlocks` is no choice: what waits always holds its time (ADR 0020). */
const OFFERED = POLICY_KEYS.filter((it) => it !== 'tentativeBlocks');

/** Every rule of one layer in a sentence, with who set it; each can be set here instead, and given up again. */
@Component({
  selector: 'berth-rule-list',
  imports: [RuleField, TranslatePipe],
  templateUrl: './rule-list.html',
  styleUrl: './rule-list.css',
})
export class RuleList {
  private readonly words = inject(AdminWords);
  private readonly ruleWords = inject(RuleWords);
  private readonly messages = inject(ProblemMessages);

  /** What the layer says itself, with changes that are not saved. */
  readonly own = input.required<PolicyDocument>();
  /** What it says as it is saved. */
  readonly stored = input.required<PolicyDocument>();
  /** What counts as it is saved, by the name of the rule. */
  readonly inForce = input.required<Readonly<Record<string, RuleInForce>>>();
  /** Which layer it is. */
  readonly level = input.required<PolicyLevel>();
  /** Why saving failed. */
  readonly problem = input<Problem | null>(null);
  /** A value for a rule; undefined gives it up. */
  readonly changed = output<{ readonly rule: Rule; readonly value: unknown }>();

  protected readonly rules = computed(() => OFFERED.map((rule) => this.shown(rule)));

  /** Sets the rule here, beginning with what counts now. */
  protected takeOver(rule: Rule): void {
    this.changed.emit({ rule, value: this.inForce()[rule]?.value });
  }

  protected giveUp(rule: Rule): void {
    this.changed.emit({ rule, value: undefined });
  }

  private shown(rule: Rule): ShownRule {
    const inForce = this.inForce()[rule];
    const [own, stored] = [this.own()[rule], this.stored()[rule]];
    const isOwn = own !== undefined;
    const isGivenUp = !isOwn && stored !== undefined;
    const value = isOwn ? own : inForce?.value;
    return {
      rule,
      name: this.ruleWords.name(rule),
      isOwn,
      value,
      sentence: isGivenUp ? this.words.text('admin.rules.afterSaving') : value === undefined ? '–' : this.ruleWords.sentence(rule, value),
      source: this.sourceOf(rule, inForce, isOwn, stored !== undefined),
      isChanged: !isSame(own, stored),
      error: this.errorOf(rule),
    };
  }

  private sourceOf(rule: Rule, inForce: RuleInForce | undefined, isOwn: boolean, wasOwn: boolean): string {
    if (isOwn && !wasOwn && inForce !== undefined) {
      return this.words.text('admin.rules.insteadOf', {
        sentence: this.ruleWords.sentence(rule, inForce.value),
        source: this.words.source(inForce.source),
      });
    }
    if (isOwn) return this.words.text('admin.source.resource');
    return inForce === undefined || wasOwn ? '' : this.words.source(inForce.source);
  }

  private errorOf(rule: Rule): string | null {
    const at = `/policy/${rule}`;
    const error = this.problem()?.errors.find((it) => it.pointer === at || it.pointer.startsWith(`${at}/`));
    return error ? this.messages.field(error) : null;
  }
}
