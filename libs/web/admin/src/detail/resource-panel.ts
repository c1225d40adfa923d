import {
  Component,
  ElementRef,
  afterNextRender,
  computed,
  effect,
  inject,
  input,
  output,
  untracked,
  viewChild,
  Injector,
} from '@angular/core';
import { AuditHistory } from '@berth/web/audit';
import { ProblemMessages } from '@berth/web/data';
import { ErrorPanel, Icon, Skeleton, Tabs } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import type { Resource } from '../data/resource';
import { DETAIL_TABS, type DetailTab } from '../list/list-url';
import { AccessTab } from './access-tab';
import { FieldWords } from './field-words';
import { HoursTab } from './hours-tab';
import { OverviewTab } from './overview-tab';
import { ResourceEditor } from './resource-editor';
import { RulesTab } from './rules-tab';
import { SaveBar } from './save-bar';
import { StatusTab } from './status-tab';

/** Everything about one resource in tabs, with one save bar for all of them. */
@Component({
  selector: 'berth-resource-panel',
  imports: [AccessTab, AuditHistory, ErrorPanel, HoursTab, Icon, OverviewTab, RulesTab, SaveBar, Skeleton, StatusTab, Tabs, TranslatePipe],
  providers: [ResourceEditor],
  templateUrl: './resource-panel.html',
  styleUrl: './resource-panel.css',
})
export class ResourcePanel {
  private readonly injector = inject(Injector);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly fieldWords = inject(FieldWords);
  private readonly messages = inject(ProblemMessages);
  private readonly heading = viewChild<ElementRef<HTMLElement>>('heading');
  protected readonly words = inject(AdminWords);
  protected readonly editor = inject(ResourceEditor);

  readonly id = input.required<string>();
  /** The resource as the list has it, shown until the server has answered. */
  readonly known = input.required<Resource | null>();
  readonly tab = input.required<DetailTab>();
  /** In a sheet, which has its own title and close button. */
  readonly isBare = input(false);
  readonly closed = output();
  readonly tabChanged = output<DetailTab>();
  readonly changed = output<Resource>();

  protected readonly tabs = computed(() => DETAIL_TABS.map((value) => ({ value, label: this.words.text(`admin.tab.${value}`) })));
  protected readonly changes = computed(() => {
    const hours = this.editor.hoursDraft() === undefined ? [] : [this.words.text('admin.tab.hours')];
    return this.words.list([...this.editor.changes().map((it) => this.fieldWords.field(it.key)), ...hours]);
  });
  protected readonly refusal = computed(() => {
    const problem = this.editor.refused();
    return problem === null ? null : { title: this.messages.title(problem), detail: problem.errors.length > 0 ? null : problem.detail };
  });

  constructor() {
    this.editor.onChanged = (resource) => this.changed.emit(resource);
    effect(() => {
      const id = this.id();
      untracked(() => {
        this.editor.open(id, this.known());
        if (!this.isBare()) this.focusHeading();
      });
    });
  }

  /** Puts the focus into the first field, for the E key. */
  edit(): void {
    afterNextRender(() => this.host.nativeElement.querySelector<HTMLInputElement>('input[name=name]')?.focus(), {
      injector: this.injector,
    });
  }

  private focusHeading(): void {
    afterNextRender(() => this.heading()?.nativeElement.focus({ preventScroll: true }), { injector: this.injector });
  }
}
