import { NgComponentOutlet } from '@angular/common';
import { Component, computed, inject, signal } from '@angular/core';
import { ProblemMessages } from '@berth/web/data';
import { Icon, Skeleton, saveFile } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { BookingWords } from '@berth/web/booking';
import { ImportDoor } from './import-door';
import { ImportState } from './import-state';

const UNREADABLE = [
  'empty-file',
  'nul-character',
  'lone-quote',
  'line-too-long',
  'too-many-rows',
  'too-many-columns',
  'duplicate-header',
  'missing-column',
  'not-csv',
  'not-a-calendar',
  'no-events',
];

/** Where the rows come from: a file that is chosen or dropped, or pasted text. */
@Component({
  selector: 'berth-file-step',
  imports: [Icon, NgComponentOutlet, Skeleton, TranslatePipe],
  templateUrl: './file-step.html',
  styleUrl: './file-step.css',
})
export class FileStep {
  protected readonly words = inject(BookingWords);
  protected readonly door = inject(ImportDoor);
  private readonly messages = inject(ProblemMessages);
  protected readonly state = inject(ImportState);

  protected readonly isOver = signal(false);
  protected readonly pasted = signal('');
  /** Why the file could not be read, in the reader's words. */
  protected readonly failure = computed(() => {
    const problem = this.state.problem();
    if (problem === null) return null;
    const error = problem.errorOf('/file');
    if (error === null) return { title: this.messages.title(problem), detail: null };
    const detail = UNREADABLE.includes(error.code)
      ? this.words.text(`import.unreadable.${error.code}`, error.params)
      : this.messages.field(error);
    return { title: this.words.text('import.cannotRead', { name: this.state.source()?.name ?? '' }), detail };
  });

  protected choose(input: HTMLInputElement): void {
    const file = input.files?.[0];
    input.value = '';
    if (file) void this.state.choose(file);
  }

  protected drop(event: DragEvent): void {
    event.preventDefault();
    this.isOver.set(false);
    const file = event.dataTransfer?.files[0];
    if (file) void this.state.choose(file);
  }

  protected drag(event: DragEvent): void {
    event.preventDefault();
    this.isOver.set(true);
  }

  protected checkPasted(): void {
    if (this.pasted().trim() === '') return;
    const isCalendar = /^\s*BEGIN:/i.test(this.pasted());
    const name = `${this.words.text('import.pastedFile')}.${isCalendar ? 'ics' : 'csv'}`;
    void this.state.choose(new File([this.pasted()], name, { type: isCalendar ? 'text/calendar' : 'text/csv' }));
  }

  protected template(): void {
    saveFile(new Blob([this.door.template.text], { type: 'text/csv' }), this.door.template.name);
  }
}
