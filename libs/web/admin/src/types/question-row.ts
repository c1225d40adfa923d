import { Component, computed, inject, input, output } from '@angular/core';
import { CUSTOM_FIELD_KINDS, type CustomField, type CustomFieldKind } from '@berth/scheduling';
import { Field, FieldControl, Icon } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { keyFrom, ofKind, withDefault, type QuestionDraft } from './type-draft';

/** One question of the booking form: what is asked, how it is answered, and where it stands. i18n: admin.types.kind.* */
@Component({
  selector: 'berth-question-row',
  imports: [Field, FieldControl, Icon, TranslatePipe],
  templateUrl: './question-row.html',
  styleUrl: './question-row.css',
})
export class QuestionRow {
  private readonly words = inject(AdminWords);

  readonly question = input.required<QuestionDraft>();
  /** Where it stands, from 1 on. */
  readonly place = input.required<number>();
  readonly count = input.required<number>();
  /** What the server or the form says is wrong, by the part: label, key, options, default. */
  readonly errors = input<ReadonlyMap<string, string>>(new Map());
  readonly changed = output<CustomField>();
  readonly moved = output<-1 | 1>();
  readonly removed = output();

  protected readonly kinds = CUSTOM_FIELD_KINDS;
  protected readonly field = computed(() => this.question().field);
  protected readonly isPersonal = computed(() => this.field().personal ?? true);
  protected readonly key = computed(() => this.field().key || keyFrom(this.field().label));
  protected readonly name = computed(() => this.field().label.trim() || this.words.text('admin.types.question', { number: this.place() }));
  protected readonly defaultText = computed(() => String(this.field().default ?? ''));

  protected change(change: Partial<CustomField>): void {
    this.changed.emit({ ...this.field(), ...change });
  }

  protected setKind(kind: string): void {
    this.changed.emit(ofKind(this.field(), kind as CustomFieldKind));
  }

  protected setOptions(text: string): void {
    this.changed.emit({ ...this.field(), options: text.split('\n') });
  }

  protected setDefault(text: string): void {
    const { kind } = this.field();
    const value = text === '' ? null : kind === 'number' ? Number(text) : kind === 'boolean' ? text === 'true' : text;
    this.changed.emit(withDefault(this.field(), value));
  }

  protected choices(): readonly { readonly value: string; readonly label: string }[] {
    if (this.field().kind === 'boolean')
      return ['true', 'false'].map((it) => ({ value: it, label: this.words.text(it === 'true' ? 'admin.yes' : 'admin.no') }));
    return this.field()
      .options.map((it) => it.trim())
      .filter(Boolean)
      .map((it) => ({ value: it, label: it }));
  }
}
