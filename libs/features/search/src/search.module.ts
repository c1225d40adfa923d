import { ReservationsModule } from '@berth/reservations';
import { ResourcesModule } from '@berth/resources';
import { Module } from '@nestjs/common';
import { CandidatesQueries } from './candidates.queries';
import { FavouritesController } from './favourites/favourites.controller';
import { FavouritesQueries } from './favourites/favourites.queries';
import { MarkFavourite } from './favourites/mark-favourite';
import { UnmarkFavourite } from './favourites/unmark-favourite';
import { FreeResources } from './free-resources';
import { FreeTimes } from './free-times';
import { FreeTimesController } from './free-times.controller';
import { ChangeSavedSearch } from './saved/change-saved-search';
import { DeleteSavedSearch } from './saved/delete-saved-search';
import { SaveSearch } from './saved/save-search';
import { SavedSearchesController } from './saved/saved-searches.controller';
import { SavedSearchesQueries } from './saved/saved-searches.queries';
import { SuggestionsQueries } from './saved/suggestions.queries';
import { SearchController } from './search.controller';

@Module({
  imports: [ReservationsModule, ResourcesModule],
  controllers: [FavouritesController, FreeTimesController, SavedSearchesController, SearchController],
  providers: [
    CandidatesQueries,
    ChangeSavedSearch,
    DeleteSavedSearch,
    FavouritesQueries,
    FreeResources,
    FreeTimes,
    MarkFavourite,
    SaveSearch,
    SavedSearchesQueries,
    SuggestionsQueries,
    UnmarkFavourite,
  ],
})
export class SearchModule {}
