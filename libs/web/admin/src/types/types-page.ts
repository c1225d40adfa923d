import { Component, computed, effect, inject, untracked } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';
import { Answers, type AnswerMap } from '@berth/web/booking';
import { ProblemMessages } from '@berth/web/data';
import { withDefaults } from '@berth/scheduling';
import { Dialogs, EmptyState, Field, FieldControl, Icon, PageTitle, Toasts } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { Catalogue } from '../data/catalogue';
import { SaveBar } from '../detail/save-bar';
import { LeaveDialog } from '../list/leave-dialog';
import { QuestionList } from './question-list';
import { fieldsOf, TYPE_ICONS } from './type-draft';
import { TypeEditor } from './type-editor';

/** `/admin/types`: the kinds of resources, and what each asks whoever books one. i18n: admin.types.icon.* */
@Component({
  selector: 'berth-types-page',
  imports: [Answers, EmptyState, Field, FieldControl, Icon, QuestionList, RouterLink, SaveBar, TranslatePipe],
  providers: [TypeEditor],
  templateUrl: './types-page.html',
  styleUrl: './types-page.css',
  host: { class: 'page' },
})
export class TypesPage {
  private readonly router = inject(Router);
  private readonly route = inject(ActivatedRoute);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);
  private readonly messages = inject(ProblemMessages);
  private readonly title = inject(PageTitle);
  private readonly params = toSignal(this.route.queryParamMap, { initialValue: this.route.snapshot.queryParamMap });
  protected readonly words = inject(AdminWords);
  protected readonly catalogue = inject(Catalogue);
  protected readonly editor = inject(TypeEditor);

  protected readonly icons = TYPE_ICONS;
  /** Id of the open type, or `new`; null where none is. */
  protected readonly selected = computed(() => this.params().get('selected'));
  protected readonly isNew = computed(() => this.selected() === 'new');
  protected readonly isOpen = computed(() => this.isNew() || this.editor.type()?.id === this.selected());
  protected readonly fields = computed(() => fieldsOf(this.editor.draft().questions).filter((it) => it.label !== ''));
  protected readonly preview = computed(() => withDefaults(this.fields(), {}) as AnswerMap);
  protected readonly refusal = computed(() => {
    const problem = this.editor.refused();
    return problem === null ? null : { title: this.messages.title(problem), detail: problem.errors.length > 0 ? null : problem.detail };
  });

  constructor() {
    effect(() => {
      const [selected, types] = [this.selected(), this.catalogue.types()];
      const type = types.find((it) => it.id === selected) ?? null;
      untracked(() => {
        // What is being written stays, whatever the list says meanwhile.
        if (
          selected === 'new' ? this.editor.type() !== null || !this.editor.isDirty() : type !== null && type.id !== this.editor.type()?.id
        )
          this.editor.open(selected === 'new' ? null : type);
      });
    });
    effect(() => this.title.thing.set(this.isOpen() ? this.editor.draft().name || null : null));
  }

  /** Asked before another page or type is shown. */
  mayLeave(): boolean | Promise<boolean> {
    if (!this.editor.isDirty()) return true;
    const ref = this.dialogs.open<'discard'>(LeaveDialog, { size: 'narrow', data: this.words.text('admin.types.leave') });
    return new Promise((resolve) => ref.closed.subscribe((answer) => resolve(answer === 'discard')));
  }

  protected async show(selected: string | null): Promise<void> {
    if (selected === this.selected() || !(await this.mayLeave())) return;
    this.editor.discard();
    await this.router.navigate([], { relativeTo: this.route, queryParams: { selected } });
  }

  protected async save(): Promise<void> {
    const wasNew = this.isNew();
    const saved = await this.editor.save();
    if (saved === null) return;
    this.toasts.done(this.words.text(wasNew ? 'admin.types.added' : 'admin.types.saved', { name: saved.name }));
    if (wasNew) await this.router.navigate([], { relativeTo: this.route, queryParams: { selected: saved.id } });
  }

  /** Types of elsewhere may have an icon this console has not. */
  protected iconOf(name: string): (typeof TYPE_ICONS)[number] {
    return TYPE_ICONS.find((it) => it === name) ?? 'box';
  }

  protected asks(count: number): string {
    return count === 0 ? '' : this.words.count('admin.types.asks.', count);
  }

  protected labels(fields: readonly { readonly label: string }[]): string {
    return this.words.list(fields.map((it) => it.label));
  }
}
