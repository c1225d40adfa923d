import { PeopleModule } from '@berth/people';
import { ResourcesModule } from '@berth/resources';
import { Module } from '@nestjs/common';
import { AddRole } from './add-role';
import { AssignRole } from './assign-role';
import { AssignmentsQueries } from './assignments.queries';
import { ChangeRole } from './change-role';
import { DeleteRole } from './delete-role';
import { ExplainQueries } from './explain.queries';
import { GatePreviewController } from './gates/gate-preview.controller';
import { GatePreviewQueries } from './gates/gate-preview.queries';
import { GateQueries } from './gates/gate.queries';
import { RolePreviewQueries } from './preview-role.queries';
import { RevokeAssignment } from './revoke-assignment';
import { RolesController } from './roles.controller';
import { RolesQueries } from './roles.queries';
import { GroupUsesController } from './uses/group-uses.controller';
import { GroupUsesQueries } from './uses/group-uses.queries';

@Module({
  imports: [PeopleModule, ResourcesModule],
  controllers: [RolesController, GatePreviewController, GroupUsesController],
  providers: [
    AddRole,
    AssignRole,
    AssignmentsQueries,
    ChangeRole,
    DeleteRole,
    ExplainQueries,
    GatePreviewQueries,
    GateQueries,
    GroupUsesQueries,
    RevokeAssignment,
    RolePreviewQueries,
    RolesQueries,
  ],
  exports: [AssignRole],
})
export class AccessModule {}
