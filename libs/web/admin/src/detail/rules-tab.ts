import { Component, inject } from '@angular/core';
import { PolicySimulator } from '../rules/policy-simulator';
import { RuleList, type Rule } from '../rules/rule-list';
import { ResourceEditor } from './resource-editor';

/** The rules of the open resource, and whether somebody could book it by them. */
@Component({
  selector: 'berth-rules-tab',
  imports: [PolicySimulator, RuleList],
  template: `
    <berth-rule-list
      level="resource"
      [own]="editor.values()!.policy"
      [stored]="editor.before()!.policy"
      [inForce]="editor.resource()!.rules"
      [problem]="editor.refused()"
      (changed)="set($event.rule, $event.value)"
    />
    <berth-policy-simulator [id]="editor.resource()!.id" [zone]="editor.resource()!.timeZone" />
  `,
  styles: `
    :host {
      display: block;
    }
  `,
})
export class RulesTab {
  protected readonly editor = inject(ResourceEditor);

  protected set(rule: Rule, value: unknown): void {
    this.editor.set(`policy.${rule}`, value);
  }
}
