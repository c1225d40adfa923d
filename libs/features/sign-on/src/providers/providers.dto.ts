import { roles, type Role } from '@berth/contracts';
import { IsPlainText } from '@berth/platform/http';
import { ApiProperty, ApiPropertyOptional, IntersectionType, OmitType, PartialType, PickType } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
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
  ValidateNested,
} from 'class-validator';
import { type ClaimNames, standardClaims } from '../signing-in/identity';
import { DOMAIN, writtenDomain } from './home-domain';
import { type Admission, admissions, type Mapping, type Prompt, prompts } from './provider';

const KEY = /^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/;
const ISSUER = /^https?:\/\/[^\s?#@]{1,490}$/;
/** RFC 6749 §3.3. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/;
const eachWritten = (write: (text: string) => string): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    Array.isArray(value) ? value.map((it: unknown) => (typeof it === 'string' ? write(it) : it)) : value,
  );

class ClaimNamesResponse implements ClaimNames {
  @ApiProperty({ example: standardClaims.username })
  @IsString()
  @Length(1, 200)
  @IsPlainText()
  username!: string;

  @ApiProperty({ example: standardClaims.displayName })
  @IsString()
  @Length(1, 200)
  @IsPlainText()
  displayName!: string;

  @ApiProperty({ example: standardClaims.email })
  @IsString()
  @Length(1, 200)
  @IsPlainText()
  email!: string;

  @ApiProperty({ example: standardClaims.groups })
  @IsString()
  @Length(1, 200)
  @IsPlainText()
  groups!: string;

  @ApiProperty({ example: standardClaims.roles, description: 'A claim, or a path of names parted by dots' })
  @IsString()
  @Length(1, 200)
  @IsPlainText()
  roles!: string;
}

export class ClaimNamesRequest extends PartialType(ClaimNamesResponse, { skipNullProperties: false }) {}

export class MappingRequest implements Mapping {
  @ApiProperty({ enum: ['group', 'role'] })
  @IsIn(['group', 'role'])
  source!: 'group' | 'role';

  @ApiProperty({ minLength: 1, maxLength: 500, description: 'As the provider spells it' })
  @IsString()
  @Length(1, 500)
  @IsPlainText()
  value!: string;

  @ApiPropertyOptional({ type: String, format: 'uuid', nullable: true, default: null })
  @IsOptional()
  @IsUUID()
  groupId: string | null = null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    default: null,
    description: 'Key of a built-in role, or id of one of your own; one of group and role',
  })
  @ValidateIf((it: MappingRequest) => it.roleId !== null || it.groupId === null)
  @IsString()
  @Length(1, 50)
  roleId: string | null = null;
}

class ProviderSettingsRequest {
  @ApiProperty({ minLength: 1, maxLength: 100, description: 'On the button' })
  @IsString()
  @Length(1, 100)
  @IsPlainText()
  name!: string;

  @ApiProperty({ minLength: 1, maxLength: 500 })
  @IsString()
  @Length(1, 500)
  @IsPlainText()
  clientId!: string;

  @ApiProperty({ type: String, nullable: true, maxLength: 1000, description: 'Never shown again; null for a public client' })
  @IsOptional()
  @IsString()
  @Length(1, 1000)
  @IsPlainText()
  clientSecret!: string | null;

  @ApiProperty({ type: [String] })
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @Matches(SCOPE, { each: true, message: 'is a scope' })
  scopes!: string[];

  @ApiProperty({ enum: prompts, nullable: true })
  @IsOptional()
  @IsIn(prompts)
  prompt!: Prompt | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    minimum: 0,
    maximum: 31_536_000,
    description: 'Seconds since one showed there who one is',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(31_536_000)
  maxAge!: number | null;

  @ApiProperty({ enum: admissions })
  @IsIn(admissions)
  admits!: Admission;

  @ApiProperty({ enum: roles, description: 'The role of accounts made for people nobody invited' })
  @IsIn(roles)
  newRole!: Role;

  @ApiProperty({ type: [String], description: 'Only addresses of these come in; empty is all' })
  @IsArray()
  @ArrayMaxSize(50)
  @eachWritten((it) => it.trim().toLowerCase())
  @ArrayUnique()
  @Matches(DOMAIN, { each: true, message: 'is a domain like acme.example' })
  domains!: string[];

  @ApiProperty({
    type: [String],
    maxItems: 20,
    description:
      'Who types an address of these at sign-in is offered it first; each stands at one provider only. Kept in lower case and ASCII',
  })
  @IsArray()
  @ArrayMaxSize(20)
  @eachWritten(writtenDomain)
  @ArrayUnique()
  @Matches(DOMAIN, { each: true, message: 'is a domain like acme.example' })
  homeDomains!: string[];

  @ApiProperty({ description: 'Takes its addresses for proved also where it does not say so' })
  @IsBoolean()
  trustsEmails!: boolean;

  @ApiProperty({ type: [String], description: 'Values of amr or acr that count as our second factor' })
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 200, { each: true })
  @IsPlainText({ each: true })
  secondFactorValues!: string[];

  @ApiProperty({ type: ClaimNamesRequest, description: 'Those that are left out are the standard ones, or stay' })
  @ValidateNested()
  @Type(() => ClaimNamesRequest)
  claims!: ClaimNamesRequest;

  @ApiProperty()
  @IsBoolean()
  enabled!: boolean;

  @ApiProperty({ type: [MappingRequest] })
  @IsArray()
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => MappingRequest)
  mapping!: MappingRequest[];
}

export class ChangeProviderRequest extends PartialType(ProviderSettingsRequest, { skipNullProperties: false }) {}

export class AddProviderRequest extends IntersectionType(
  PickType(ProviderSettingsRequest, ['name', 'clientId'] as const),
  PartialType(OmitType(ProviderSettingsRequest, ['name', 'clientId'] as const), { skipNullProperties: false }),
) {
  @ApiProperty({ pattern: KEY.source, description: 'Stands in the redirect URI; never changes' })
  @Matches(KEY, { message: 'takes up to 40 small letters, digits and hyphens' })
  key!: string;

  @ApiProperty({ description: 'Address of the provider, under which it says what it is; never changes' })
  @Matches(ISSUER, { message: 'is an address like https://id.acme.example/realms/acme' })
  issuer!: string;
}

export class OrderProvidersRequest {
  @ApiProperty({ type: [String], format: 'uuid', description: 'Those that are left out stand behind' })
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  ids!: string[];
}

export class TestIssuerRequest {
  @ApiProperty({ description: 'Address of the provider' })
  @Matches(ISSUER, { message: 'is an address like https://id.acme.example/realms/acme' })
  @MaxLength(500)
  issuer!: string;
}

export class OfferedProviderResponse {
  @ApiProperty()
  key!: string;
  @ApiProperty()
  name!: string;
}

export class OfferedProvidersQuery {
  @ApiPropertyOptional({ maxLength: 253, description: 'What stands behind the @ of an e-mail address; nothing else of it is asked for' })
  @IsOptional()
  @IsString()
  @MaxLength(253)
  domain?: string;
}

export class OfferedProvidersResponse {
  @ApiProperty({ type: [OfferedProviderResponse] })
  data!: readonly OfferedProviderResponse[];
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Key of the one for addresses of the domain, whoever has them; null where none is',
  })
  home!: string | null;
}

export class MappingResponse {
  @ApiProperty({ enum: ['group', 'role'] })
  source!: 'group' | 'role';
  @ApiProperty()
  value!: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  groupId!: string | null;
  @ApiProperty({ type: String, nullable: true })
  roleId!: string | null;
}

export class ProviderResponse extends OmitType(ProviderSettingsRequest, ['clientSecret', 'claims', 'mapping'] as const) {
  @ApiProperty()
  key!: string;
  @ApiProperty()
  issuer!: string;
  @ApiProperty({ type: ClaimNamesResponse })
  claims!: ClaimNamesResponse;
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  hasSecret!: boolean;
  @ApiProperty({ description: 'To be registered at the provider' })
  redirectUri!: string;
  @ApiProperty()
  linkedPeople!: number;
  @ApiProperty({ type: [MappingResponse] })
  mapping!: MappingResponse[];
  @ApiProperty()
  version!: number;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class ProvidersResponse {
  @ApiProperty({ type: [ProviderResponse] })
  data!: readonly ProviderResponse[];
  @ApiProperty({ description: 'What If-Match names where the order is written: of all settings of the organization' })
  orderVersion!: number;
}

export class IssuerReportResponse {
  @ApiProperty({ description: 'Whether people could sign in there' })
  ok!: boolean;
  @ApiProperty({
    type: String,
    nullable: true,
    enum: ['unreachable', 'refused-address', 'not-a-provider', 'other-issuer', 'no-code', 'no-pkce'],
  })
  failure!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'In English, for whoever looks after the provider' })
  detail!: string | null;
  @ApiProperty({ type: [String], description: 'Scopes it knows' })
  scopes!: readonly string[];
  @ApiProperty({ type: [String], description: 'Claims it says it has' })
  claims!: readonly string[];
  @ApiProperty()
  signsOut!: boolean;
}
