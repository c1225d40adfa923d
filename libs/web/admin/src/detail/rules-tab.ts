import { Component, computed, inject } from '@angular/core';
import type { ApprovalDocument, PolicyDocument } from '@berth/scheduling';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import type { RuleInForce } from '../data/resource';
import { DurationField } from '../fields/duration-field';
import { isSame } from './resource-draft';
import { PolicySimulator } from './policy-simulator';
import { ResourceEditor } from './resource-editor';
import { EDITABLE_RULES, RuleWords, TOLD_RULES, type EditableRule } from './rule-words';

const STANDARD_APPROVAL: ApprovalDocument = { mode: 'none', deadline: 'P2D', approvers: [] };

/** One rule as the tab shows it. */
interface ShownRule {
  readonly rule: EditableRule;
  readonly name: string;
  /** Set on this resource, saved or not. */
  readonly isOwn: boolean;
  readonly value: unknown;
  readonly sentence: string;
  readonly source: string;
  readonly isChanged: boolean;
}

/** Every rule that counts, with who set it; each can be set here instead, and given up again. */
@Component({
  selector: 'berth-rules-tab',
  imports: [DurationField, PolicySimulator, TranslatePipe],
  templateUrl: './rules-tab.html',
  styleUrl: './rules-tab.css',
})
export class RulesTab {
  private readonly words = inject(AdminWords);
  private readonly ruleWords = inject(RuleWords);
  protected readonly editor = inject(ResourceEditor);

  protected readonly rules = computed(() => EDITABLE_RULES.map((rule) => this.shown(rule)));
  protected readonly told = computed(() =>
    TOLD_RULES.flatMap((rule) => {
      const inForce = this.inForce(rule);
      return inForce === undefined
        ? []
        : [
            {
              name: this.ruleWords.name(rule),
              sentence: this.ruleWords.sentence(rule, inForce.value),
              source: this.words.source(inForce.source),
            },
          ];
    }),
  );

  /** Sets the rule here, beginning with what counts now. */
  protected takeOver(rule: EditableRule): void {
    const value =
      this.inForce(rule)?.value ??
      (rule === 'approval' ? STANDARD_APPROVAL : rule === 'tentativeBlocks' || rule === 'mayLeaveOpenHours' ? false : 'PT0S');
    this.set(rule, value);
  }

  protected set(rule: EditableRule, value: unknown): void {
    this.editor.set(`policy.${rule}`, value);
  }

  /** Changes a part of it; approvers and steps stay. */
  protected setApproval(approval: ApprovalDocument, change: Partial<ApprovalDocument>): void {
    this.set('approval', { ...approval, ...change });
  }

  protected approvalOf(value: unknown): ApprovalDocument {
    return { ...STANDARD_APPROVAL, ...(value as Partial<ApprovalDocument>) };
  }

  private shown(rule: EditableRule): ShownRule {
    const inForce = this.inForce(rule);
    const own = this.editor.values()!.policy[rule];
    const stored = this.editor.before()!.policy[rule];
    const isOwn = own !== undefined;
    const wasOwn = stored !== undefined;
    const value = isOwn ? own : inForce?.value;
    const given = !isOwn && wasOwn;
    return {
      rule,
      name: this.ruleWords.name(rule),
      isOwn,
      value,
      sentence: given ? this.words.text('admin.rules.afterSaving') : value === undefined ? '–' : this.ruleWords.sentence(rule, value),
      source: this.sourceOf(rule, inForce, isOwn, wasOwn),
      isChanged: !isSame(own, stored),
    };
  }

  private sourceOf(rule: EditableRule, inForce: RuleInForce | undefined, isOwn: boolean, wasOwn: boolean): string {
    if (isOwn && !wasOwn && inForce !== undefined) {
      return this.words.text('admin.rules.insteadOf', {
        sentence: this.ruleWords.sentence(rule, inForce.value),
        source: this.words.source(inForce.source),
      });
    }
    if (isOwn) return this.words.source({ level: 'resource' });
    return inForce === undefined || wasOwn ? '' : this.words.source(inForce.source);
  }

  private inForce(rule: keyof PolicyDocument): RuleInForce | undefined {
    return this.editor.resource()?.rules[rule];
  }
}
