import { LiveAnnouncer } from '@angular/cdk/a11y';
import { Component, ElementRef, computed, inject, input, output } from '@angular/core';
import type { CustomField } from '@berth/scheduling';
import { Icon } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { QuestionRow } from './question-row';
import { newQuestion, type QuestionDraft } from './type-draft';

const MOST_QUESTIONS = 30;

/** The questions of a booking form in their order: add, change, move, take away. */
@Component({
  selector: 'berth-question-list',
  imports: [Icon, QuestionRow, TranslatePipe],
  template: `
    <ol>
      @for (it of questions(); track it.row; let i = $index) {
        <li>
          <berth-question-row
            [question]="it"
            [place]="i + 1"
            [count]="questions().length"
            [errors]="errorsOf(i)"
            (changed)="change(i, $event)"
            (moved)="move(i, $event)"
            (removed)="remove(i)"
          />
        </li>
      } @empty {
        <li class="muted">{{ 'admin.types.asksNothing' | translate }}</li>
      }
    </ol>
    @if (canAdd()) {
      <button type="button" class="btn small add" (click)="add()">
        <svg berthIcon="plus" [size]="16"></svg>{{ 'admin.types.add' | translate }}
      </button>
    }
  `,
  styles: `
    :host {
      display: block;
    }
    ol {
      display: flex;
      flex-direction: column;
      gap: 10px;
    }
    .add {
      margin-top: 10px;
    }
  `,
})
export class QuestionList {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly announcer = inject(LiveAnnouncer);
  private readonly words = inject(AdminWords);

  readonly questions = input.required<readonly QuestionDraft[]>();
  /** What is wrong, by place and part: `0/label`. */
  readonly errors = input<ReadonlyMap<string, string>>(new Map());
  readonly changed = output<readonly QuestionDraft[]>();

  protected readonly canAdd = computed(() => this.questions().length < MOST_QUESTIONS);

  protected errorsOf(index: number): ReadonlyMap<string, string> {
    const own = [...this.errors()].filter(([at]) => at.startsWith(`${index}/`));
    return new Map(own.map(([at, text]) => [at.split('/')[1] ?? '', text]));
  }

  protected change(index: number, field: CustomField): void {
    this.changed.emit(this.questions().map((it, i) => (i === index ? { ...it, field } : it)));
  }

  protected add(): void {
    const added = newQuestion();
    this.changed.emit([...this.questions(), added]);
    this.focus(this.questions().length, 'input[name=label]');
  }

  protected remove(index: number): void {
    this.changed.emit(this.questions().filter((_, i) => i !== index));
    this.focus(Math.max(0, index - 1), 'input[name=label]', '.add');
  }

  protected move(index: number, by: -1 | 1): void {
    const next = [...this.questions()];
    const [moving] = next.splice(index, 1);
    if (moving === undefined) return;
    next.splice(index + by, 0, moving);
    this.changed.emit(next);
    this.focus(index + by, by < 0 ? '.up:enabled, .down' : '.down:enabled, .up');
    const place = { name: moving.field.label, place: index + by + 1, count: next.length };
    void this.announcer.announce(this.words.text('admin.types.movedTo', place), 'polite');
  }

  /** Rows that change places lose the focus with their node. */
  private focus(index: number, inRow: string, otherwise = '.add'): void {
    setTimeout(() => {
      const row = this.host.nativeElement.querySelectorAll('berth-question-row')[index];
      (row?.querySelector<HTMLElement>(inRow) ?? this.host.nativeElement.querySelector<HTMLElement>(otherwise))?.focus();
    });
  }
}
