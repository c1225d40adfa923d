import { Injectable, inject } from '@angular/core';
import { AdminWords } from '../admin-words';
import { Catalogue } from '../data/catalogue';
import type { DraftKey } from './resource-draft';
import { RuleWords } from '../rules/rule-words';

/** Names and values of fields and rules as a person reads them. */
@Injectable({ providedIn: 'root' })
export class FieldWords {
  private readonly words = inject(AdminWords);
  private readonly rules = inject(RuleWords);
  private readonly catalogue = inject(Catalogue);

  field(key: DraftKey): string {
    return key.startsWith('policy.') ? this.rules.name(key.slice('policy.'.length)) : this.words.text(`admin.field.${key}`);
  }

  fields(keys: readonly DraftKey[]): string {
    return this.words.list(keys.map((it) => this.field(it)));
  }

  value(key: DraftKey, value: unknown): string {
    if (key.startsWith('policy.'))
      return value === undefined || value === null
        ? this.words.text('admin.rules.inherited')
        : this.rules.sentence(key.slice('policy.'.length), value);
    if (value === null || value === undefined || value === '') return '–';
    if (key === 'bookable') return this.words.text(value === true ? 'admin.yes' : 'admin.no');
    if (key === 'tags') return (value as readonly string[]).join(', ') || '–';
    if (key === 'typeId') return this.catalogue.types().find((it) => it.id === value)?.name ?? '…';
    if (key === 'siteId') return this.catalogue.sites().find((it) => it.id === value)?.name ?? '…';
    if (key === 'floorId') return this.catalogue.floors().find((it) => it.id === value)?.name ?? '…';
    return typeof value === 'number' ? this.words.number(value) : String(value);
  }
}
