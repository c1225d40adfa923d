import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems, IdPipe } from '@berth/platform/http';
import { Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { FavouritesResponse } from './favourites.dto';
import { FavouritesQueries } from './favourites.queries';
import { MarkFavourite } from './mark-favourite';
import { UnmarkFavourite } from './unmark-favourite';

/** Resources one has marked. */
@ApiTags('availability')
@Controller('users/me/favourites')
export class FavouritesController {
  constructor(
    private readonly queries: FavouritesQueries,
    private readonly markFavourite: MarkFavourite,
    private readonly unmarkFavourite: UnmarkFavourite,
  ) {}

  /** The resources one has marked, by name. */
  @Get()
  @Requires('profile:manage')
  @ApiOkResponse({ type: FavouritesResponse })
  async list(@CurrentActor() actor: Actor): Promise<FavouritesResponse> {
    return { data: await this.queries.all(actor) };
  }

  /** Marks a resource, so that it is found before others that fit as well. */
  @Put(':id')
  @HttpCode(204)
  @Requires('profile:manage')
  @ApiNoContentResponse()
  @ApiProblems('not-found')
  mark(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<void> {
    return this.markFavourite.execute(actor, id);
  }

  /** Takes the mark of a resource away; nothing happens where there is none. */
  @Delete(':id')
  @HttpCode(204)
  @Requires('profile:manage')
  @ApiNoContentResponse()
  @ApiProblems('not-found')
  unmark(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: string): Promise<void> {
    return this.unmarkFavourite.execute(actor, id);
  }
}
