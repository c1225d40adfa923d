import type { Permission } from '@berth/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsString, Length } from 'class-validator';
import { type ClientType, clientTypes } from '../clients/client';
import type { Asked } from './asked';

const REQUEST = { minLength: 1, maxLength: 8000, description: 'What stood after ? in the address the client sent the person to' };

export class LookAtRequest {
  @ApiProperty(REQUEST)
  @IsString()
  @Length(REQUEST.minLength, REQUEST.maxLength)
  request!: string;
}

export class AnswerConsentRequest extends LookAtRequest {
  @ApiProperty()
  @IsBoolean()
  allow!: boolean;
}

class AskingClientResponse {
  @ApiProperty()
  name!: string;
  @ApiProperty({ enum: clientTypes })
  type!: ClientType;
}

class ConsentingPersonResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  displayName!: string;
}

export class AskedResponse implements Asked {
  @ApiProperty({ type: AskingClientResponse })
  client!: AskingClientResponse;
  @ApiProperty({ type: [String], description: 'Permissions it would be allowed: asked for, registered and held' })
  scopes!: readonly Permission[];
  @ApiProperty({ type: ConsentingPersonResponse, description: 'In whose name' })
  person!: ConsentingPersonResponse;
}

export class ConsentResponse {
  @ApiPropertyOptional({ type: AskedResponse, description: 'Left out where there is nothing to ask' })
  asked?: AskedResponse;
  @ApiPropertyOptional({ description: 'Host or scheme the answer is brought to' })
  goesTo?: string;
  @ApiPropertyOptional({ description: 'Where the request is refused: the client, which is told why' })
  redirectTo?: string;
}

export class AnsweredResponse {
  @ApiProperty({ description: 'Where the browser goes now' })
  redirectTo!: string;
}
