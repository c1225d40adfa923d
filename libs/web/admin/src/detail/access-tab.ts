import { Component, computed, inject } from '@angular/core';
import { GatesForm } from '../gates/gates-form';
import { ResourceEditor } from './resource-editor';

/** Whom the open resource is shown to, and who may book it. */
@Component({
  selector: 'berth-access-tab',
  imports: [GatesForm],
  template: `<berth-gates-form [place]="place()" />`,
})
export class AccessTab {
  private readonly editor = inject(ResourceEditor);
  protected readonly place = computed(() => ({
    kind: 'resource' as const,
    id: this.editor.resource()!.id,
    name: this.editor.resource()!.name,
  }));
}
