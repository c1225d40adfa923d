import { ApiProperty } from '@nestjs/swagger';
import { NamedResponse } from '../named.dto';

export class PassingPersonResponse extends NamedResponse {
  @ApiProperty({ description: 'Would get through who does not now; false for the other way about' })
  gains!: boolean;
}

export class GateChangeResponse {
  @ApiProperty({ description: 'People who get through now' })
  now!: number;
  @ApiProperty({ description: 'People who would get through' })
  after!: number;
  @ApiProperty()
  gain!: number;
  @ApiProperty()
  lose!: number;
  @ApiProperty({ type: [PassingPersonResponse], description: 'The first 50 of those by name' })
  people!: PassingPersonResponse[];
}

export class GatePreviewResponse {
  @ApiProperty({ description: 'People who can sign in' })
  people!: number;
  @ApiProperty({ type: GateChangeResponse, description: 'Who sees it' })
  see!: GateChangeResponse;
  @ApiProperty({ type: GateChangeResponse, description: 'Who may book, of those who see it' })
  book!: GateChangeResponse;
}
