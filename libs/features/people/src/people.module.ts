import { Module } from '@nestjs/common';
import { AddPerson } from './add-person';
import { ChangePreferences } from './change-preferences';
import { AddGroup } from './groups/add-group';
import { ChangeGroup } from './groups/change-group';
import { ChangeMembership } from './groups/change-membership';
import { DeleteGroup } from './groups/delete-group';
import { GroupsController } from './groups/groups.controller';
import { GroupsQueries } from './groups/groups.queries';
import { ChangeEmail } from './email/change-email';
import { ConfirmEmail } from './email/confirm-email';
import { AcceptInvitation } from './joining/accept-invitation';
import { ConfirmRegistration } from './joining/confirm-registration';
import { InvitationsController } from './joining/invitations.controller';
import { InvitationQueries } from './joining/invitations.queries';
import { Invite } from './joining/invite';
import { JoiningController } from './joining/joining.controller';
import { Register } from './joining/register';
import { WithdrawInvitation } from './joining/withdraw-invitation';
import { AccountPassword } from './password/account-password';
import { ChangePassword } from './password/change-password';
import { ChangePasswordRules } from './password/change-password-rules';
import { ForgetPassword } from './password/forget-password';
import { GivePasswordLink } from './password/give-password-link';
import { PasswordController } from './password/password.controller';
import { PasswordRequests } from './password/password-requests.worker';
import { ResetLetter } from './password/reset-letter';
import { ResetPassword } from './password/reset-password';
import { PeopleController } from './people.controller';
import { PeopleQueries } from './people.queries';
import { SessionController } from './session.controller';
import { SignIn } from './sign-in';

@Module({
  // What names a path of its own stands before what takes any id.
  controllers: [InvitationsController, JoiningController, PasswordController, PeopleController, SessionController, GroupsController],
  providers: [
    AcceptInvitation,
    AccountPassword,
    AddGroup,
    AddPerson,
    ChangeEmail,
    ChangeGroup,
    ChangeMembership,
    ChangePassword,
    ChangePasswordRules,
    ChangePreferences,
    ConfirmEmail,
    ConfirmRegistration,
    DeleteGroup,
    ForgetPassword,
    GivePasswordLink,
    GroupsQueries,
    InvitationQueries,
    Invite,
    PeopleQueries,
    Register,
    ResetLetter,
    ResetPassword,
    SignIn,
    WithdrawInvitation,
  ],
  exports: [PeopleQueries, SignIn],
})
export class PeopleModule {}

/** What goes on without a request. */
@Module({ providers: [PasswordRequests, ResetLetter] })
export class PeopleWorkerModule {}
