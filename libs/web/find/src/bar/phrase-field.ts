import { Component, type ElementRef, computed, inject, linkedSignal, output, viewChild } from '@angular/core';
import { Icon } from '@berth/web/ui';
import { FindState } from '../find-state';
import { FindWords } from '../find-words';

/** Words in; what they mean shows in the chips while they are typed, and counts with Enter. What is no chip stays as text. */
@Component({
  selector: 'berth-phrase-field',
  imports: [Icon],
  template: `
    <form role="search" (submit)="take($event)">
      <svg berthIcon="search" [size]="18"></svg>
      <input
        #box
        type="text"
        autocomplete="off"
        enterkeyhint="search"
        maxlength="200"
        [attr.aria-label]="words.text('phrase.label')"
        [placeholder]="words.text('phrase.placeholder')"
        [value]="text()"
        (input)="text.set(box.value)"
        (keydown.arrowdown)="down($event)"
        (keydown.escape)="text.set(saved())"
      />
      @if (text() !== '') {
        <button type="button" class="btn quiet square small" [attr.aria-label]="words.text('phrase.clear')" (click)="clear()">
          <svg berthIcon="x"></svg>
        </button>
      }
      <kbd class="not-phone">{{ text() === saved() ? '/' : '↵' }}</kbd>
    </form>
  `,
  styleUrl: './phrase-field.css',
})
export class PhraseField {
  private readonly box = viewChild.required<ElementRef<HTMLInputElement>>('box');
  private readonly state = inject(FindState);
  protected readonly words = inject(FindWords);

  /** Somebody wants to go on to what was found. */
  readonly left = output();

  protected readonly saved = computed(() => this.state.query().words);
  protected readonly text = linkedSignal(() => this.saved());

  focus(): void {
    this.box().nativeElement.focus();
    this.box().nativeElement.select();
  }

  protected take(event: Event): void {
    event.preventDefault();
    this.state.go({ words: this.text() });
  }

  protected clear(): void {
    this.text.set('');
    this.state.go({ words: '' });
    this.box().nativeElement.focus();
  }

  protected down(event: Event): void {
    event.preventDefault();
    this.left.emit();
  }
}
