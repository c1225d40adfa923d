import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import {
  rolesChange,
  rolesCreate,
  rolesList,
  rolesPermissions,
  rolesPreview,
  rolesRemove,
  type ChangeRoleRequest,
  type PermissionResponse,
  type PermissionsRequest,
  type RolePreviewResponse,
  type RoleResponse,
} from '@berth/api-client';
import { ifMatch } from '@berth/web/data';
import { answered, settled } from './resources-api';

export type Role = RoleResponse;
export type Permission = PermissionResponse;
export type RolePreview = RolePreviewResponse;
/** The name of a right, as the contract has it. */
export type Right = Permission['name'];

/** The console is served by the API: paths are enough. */
const HERE = '';

/** Reads and changes roles. All reject with Problem. */
@Injectable({ providedIn: 'root' })
export class RolesApi {
  private readonly http = inject(HttpClient);

  async roles(): Promise<readonly Role[]> {
    return (await answered(rolesList(this.http, HERE))).data;
  }

  async permissions(): Promise<readonly Permission[]> {
    return (await answered(rolesPermissions(this.http, HERE))).data;
  }

  /**
   * @param key stays the same while one form is sent again
   * @throws Problem `already-exists`, `permission-denied`
   */
  add(name: string, permissions: readonly Right[], key: string): Promise<Role> {
    const headers = { 'Idempotency-Key': key };
    return settled(this.http.post<RoleResponse>(rolesCreate.PATH, { name, permissions }, { headers }));
  }

  /** @throws Problem `precondition-failed`, `permission-denied` */
  change(role: Role, permissions: readonly Right[]): Promise<Role> {
    const body = { permissions } as ChangeRoleRequest;
    return answered(rolesChange(this.http, HERE, { id: role.id, ...ifMatch(role.version), body }));
  }

  /** @throws Problem `still-in-use`, `precondition-failed` */
  remove({ id, version }: Role): Promise<void> {
    return answered(rolesRemove(this.http, HERE, { id, ...ifMatch(version) }));
  }

  /** How many people would gain and lose; changes nothing. */
  preview(id: string, permissions: readonly Right[], signal?: AbortSignal): Promise<RolePreview> {
    return answered(rolesPreview(this.http, HERE, { id, body: { permissions } as PermissionsRequest }), signal);
  }
}
