import { ApiProperty } from '@nestjs/swagger';

export class NamedResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  name!: string;
}

export class RoleRefResponse {
  @ApiProperty()
  id!: string;
  @ApiProperty({ type: String, nullable: true })
  name!: string | null;
}
