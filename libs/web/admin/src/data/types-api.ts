import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { resourceTypesChange, resourceTypesCreate, type ChangeResourceTypeRequest, type ResourceTypeResponse } from '@berth/api-client';
import { ifMatch } from '@berth/web/data';
import type { CustomField } from '@berth/scheduling';
import type { ResourceType } from './resource';
import { answered, settled } from './resources-api';

/** What a type can be given here; its rules are changed with those of other layers. */
export interface TypeValues {
  readonly name: string;
  readonly icon: string;
  readonly cutype: 'ROOM' | 'RESOURCE';
  readonly fields: readonly CustomField[];
}

/** The console is served by the API: paths are enough. */
const HERE = '';

/** Adds and changes types. All reject with Problem. */
@Injectable({ providedIn: 'root' })
export class TypesApi {
  private readonly http = inject(HttpClient);

  /**
   * @param key stays the same while one form is sent again
   * @throws Problem `already-exists`, `validation-failed`
   */
  add(type: TypeValues & { readonly key: string }, key: string): Promise<ResourceType> {
    const headers = { 'Idempotency-Key': key };
    return settled(this.http.post<ResourceTypeResponse>(resourceTypesCreate.PATH, type, { headers }));
  }

  /** @throws Problem `precondition-failed` with what it is now in `current`, `validation-failed` */
  change(id: string, version: number, type: TypeValues): Promise<ResourceType> {
    const body = type as ChangeResourceTypeRequest;
    return answered(resourceTypesChange(this.http, HERE, { id, ...ifMatch(version), body }));
  }
}
