import { roles, type Role } from '@berth/contracts';
import { IsPlainText, IsTimeZone, ListQuery, PageEndResponse, ToCommaList } from '@berth/platform/http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';
import type { PersonSeen, PersonSession } from './people.queries';
import { type NameAudience, nameAudiences } from './names';
import { type DateOrder, dateOrders, personStatuses, type PersonStatus, type Preferences, themes } from './person';
import { ShownStandInResponse } from './standing-in/stand-in.dto';

/** Longest password that is hashed; nothing is cut off before it. */
const PASSWORD_MAX = 256;
const languages = ['en', 'es', 'fr', 'de'];

export class RegisterRequest {
  @ApiProperty({ pattern: '^[^\\s@]{1,100}$' })
  @IsString()
  @Matches(/^[^\s@]{1,100}$/, { message: 'takes 1 to 100 characters without spaces and @' })
  @IsPlainText()
  username!: string;

  @ApiProperty({ format: 'email', maxLength: 254 })
  @IsEmail()
  @MaxLength(254)
  email!: string;

  @ApiProperty({ description: 'Taken or refused by the rules of the organization' })
  @IsString()
  @MaxLength(1024)
  password!: string;

  @ApiPropertyOptional({ maxLength: 200 })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  @IsPlainText()
  displayName?: string;
}

export class AddPersonRequest extends RegisterRequest {
  @ApiProperty({ enum: roles })
  @IsIn(roles)
  role!: Role;
}

export class PeopleQuery extends ListQuery {
  @ApiPropertyOptional({ description: 'Part of a name or e-mail address' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  q?: string;

  @ApiPropertyOptional({ description: 'Statuses (active, suspended) parted by commas; who is active, where left out', type: String })
  @IsOptional()
  @ToCommaList()
  @IsIn(personStatuses, { each: true })
  status?: PersonStatus[];
}

export class ChangeEmailRequest {
  @ApiProperty({ format: 'email', maxLength: 254 })
  @IsEmail()
  @MaxLength(254)
  email!: string;

  @ApiProperty({ description: 'The present password' })
  @IsString()
  @Length(1, 1024)
  password!: string;
}

export class EmailChangeResponse {
  @ApiProperty({ enum: ['mailed', 'changed'], description: '`mailed`: it is taken when whoever reads the new address says so' })
  state!: 'mailed' | 'changed';
}

export class SignInRequest {
  @ApiProperty({ description: 'Username or e-mail address' })
  @IsString()
  @Length(1, 254)
  username!: string;

  @ApiProperty()
  @IsString()
  @Length(1, PASSWORD_MAX)
  password!: string;
}

export class TokenRequest {
  @ApiProperty({ enum: ['password', 'mfa_otp', 'refresh_token'] })
  @IsIn(['password', 'mfa_otp', 'refresh_token'])
  grant_type!: 'password' | 'mfa_otp' | 'refresh_token';

  @ApiPropertyOptional()
  @ValidateIf((it: TokenRequest) => it.grant_type === 'password')
  @IsString()
  @Length(1, 254)
  username?: string;

  @ApiPropertyOptional()
  @ValidateIf((it: TokenRequest) => it.grant_type === 'password')
  @IsString()
  @Length(1, PASSWORD_MAX)
  password?: string;

  @ApiPropertyOptional()
  @ValidateIf((it: TokenRequest) => it.grant_type === 'refresh_token')
  @IsString()
  @Length(1, 200)
  refresh_token?: string;

  @ApiPropertyOptional({ description: 'From `second-factor-required`, with `mfa_otp`' })
  @ValidateIf((it: TokenRequest) => it.grant_type === 'mfa_otp')
  @IsString()
  @Length(1, 2048)
  mfa_token?: string;

  @ApiPropertyOptional({ description: 'Six digits of the app, with `mfa_otp`' })
  @ValidateIf((it: TokenRequest) => it.grant_type === 'mfa_otp')
  @IsString()
  @Length(6, 6)
  otp?: string;
}

export class RefreshRequest {
  @ApiPropertyOptional({ description: 'Left out by browsers, whose cookie carries it' })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  refresh_token?: string;
}

export class TokenResponse {
  @ApiProperty()
  access_token!: string;
  @ApiProperty()
  refresh_token!: string;
  @ApiProperty({ enum: ['Bearer'] })
  token_type!: 'Bearer';
  @ApiProperty({ description: 'Seconds' })
  expires_in!: number;
}

export class PersonResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  username!: string;
  @ApiProperty()
  displayName!: string;
  @ApiProperty()
  email!: string;
  @ApiProperty({ enum: roles })
  role!: Role;
  @ApiProperty({ enum: personStatuses })
  status!: PersonStatus;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty()
  version!: number;
}

export class PersonSessionResponse implements PersonSession {
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ format: 'date-time' })
  lastUsedAt!: string;
  @ApiProperty({ type: String, nullable: true })
  userAgent!: string | null;
  @ApiProperty({ type: String, nullable: true })
  address!: string | null;
}

export class SecondFactorSeen {
  @ApiProperty({ description: 'Codes of an app are asked for' })
  app!: boolean;
  @ApiProperty()
  passkeys!: number;
}

export class PersonSeenResponse extends PersonResponse implements PersonSeen {
  @ApiProperty({ description: 'Somebody who reads the address proved it' })
  emailVerified!: boolean;
  @ApiProperty()
  hasPassword!: boolean;
  @ApiProperty({ type: SecondFactorSeen })
  secondFactor!: SecondFactorSeen;
  @ApiProperty({ type: [PersonSessionResponse], description: 'Those that go on, latest first' })
  sessions!: readonly PersonSessionResponse[];
}

export class PeoplePage {
  @ApiProperty({ type: [PersonResponse] })
  data!: readonly PersonResponse[];
  @ApiProperty({ type: PageEndResponse })
  page!: PageEndResponse;
}

const AUDIENCE =
  'Who reads the name on what one booked: everyone, who is in a group with one, or nobody; who manages or approves it always does';

export class PreferencesResponse implements Preferences {
  @ApiProperty({ enum: languages })
  language!: string;
  @ApiProperty({ enum: themes, description: '`system` goes by the device, its wish for more contrast included' })
  theme!: (typeof themes)[number];
  @ApiProperty({ type: String, nullable: true, description: 'IANA zone; null follows the device' })
  timeZone!: string | null;
  @ApiProperty({ enum: ['h23', 'h12'] })
  hourCycle!: 'h23' | 'h12';
  @ApiProperty({ enum: dateOrders, description: 'Order of day, month and year' })
  dateOrder!: DateOrder;
  @ApiProperty({ minimum: 1, maximum: 7, description: '1 is Monday' })
  weekStart!: number;
  @ApiProperty({ enum: ['comfortable', 'default', 'compact'] })
  density!: 'comfortable' | 'default' | 'compact';
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  defaultSiteId!: string | null;
  @ApiProperty({ minimum: 5, maximum: 1440, description: 'Of a booking for which nobody says how long' })
  defaultDurationMinutes!: number;
  @ApiProperty({ description: 'Single-key shortcuts' })
  shortcuts!: boolean;
  @ApiProperty({ enum: nameAudiences, description: AUDIENCE })
  nameShownTo!: NameAudience;
}

/** Merge patch (RFC 7396): null goes back to what the organization has. */
export class PreferencesPatch {
  @ApiPropertyOptional({ enum: languages, nullable: true })
  @IsOptional()
  @IsIn(languages)
  language?: string | null;
  @ApiPropertyOptional({ enum: themes, nullable: true })
  @IsOptional()
  @IsIn(themes)
  theme?: string | null;
  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @IsTimeZone()
  timeZone?: string | null;
  @ApiPropertyOptional({ enum: ['h23', 'h12'], nullable: true })
  @IsOptional()
  @IsIn(['h23', 'h12'])
  hourCycle?: string | null;
  @ApiPropertyOptional({ enum: dateOrders, nullable: true })
  @IsOptional()
  @IsIn(dateOrders)
  dateOrder?: string | null;
  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: 7, nullable: true })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(7)
  weekStart?: number | null;
  @ApiPropertyOptional({ enum: ['comfortable', 'default', 'compact'], nullable: true })
  @IsOptional()
  @IsIn(['comfortable', 'default', 'compact'])
  density?: string | null;
  @ApiPropertyOptional({ type: String, format: 'uuid', nullable: true })
  @IsOptional()
  @IsUUID()
  defaultSiteId?: string | null;
  @ApiPropertyOptional({ type: Number, minimum: 5, maximum: 1440, nullable: true })
  @IsOptional()
  @IsInt()
  @Min(5)
  @Max(1440)
  defaultDurationMinutes?: number | null;
  @ApiPropertyOptional({ type: Boolean, nullable: true })
  @IsOptional()
  @IsBoolean()
  shortcuts?: boolean | null;
  @ApiPropertyOptional({ enum: nameAudiences, nullable: true, description: AUDIENCE })
  @IsOptional()
  @IsIn(nameAudiences)
  nameShownTo?: string | null;
}

export class OrganizationSummary {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty()
  timeZone!: string;
  @ApiProperty({ enum: languages })
  language!: string;
  @ApiProperty()
  weekStart!: number;
  @ApiProperty()
  registrationOpen!: boolean;
  @ApiProperty({ description: 'Demo data is there' })
  demo!: boolean;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'The demo data was removed and can be brought back until then',
  })
  demoUndoUntil!: string | null;
}

export class PlacedRightsResponse {
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  siteId!: string | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  resourceId!: string | null;
  @ApiProperty({ type: [String] })
  permissions!: readonly string[];
}

export class MeResponse extends PersonResponse {
  @ApiProperty({ type: [String], description: 'What they may do somewhere' })
  permissions!: readonly string[];
  @ApiProperty({ type: [String], description: 'What of it holds in the whole organization' })
  everywhere!: readonly string[];
  @ApiProperty({ type: [PlacedRightsResponse], description: 'What holds at one site, or of one resource with its parts' })
  places!: readonly PlacedRightsResponse[];
  @ApiProperty({ description: 'Whether they may say who else is in some group' })
  decidesMembership!: boolean;
  @ApiProperty({ type: OrganizationSummary })
  organization!: OrganizationSummary;
  @ApiProperty({ type: PreferencesResponse })
  preferences!: PreferencesResponse;
  @ApiProperty({ type: ShownStandInResponse, nullable: true, description: 'Who acts as them; null where they do themselves' })
  standIn!: ShownStandInResponse | null;
}
