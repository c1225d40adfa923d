import { Module } from '@nestjs/common';
import { AddPerson } from './add-person';
import { ChangePreferences } from './change-preferences';
import { PeopleController } from './people.controller';
import { PeopleQueries } from './people.queries';
import { Register } from './register';
import { SessionController } from './session.controller';
import { SignIn } from './sign-in';

@Module({
  controllers: [PeopleController, SessionController],
  providers: [AddPerson, ChangePreferences, PeopleQueries, Register, SignIn],
  exports: [PeopleQueries, SignIn],
})
export class PeopleModule {}
