export { insertAccount, type NewAccount } from './account.store';
export { PeopleModule } from './people.module';
export { SignIn, type Credentials, type Device } from './sign-in';
export { AddPersonRequest, RegisterRequest, TokenResponse } from './people.dto';
export type { Person, Preferences } from './person';
