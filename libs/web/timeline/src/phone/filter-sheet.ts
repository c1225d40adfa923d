import { DIALOG_DATA } from '@angular/cdk/dialog';
import { Component, inject } from '@angular/core';
import { DialogFrame } from '@berth/web/ui';
import { TranslatePipe } from '@ngx-translate/core';
import { TimelineFilters } from '../head/timeline-filters';
import { TimelineState } from '../timeline-state';

/** The filters of a phone, in a sheet that is as high as they need. */
@Component({
  selector: 'berth-filter-sheet',
  imports: [DialogFrame, TimelineFilters, TranslatePipe],
  // Dialogs live beside the screen; the filters in it still belong to this one.
  providers: [{ provide: TimelineState, useFactory: () => inject<TimelineState>(DIALOG_DATA) }],
  template: `<berth-dialog-frame [heading]="'timeline.filter.title' | translate"><berth-timeline-filters /></berth-dialog-frame>`,
})
export class FilterSheet {}
