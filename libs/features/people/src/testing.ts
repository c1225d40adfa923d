import { newId } from '@berth/kernel';
import {
  AccessTokens,
  type Actor,
  Lockout,
  PartialTokens,
  Passwords,
  Refusals,
  rightsOfRole,
  Sessions,
  SigningKeys,
  TrustedDevices,
} from '@berth/platform/auth';
import { Mail, MailTransport, PublicLinks } from '@berth/platform/mail';
import { MailWorker, type ReceivedMail, type Sink, startSink } from '@berth/platform/mail/testing';
import { Secrets } from '@berth/platform/runtime';
import { SetClock, silentOutbox, silentQueue, silentSchedule, type TestDatabase, workOff } from '@berth/platform/testing';
import pino from 'pino';
import { ChangeEmail } from './email/change-email';
import { ConfirmEmail } from './email/confirm-email';
import { AccountNews } from './links/account-news';
import { AcceptInvitation } from './joining/accept-invitation';
import { ConfirmRegistration } from './joining/confirm-registration';
import { InvitationQueries } from './joining/invitations.queries';
import { Invite } from './joining/invite';
import { Register } from './joining/register';
import { WithdrawInvitation } from './joining/withdraw-invitation';
import { AccountPassword } from './password/account-password';
import { ChangePassword } from './password/change-password';
import { ChangePasswordRules } from './password/change-password-rules';
import { ForgetPassword } from './password/forget-password';
import { GivePasswordLink } from './password/give-password-link';
import { OwnPassword } from './password/own-password';
import { AcceptPasskey } from './passkeys/accept-passkey';
import { AddPasskey } from './passkeys/add-passkey';
import { Ceremonies } from './passkeys/ceremonies';
import { Challenges } from './passkeys/challenges';
import { EnrolPasskey } from './passkeys/enrol-passkey';
import { KeepPasskey } from './passkeys/keep-passkey';
import { PasskeyQueries } from './passkeys/passkey.queries';
import { RelyingParty } from './passkeys/relying-party';
import { RemovePasskey } from './passkeys/remove-passkey';
import { RenamePasskey } from './passkeys/rename-passkey';
import { SecondStepWithPasskey } from './passkeys/second-step-with-passkey';
import { SignInWithPasskey } from './passkeys/sign-in-with-passkey';
import { PasswordRequests } from './password/password-requests.worker';
import { ResetLetter } from './password/reset-letter';
import { ResetPassword } from './password/reset-password';
import { OpenSession } from './open-session';
import { Enrol } from './second-factor/enrol';
import { OneTimeCodes } from './second-factor/one-time-codes';
import { RecoveryCodes } from './second-factor/recovery-codes';
import { RequireOfRoles } from './second-factor/require-of-roles';
import { ResetSecondFactor } from './second-factor/reset-second-factor';
import { SecondFactorStandingQueries } from './second-factor/second-factor-standing.queries';
import { SecondFactorQueries } from './second-factor/second-factor.queries';
import { SecondFactorSwitch } from './second-factor/second-factor-switch';
import { SecondStep } from './second-factor/second-step';
import { VerifySecondFactor } from './second-factor/verify-second-factor';
import { SignIn } from './sign-in';

/** A password every rule takes. */
export const PASSWORD = 'correct horse battery';

/** The real use cases on the real database, with a mail server that keeps what it gets; only the clock is set. */
export function peopleOn(db: TestDatabase, options: { mail: boolean } = { mail: true }) {
  const clock = new SetClock(new Date('2026-12-07T08:00:00Z'));
  let parts: ReturnType<typeof useCases> | undefined;
  let sink: Sink | undefined;
  beforeAll(async () => {
    sink = options.mail ? await startSink() : undefined;
    parts = useCases(db, clock, sink?.url);
  });
  afterAll(async () => {
    parts?.transport.onModuleDestroy();
    await sink?.stop();
  });
  const made = (): ReturnType<typeof useCases> => {
    if (!parts) throw new Error('the use cases are there from the first test on');
    return parts;
  };

  return {
    clock,
    get does() {
      return made();
    },

    /** Everything that was mailed since the last look, after the worker has sent it. */
    async mails(): Promise<readonly ReceivedMail[]> {
      await made().requests.run();
      await workOff(made().worker);
      return sink?.received.splice(0) ?? [];
    },

    /** A member with a password of their own and a session they are signed in with. */
    async aMember(
      given: { role?: Actor['role']; username?: string; language?: string } = {},
    ): Promise<Actor & { email: string; username: string }> {
      const { role = 'user', username = `p${newId().slice(-12)}`, language } = given;
      const [id, sessionId] = [newId(), newId()];
      const email = `${username}@acme.example`;
      await db.asOwner(
        `insert into account (id, org_id, username, email, display_name, role, password_hash, preferences, created_at) values ($1, $2, $3, $4, $3, $5, $6, $7, now())`,
        [id, db.organizationId, username, email, role, await made().passwords.hash(PASSWORD), language ? { language } : {}],
      );
      await db.asOwner(
        `insert into session (id, org_id, account_id, token_hash, created_at, expires_at) values ($1, $2, $3, 'x', $4, $4::timestamptz + interval '30 days')`,
        [sessionId, db.organizationId, id, clock.now()],
      );
      return {
        organizationId: db.organizationId,
        accountId: id,
        sessionId,
        requestId: 'test',
        displayName: username,
        ...rightsOfRole(role),
        email,
        username,
      };
    },
  };
}

/** The token a letter brings. */
export const tokenIn = (mail: ReceivedMail | undefined): string => decodeURIComponent(/#(\S+)/.exec(mail?.text ?? '')?.[1] ?? '');
/** The token of a link that was handed over. */
export const tokenOf = (link: string | null): string => decodeURIComponent(link?.split('#')[1] ?? '');

function useCases(db: TestDatabase, clock: SetClock, smtpUrl: string | undefined) {
  const { database } = db;
  const secrets = new Secrets(Buffer.alloc(32, 7));
  const config = { publicUrl: 'https://berth.example', host: '127.0.0.1', port: 3000 };
  const links = new PublicLinks(config);
  const transport = new MailTransport({ smtpUrl, mailFrom: undefined }, links);
  const mail = new Mail(transport, secrets, clock);
  const log = pino({ level: 'silent' });
  const outbox = silentOutbox();
  const passwords = new Passwords();
  const keys = new SigningKeys(database, secrets, clock);
  const sessions = new Sessions(database, new AccessTokens(keys, clock), outbox, secrets, clock);
  const devices = new TrustedDevices(database, clock);
  const lockout = new Lockout(database, secrets, clock);
  const news = new AccountNews(mail, links, clock);
  const invitations = new InvitationQueries(database, clock);
  const accountPassword = new AccountPassword(sessions, devices, news, outbox, clock);
  const ownPassword = new OwnPassword(database, passwords, lockout);
  const letter = new ResetLetter(mail, links, secrets, clock);
  const opening = new OpenSession(sessions, devices, outbox);
  const party = new RelyingParty(config);
  const step = new SecondStep(new PartialTokens(keys, clock), party);
  const codes = new OneTimeCodes(secrets, clock);
  const recovery = new RecoveryCodes(clock);
  const secondFactor = new SecondFactorSwitch(recovery, devices, sessions, outbox);
  const ceremonies = new Ceremonies(party, new Challenges(database, clock));
  const acceptPasskey = new AcceptPasskey(news, outbox, clock);
  const keepPasskey = new KeepPasskey(news, outbox, clock);
  return {
    ...{ passwords, sessions, transport, invitations, news },
    signIn: new SignIn(database, passwords, lockout, devices, step, opening, new Refusals(database, outbox, log)),
    enrol: new Enrol(database, ownPassword, step, codes, secondFactor, opening),
    verify: new VerifySecondFactor(database, step, codes, recovery, opening, news, outbox),
    secondFactorSeen: new SecondFactorQueries(database),
    resetSecondFactor: new ResetSecondFactor(database, codes, secondFactor, sessions, news, outbox, clock),
    requireOfRoles: new RequireOfRoles(database, outbox),
    standing: new SecondFactorStandingQueries(database),
    addPasskey: new AddPasskey(database, ownPassword, ceremonies, party, secondFactor, keepPasskey),
    enrolPasskey: new EnrolPasskey(database, step, ceremonies, keepPasskey, secondFactor, opening),
    renamePasskey: new RenamePasskey(database, outbox),
    removePasskey: new RemovePasskey(database, ownPassword, secondFactor, outbox),
    passkeysSeen: new PasskeyQueries(database, party),
    passkeySignIn: new SignInWithPasskey(database, ceremonies, acceptPasskey, opening),
    passkeyStep: new SecondStepWithPasskey(database, step, party, ceremonies, acceptPasskey, opening),
    worker: new MailWorker(database, transport, secrets, clock, silentQueue(), log),
    requests: new PasswordRequests(database, letter, secrets, clock, silentSchedule()),
    register: new Register(database, passwords, mail, links, secrets, outbox, clock),
    confirmRegistration: new ConfirmRegistration(database, secrets, outbox, clock),
    invite: new Invite(database, mail, links, invitations, secrets, outbox, clock),
    withdraw: new WithdrawInvitation(database, outbox, clock),
    accept: new AcceptInvitation(database, passwords, mail, outbox, clock),
    forget: new ForgetPassword(database, mail, secrets, clock),
    reset: new ResetPassword(database, passwords, accountPassword, mail, clock),
    changePassword: new ChangePassword(database, passwords, ownPassword, accountPassword),
    givePasswordLink: new GivePasswordLink(database, letter, outbox, clock),
    passwordRules: new ChangePasswordRules(database, outbox),
    changeEmail: new ChangeEmail(database, ownPassword, mail, links, secrets, outbox, clock),
    confirmEmail: new ConfirmEmail(database, mail, secrets, outbox, clock),
  };
}
