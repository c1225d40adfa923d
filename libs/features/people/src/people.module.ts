import { Module } from '@nestjs/common';
import { AddPerson } from './add-person';
import { ChangePreferences } from './change-preferences';
import { AddGroup } from './groups/add-group';
import { ChangeGroup } from './groups/change-group';
import { ChangeMembership } from './groups/change-membership';
import { DeleteGroup } from './groups/delete-group';
import { GroupsController } from './groups/groups.controller';
import { GroupsQueries } from './groups/groups.queries';
import { PeopleController } from './people.controller';
import { PeopleQueries } from './people.queries';
import { Register } from './register';
import { SessionController } from './session.controller';
import { SignIn } from './sign-in';

@Module({
  controllers: [PeopleController, SessionController, GroupsController],
  providers: [
    AddPerson,
    ChangePreferences,
    PeopleQueries,
    Register,
    SignIn,
    AddGroup,
    ChangeGroup,
    ChangeMembership,
    DeleteGroup,
    GroupsQueries,
  ],
  exports: [PeopleQueries, SignIn],
})
export class PeopleModule {}
