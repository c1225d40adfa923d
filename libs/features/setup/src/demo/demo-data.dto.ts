import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { OwnBookings } from './demo-data.queries';

const ownBookings = ['keep', 'remove'] as const satisfies readonly OwnBookings[];

export class RemoveDemoDataRequest {
  @ApiPropertyOptional({
    enum: ownBookings,
    default: 'keep',
    description: 'Bookings people made themselves on demo resources: kept with the resources they are on, or removed too',
  })
  @IsOptional()
  @IsIn(ownBookings)
  ownBookings?: OwnBookings;
}

class DemoCountsResponse {
  @ApiProperty()
  bookings!: number;
  @ApiProperty()
  resources!: number;
  @ApiProperty()
  people!: number;
  @ApiProperty()
  sites!: number;
  @ApiProperty()
  groups!: number;
  @ApiProperty({ description: 'Of reservations' })
  quotas!: number;
}

class DemoRemovalResponse {
  @ApiProperty({ type: DemoCountsResponse, description: 'Where bookings people made themselves are kept' })
  keep!: DemoCountsResponse;
  @ApiProperty({ type: DemoCountsResponse, description: 'Where they go too' })
  remove!: DemoCountsResponse;
}

export class DemoDataResponse {
  @ApiProperty({ enum: ['present', 'removed', 'none'] })
  state!: 'present' | 'removed' | 'none';
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Removed demo data can be brought back until then' })
  undoUntil!: string | null;
  @ApiProperty({ type: DemoRemovalResponse, nullable: true, description: 'What would go; null unless demo data is there' })
  removal!: DemoRemovalResponse | null;
}
