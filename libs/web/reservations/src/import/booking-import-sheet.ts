import { Component } from '@angular/core';
import { ImportDoor, ImportSheet } from '@berth/web/import';
import { BookingImport } from './booking-import';
import { ResourceOfRows } from './default-resource';

/** Brings bookings in from a spreadsheet or a calendar; closes with `changed` when something was booked. */
@Component({
  selector: 'berth-booking-import-sheet',
  imports: [ImportSheet],
  providers: [ResourceOfRows, { provide: ImportDoor, useClass: BookingImport }],
  template: '<berth-import-sheet />',
  styles: `
    :host {
      display: block;
      height: 100%;
    }
  `,
})
export class BookingImportSheet {}
