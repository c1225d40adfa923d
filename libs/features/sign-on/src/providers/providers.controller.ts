import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { Database } from '@berth/platform/database';
import { ApiProblems, IdPipe, RequiredIfMatch } from '@berth/platform/http';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AddProvider } from './add-provider';
import { ChangeProvider } from './change-provider';
import { OrderProviders } from './order-providers';
import type { Provider } from './provider';
import {
  AddProviderRequest,
  ChangeProviderRequest,
  IssuerReportResponse,
  OrderProvidersRequest,
  ProviderResponse,
  ProvidersResponse,
  TestIssuerRequest,
} from './providers.dto';
import { type OrderedProviders, ProvidersQueries } from './providers.queries';
import { RemoveProvider } from './remove-provider';
import { type IssuerReport, TestIssuer } from './test-issuer';

/** OpenID providers people sign in with. */
@ApiTags('identity-providers')
@Controller('identity-providers')
export class ProvidersController {
  constructor(
    private readonly database: Database,
    private readonly queries: ProvidersQueries,
    private readonly adding: AddProvider,
    private readonly changing: ChangeProvider,
    private readonly removing: RemoveProvider,
    private readonly ordering: OrderProviders,
    private readonly testing: TestIssuer,
  ) {}

  /** All of them, in the order of their buttons. */
  @Get()
  @Requires('organization:manage')
  @ApiOkResponse({ type: ProvidersResponse })
  list(@CurrentActor() actor: Actor): Promise<OrderedProviders> {
    return this.queries.all(actor);
  }

  /** Sets up a provider. Whoever does so can give all its mapping gives. */
  @Post()
  @Requires('organization:manage')
  @ApiCreatedResponse({ type: ProviderResponse })
  @ApiProblems('validation-failed', 'already-exists', 'invalid-reference', 'idempotency-key-reused')
  add(@CurrentActor() actor: Actor, @Body() request: AddProviderRequest): Promise<Provider> {
    return this.adding.execute(actor, request);
  }

  /** Asks an issuer what it is: says what was found, or why nothing was. */
  @Post('test')
  @HttpCode(200)
  @Requires('organization:manage')
  @ApiOkResponse({ type: IssuerReportResponse })
  @ApiProblems('validation-failed')
  test(@Body() { issuer }: TestIssuerRequest): Promise<IssuerReport> {
    return this.testing.execute(issuer);
  }

  /** Says in which order the buttons stand. */
  @Put('order')
  @HttpCode(204)
  @Requires('organization:manage')
  @ApiNoContentResponse()
  @ApiProblems('validation-failed', 'invalid-reference')
  order(@CurrentActor() actor: Actor, @RequiredIfMatch() version: number, @Body() { ids }: OrderProvidersRequest): Promise<void> {
    return this.ordering.execute(actor, ids, version);
  }

  /** One provider. */
  @Get(':id')
  @Requires('organization:manage')
  @ApiOkResponse({ type: ProviderResponse })
  @ApiProblems('not-found')
  one(@CurrentActor() { organizationId }: Actor, @Param('id', IdPipe) id: string): Promise<Provider> {
    return this.queries.one(this.database.of(organizationId), organizationId, id);
  }

  /** Changes a provider: merge patch; key and issuer never change, a secret that is left out stays. */
  @Patch(':id')
  @Requires('organization:manage')
  @ApiOkResponse({ type: ProviderResponse })
  @ApiProblems('validation-failed', 'not-found', 'already-exists', 'invalid-reference', 'last-way-in', 'idempotency-key-reused')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @RequiredIfMatch() version: number,
    @Body() patch: ChangeProviderRequest,
  ): Promise<Provider> {
    return this.changing.execute(actor, { id, version, patch });
  }

  /** Removes a provider, its links, and what it gave people; refused while it is the only way in for somebody. */
  @Delete(':id')
  @HttpCode(204)
  @Requires('organization:manage')
  @ApiNoContentResponse()
  @ApiProblems('not-found', 'last-way-in')
  remove(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string, @RequiredIfMatch() version: number): Promise<void> {
    return this.removing.execute(actor, id, version);
  }
}
