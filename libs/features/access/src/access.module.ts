import { Module } from '@nestjs/common';
import { AddRole } from './add-role';
import { AssignRole } from './assign-role';
import { AssignmentsQueries } from './assignments.queries';
import { ChangeRole } from './change-role';
import { DeleteRole } from './delete-role';
import { ExplainQueries } from './explain.queries';
import { RolePreviewQueries } from './preview-role.queries';
import { RevokeAssignment } from './revoke-assignment';
import { RolesController } from './roles.controller';
import { RolesQueries } from './roles.queries';

@Module({
  controllers: [RolesController],
  providers: [
    AddRole,
    AssignRole,
    AssignmentsQueries,
    ChangeRole,
    DeleteRole,
    ExplainQueries,
    RevokeAssignment,
    RolePreviewQueries,
    RolesQueries,
  ],
})
export class AccessModule {}
