import { Component, computed, inject, signal } from '@angular/core';
import { ProblemMessages } from '@berth/web/data';
import { Icon, Skeleton, saveFile } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { AdminWords } from '../admin-words';
import { ImportState } from './import-state';

const TEMPLATE = 'name,type,site,floor,room,capacity,units,tags,description,requires_approval,external_id\n';
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
];

/** Where the rows come from: a file that is chosen or dropped, or pasted text. */
@Component({
  selector: 'berth-file-step',
  imports: [Icon, Skeleton, TranslatePipe],
  templateUrl: './file-step.html',
  styleUrl: './file-step.css',
})
export class FileStep {
  private readonly words = inject(AdminWords);
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
      ? this.words.text(`admin.import.unreadable.${error.code}`, error.params)
      : this.messages.field(error);
    return { title: this.words.text('admin.import.cannotRead', { name: this.state.source()?.name ?? '' }), detail };
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
    void this.state.choose(new File([this.pasted()], `${this.words.text('admin.import.pastedFile')}.csv`, { type: 'text/csv' }));
  }

  protected template(): void {
    saveFile(new Blob([TEMPLATE], { type: 'text/csv' }), 'berth-resources.csv');
  }
}
