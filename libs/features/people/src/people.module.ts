import { Module } from '@nestjs/common';
import { AddPerson } from './add-person';
import { ChangePreferences } from './change-preferences';
import { EndSessions } from './end-sessions';
import { OpenSession } from './open-session';
import { AddGroup } from './groups/add-group';
import { ChangeGroup } from './groups/change-group';
import { ChangeMembership } from './groups/change-membership';
import { DeleteGroup } from './groups/delete-group';
import { GroupsController } from './groups/groups.controller';
import { GroupsQueries } from './groups/groups.queries';
import { ChangeEmail } from './email/change-email';
import { ConfirmEmail } from './email/confirm-email';
import { AccountNews } from './links/account-news';
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
import { AcceptPasskey } from './passkeys/accept-passkey';
import { AddPasskey } from './passkeys/add-passkey';
import { Ceremonies } from './passkeys/ceremonies';
import { Challenges } from './passkeys/challenges';
import { EnrolPasskey } from './passkeys/enrol-passkey';
import { KeepPasskey } from './passkeys/keep-passkey';
import { PasskeyQueries } from './passkeys/passkey.queries';
import { PasskeySignInController } from './passkeys/passkey-sign-in.controller';
import { PasskeysController } from './passkeys/passkeys.controller';
import { RelyingParty } from './passkeys/relying-party';
import { RemovePasskey } from './passkeys/remove-passkey';
import { RenamePasskey } from './passkeys/rename-passkey';
import { SecondStepWithPasskey } from './passkeys/second-step-with-passkey';
import { SignInWithPasskey } from './passkeys/sign-in-with-passkey';
import { SetPassword } from './password/set-password';
import { PeopleController } from './people.controller';
import { PeopleQueries } from './people.queries';
import { DisableSecondFactor } from './second-factor/disable-second-factor';
import { Enrol } from './second-factor/enrol';
import { OneTimeCodes } from './second-factor/one-time-codes';
import { OwnPassword } from './password/own-password';
import { RecoveryCodes } from './second-factor/recovery-codes';
import { RenewRecoveryCodes } from './second-factor/renew-recovery-codes';
import { ResetSecondFactor } from './second-factor/reset-second-factor';
import { SecondFactorStandingQueries } from './second-factor/second-factor-standing.queries';
import { RequireOfRoles } from './second-factor/require-of-roles';
import { SecondFactorController } from './second-factor/second-factor.controller';
import { SecondFactorSwitch } from './second-factor/second-factor-switch';
import { SecondFactorQueries } from './second-factor/second-factor.queries';
import { SecondStep } from './second-factor/second-step';
import { SecondStepController } from './second-factor/second-step.controller';
import { VerifySecondFactor } from './second-factor/verify-second-factor';
import { SessionController } from './session.controller';
import { SessionQueries } from './session.queries';
import { SessionsController } from './sessions.controller';
import { SignIn } from './sign-in';
import { StandIn } from './standing-in/stand-in';
import { StandInController } from './standing-in/stand-in.controller';
import { OverStandIns } from './standing-in/stand-ins.worker';
import { AddSshKey } from './ssh-keys/add-ssh-key';
import { RemoveSshKey } from './ssh-keys/remove-ssh-key';
import { SshKeyQueries } from './ssh-keys/ssh-key.queries';
import { SshKeysController } from './ssh-keys/ssh-keys.controller';
import { MakeToken } from './tokens/make-token';
import { RevokeToken } from './tokens/revoke-token';
import { TokenQueries } from './tokens/token.queries';
import { TokensController } from './tokens/tokens.controller';
import { TokensOfAllController } from './tokens/tokens-of-all.controller';
import { Reactivate } from './suspension/reactivate';
import { SignOutPerson } from './suspension/sign-out-person';
import { Suspension } from './suspension/suspension';

const secondFactor = [
  DisableSecondFactor,
  Enrol,
  OneTimeCodes,
  OwnPassword,
  RecoveryCodes,
  RenewRecoveryCodes,
  RequireOfRoles,
  ResetSecondFactor,
  SecondFactorQueries,
  SecondFactorStandingQueries,
  SecondFactorSwitch,
  SecondStep,
  VerifySecondFactor,
];

const passkeys = [
  AcceptPasskey,
  AddPasskey,
  Ceremonies,
  Challenges,
  EnrolPasskey,
  KeepPasskey,
  PasskeyQueries,
  RelyingParty,
  RemovePasskey,
  RenamePasskey,
  SecondStepWithPasskey,
  SignInWithPasskey,
];

@Module({
  // What names a path of its own stands before what takes any id.
  controllers: [
    InvitationsController,
    JoiningController,
    PasswordController,
    PeopleController,
    SessionController,
    SessionsController,
    SecondFactorController,
    SecondStepController,
    PasskeysController,
    PasskeySignInController,
    TokensController,
    TokensOfAllController,
    SshKeysController,
    StandInController,
    GroupsController,
  ],
  providers: [
    ...secondFactor,
    ...passkeys,
    MakeToken,
    RevokeToken,
    TokenQueries,
    AddSshKey,
    RemoveSshKey,
    SshKeyQueries,
    EndSessions,
    OpenSession,
    SessionQueries,
    AcceptInvitation,
    AccountNews,
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
    Reactivate,
    Register,
    ResetLetter,
    ResetPassword,
    SetPassword,
    SignIn,
    SignOutPerson,
    StandIn,
    Suspension,
    WithdrawInvitation,
  ],
  exports: [
    AccountNews,
    AddGroup,
    ChangeMembership,
    GroupsQueries,
    OpenSession,
    OwnPassword,
    PeopleQueries,
    SecondStep,
    SignIn,
    Suspension,
  ],
})
export class PeopleModule {}

/** What goes on without a request. */
@Module({ providers: [OverStandIns, PasswordRequests, ResetLetter] })
export class PeopleWorkerModule {}
