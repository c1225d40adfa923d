import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsString, Length, MaxLength } from 'class-validator';
import type { GivenLink } from './give-password-link';
import { type PasswordPreset, passwordPresets } from './password-rules';
import type { PasswordRulesSeen } from './change-password-rules';

export class ForgotRequest {
  @ApiProperty({ description: 'Username or e-mail address', maxLength: 254 })
  @IsString()
  @Length(1, 254)
  login!: string;
}

export class ResetRequest {
  @ApiProperty({ description: 'What stands after # in the link' })
  @IsString()
  @Length(1, 200)
  token!: string;

  @ApiProperty({ description: 'Taken or refused by the rules of the organization' })
  @IsString()
  @MaxLength(1024)
  password!: string;
}

export class SetPasswordRequest {
  @ApiProperty({ description: 'Taken or refused by the rules of the organization' })
  @IsString()
  @MaxLength(1024)
  password!: string;
}

export class ChangePasswordRequest {
  @ApiProperty({ description: 'The present password' })
  @IsString()
  @Length(1, 1024)
  current!: string;

  @ApiProperty({ description: 'Taken or refused by the rules of the organization' })
  @IsString()
  @MaxLength(1024)
  password!: string;
}

export class GivenLinkResponse implements GivenLink {
  @ApiProperty({ enum: ['mailed', 'hand-over'] })
  state!: 'mailed' | 'hand-over';
  @ApiProperty({ type: String, nullable: true, description: 'Good for 30 minutes and once; null where mail carries it' })
  link!: string | null;
}

export class PasswordRulesRequest {
  @ApiProperty({ enum: passwordPresets })
  @IsIn(passwordPresets)
  preset!: PasswordPreset;
}

export class PasswordRulesResponse implements PasswordRulesSeen {
  @ApiProperty({ enum: passwordPresets, description: '`standard` asks for length, `composition` for kinds of characters' })
  preset!: PasswordPreset;
  @ApiProperty()
  minLength!: number;
  @ApiProperty()
  maxLength!: number;
  @ApiProperty({ description: 'Of all settings of the organization' })
  version!: number;
}
