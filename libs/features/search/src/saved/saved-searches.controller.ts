import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe, IfMatch } from '@berth/platform/http';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ChangeSavedSearch } from './change-saved-search';
import { DeleteSavedSearch } from './delete-saved-search';
import { SaveSearch } from './save-search';
import type { SavedSearch } from './saved-search';
import {
  ChangeSavedSearchRequest,
  SavedSearchesResponse,
  SavedSearchResponse,
  SaveSearchRequest,
  SuggestionsQuery,
  NameSuggestionsResponse,
} from './saved.dto';
import { SavedSearchesQueries } from './saved-searches.queries';
import { SuggestionsQueries } from './suggestions.queries';

/** Searches one keeps, and what could be searched for. */
@ApiTags('availability')
@Controller('search')
export class SavedSearchesController {
  constructor(
    private readonly queries: SavedSearchesQueries,
    private readonly suggestions: SuggestionsQueries,
    private readonly saveSearch: SaveSearch,
    private readonly changeSavedSearch: ChangeSavedSearch,
    private readonly deleteSavedSearch: DeleteSavedSearch,
  ) {}

  /** One's own kept searches, by name. */
  @Get('saved')
  @Requires('profile:manage')
  @ApiOkResponse({ type: SavedSearchesResponse })
  async list(@CurrentActor() actor: Actor): Promise<{ data: SavedSearch[] }> {
    return { data: await this.queries.all(actor) };
  }

  /** Keeps a search under a name. */
  @Post('saved')
  @Requires('profile:manage')
  @ApiCreatedResponse({ type: SavedSearchResponse })
  @ApiProblems('validation-failed', 'already-exists', 'idempotency-key-reused')
  save(@CurrentActor() actor: Actor, @Body() request: SaveSearchRequest): Promise<SavedSearch> {
    return this.saveSearch.execute(actor, request);
  }

  /** Renames a kept search or replaces what it asks for: merge patch. */
  @Patch('saved/:id')
  @Requires('profile:manage')
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiOkResponse({ type: SavedSearchResponse })
  @ApiProblems('validation-failed', 'not-found', 'already-exists', 'precondition-failed', 'idempotency-key-reused')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number | undefined,
    @Body() patch: ChangeSavedSearchRequest,
  ): Promise<SavedSearch> {
    return this.changeSavedSearch.execute(actor, { id, version, patch });
  }

  /** Forgets a kept search. */
  @Delete('saved/:id')
  @HttpCode(204)
  @Requires('profile:manage')
  @ApiNoContentResponse()
  @ApiProblems('not-found')
  forget(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<void> {
    return this.deleteSavedSearch.execute(actor, id);
  }

  /** Resources, types, sites, floors and tags the caller may see whose names hold what was typed, those that begin with it first. */
  @Get('suggestions')
  @Requires('availability:read')
  @ApiOkResponse({ type: NameSuggestionsResponse })
  @ApiProblems('validation-failed', 'unknown-parameter')
  async suggest(@CurrentActor() actor: Actor, @Query() { q }: SuggestionsQuery): Promise<NameSuggestionsResponse> {
    return { data: await this.suggestions.of(actor, q) };
  }
}
