import { ClosedToStandIns, CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe } from '@berth/platform/http';
import type { Page } from '@berth/kernel';
import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AddPerson } from './add-person';
import { ChangePreferences } from './change-preferences';
import { ChangeEmail, type EmailChange } from './email/change-email';
import {
  AddPersonRequest,
  ChangeEmailRequest,
  EmailChangeResponse,
  MeResponse,
  PeoplePage,
  PeopleQuery,
  PersonResponse,
  PersonSeenResponse,
  PreferencesPatch,
  PreferencesResponse,
} from './people.dto';
import { type Me, PeopleQueries, type PersonSeen } from './people.queries';
import type { Person, Preferences } from './person';
import { ResetSecondFactor } from './second-factor/reset-second-factor';
import { ResetSecondFactorRequest } from './second-factor/second-factor.dto';
import { Reactivate } from './suspension/reactivate';
import { SignOutPerson } from './suspension/sign-out-person';

/** People of the organization, and the one who is signed in. */
@ApiTags('people')
@Controller('users')
export class PeopleController {
  constructor(
    private readonly queries: PeopleQueries,
    private readonly addPerson: AddPerson,
    private readonly changePreferences: ChangePreferences,
    private readonly changeEmail: ChangeEmail,
    private readonly reactivating: Reactivate,
    private readonly signingOut: SignOutPerson,
    private readonly resetting: ResetSecondFactor,
  ) {}

  /** The person who is signed in, with rights, organization and preferences. */
  @Get('me')
  @Requires('profile:manage')
  @ApiOkResponse({ type: MeResponse })
  me(@CurrentActor() actor: Actor): Promise<Me> {
    return this.queries.me(actor);
  }

  /** Changes one's own preferences. */
  @Patch('me/preferences')
  @Requires('profile:manage')
  @ApiOkResponse({ type: PreferencesResponse })
  @ApiProblems('validation-failed', 'invalid-reference', 'idempotency-key-reused')
  preferences(@CurrentActor() actor: Actor, @Body() patch: PreferencesPatch): Promise<Preferences> {
    return this.changePreferences.execute(actor, { ...patch });
  }

  /** Asks for another e-mail address; where mail leaves, it is taken once it is proved. */
  @Post('me/email')
  @Requires('profile:manage')
  @ClosedToStandIns()
  @HttpCode(200)
  @ApiOkResponse({ type: EmailChangeResponse })
  @ApiProblems('validation-failed', 'password-wrong', 'too-many-attempts', 'already-exists', 'idempotency-key-reused')
  email(@CurrentActor() actor: Actor, @Body() request: ChangeEmailRequest): Promise<EmailChange> {
    return this.changeEmail.execute(actor, request);
  }

  /** People by name, one page at a time. */
  @Get()
  @Requires('user:read')
  @ApiOkResponse({ type: PeoplePage })
  @ApiProblems('validation-failed', 'unknown-parameter', 'invalid-cursor')
  list(@CurrentActor() actor: Actor, @Query() query: PeopleQuery): Promise<Page<Person>> {
    return this.queries.page(actor, query);
  }

  /** Adds a person. */
  @Post()
  @Requires('user:manage')
  @ApiCreatedResponse({ type: PersonResponse })
  @ApiProblems('validation-failed', 'already-exists', 'password-refused', 'idempotency-key-reused')
  create(@CurrentActor() actor: Actor, @Body() request: AddPersonRequest): Promise<Person> {
    return this.addPerson.execute(actor, request);
  }

  /** One person with the sessions that go on. */
  @Get(':id')
  @Requires('user:manage')
  @ApiOkResponse({ type: PersonSeenResponse })
  @ApiProblems('not-found', 'account-merged')
  one(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<PersonSeen> {
    return this.queries.one(actor, id);
  }

  /** Lets a suspended person in again. */
  @Post(':id/reactivate')
  @Requires('user:manage')
  @HttpCode(200)
  @ApiOkResponse({ type: PersonSeenResponse })
  @ApiProblems('not-found', 'idempotency-key-reused')
  reactivate(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<PersonSeen> {
    return this.reactivating.execute(actor, id);
  }

  /** Takes somebody’s second factor away, who lost it; every session ends, and the person is told the reason. */
  @Post(':id/second-factor/reset')
  @Requires('user:manage')
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiProblems('validation-failed', 'not-found', 'last-way-in', 'idempotency-key-reused')
  resetSecondFactor(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Body() { reason }: ResetSecondFactorRequest,
  ): Promise<void> {
    return this.resetting.execute(actor, id, reason);
  }

  /** Ends every session of a person; they may sign in again. */
  @Post(':id/sign-out')
  @Requires('user:manage')
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiProblems('not-found', 'idempotency-key-reused')
  signOut(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<void> {
    return this.signingOut.execute(actor, id);
  }
}
