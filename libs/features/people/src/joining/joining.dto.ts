import { roles, type Role } from '@berth/contracts';
import { IsPlainText, PageEndResponse } from '@berth/platform/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsEmail, IsIn, IsOptional, IsString, Length, Matches, MaxLength } from 'class-validator';
import type { Invitation, SentInvitation } from './invitation';
import type { InvitationSeen } from './invitations.queries';

/** What a link brought along, after `#`. */
export class LinkTokenRequest {
  @ApiProperty({ description: 'What stands after # in the link' })
  @IsString()
  @Length(1, 200)
  token!: string;
}

export class InviteRequest {
  @ApiProperty({ format: 'email', maxLength: 254 })
  @IsEmail()
  @MaxLength(254)
  email!: string;

  @ApiProperty({ enum: roles })
  @IsIn(roles)
  role!: Role;
}

export class AcceptInvitationRequest extends LinkTokenRequest {
  @ApiProperty({ pattern: '^[^\\s@]{1,100}$' })
  @IsString()
  @Matches(/^[^\s@]{1,100}$/, { message: 'takes 1 to 100 characters without spaces and @' })
  @IsPlainText()
  username!: string;

  @ApiPropertyOptional({ maxLength: 200 })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  @IsPlainText()
  displayName?: string;

  @ApiProperty({ description: 'Taken or refused by the rules of the organization' })
  @IsString()
  @MaxLength(1024)
  password!: string;
}

class InviterResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  displayName!: string;
}

export class InvitationResponse implements Invitation {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  email!: string;
  @ApiProperty({ enum: roles })
  role!: Role;
  @ApiProperty({ type: InviterResponse, nullable: true })
  invitedBy!: InviterResponse | null;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;
  @ApiProperty({ description: 'Its time has run out; it can be sent again' })
  expired!: boolean;
}

export class SentInvitationResponse extends InvitationResponse implements SentInvitation {
  @ApiProperty({ type: String, nullable: true, description: 'To hand over; null where mail carries it' })
  link!: string | null;
}

export class InvitationPage {
  @ApiProperty({ type: [InvitationResponse] })
  data!: readonly InvitationResponse[];
  @ApiProperty({ type: PageEndResponse })
  page!: PageEndResponse;
}

export class InvitationSeenResponse implements InvitationSeen {
  @ApiProperty()
  organization!: string;
  @ApiProperty({ description: 'The address the account will have' })
  email!: string;
}

export class MailedResponse {
  @ApiProperty({ enum: ['mailed'], description: 'The rest is in a letter, or there is nothing to do' })
  state!: 'mailed';
}
