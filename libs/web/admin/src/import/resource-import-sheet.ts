import { Component } from '@angular/core';
import { ImportDoor, ImportSheet } from '@berth/web/import';
import { ResourceImport } from './resource-import';

/** Brings resources in from a spreadsheet; closes with `changed` when something was imported. */
@Component({
  selector: 'berth-resource-import-sheet',
  imports: [ImportSheet],
  providers: [{ provide: ImportDoor, useClass: ResourceImport }],
  template: '<berth-import-sheet />',
  styles: `
    :host {
      display: block;
      height: 100%;
    }
  `,
})
export class ResourceImportSheet {}
