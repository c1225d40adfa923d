import type { PolicyDocument, PolicyPatch } from '@berth/scheduling';
import { ApiProperty } from '@nestjs/swagger';
import { IsObject } from 'class-validator';
import type { OrganizationPolicy } from './organization-policy';

/** Merge patch (RFC 7396). */
export class OrganizationPolicyRequest {
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'Rules by their names; null takes one back to its default' })
  @IsObject()
  policy!: PolicyPatch;
}

export class OrganizationPolicyResponse {
  @ApiProperty({ format: 'uuid', description: 'Of the organization' })
  id!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'What the organization says itself' })
  policy!: PolicyDocument;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'object', additionalProperties: true },
    description: 'Every rule that counts by its name, each `{ value, source: { level, id?, name? } }`',
  })
  rules!: OrganizationPolicy['rules'];
  @ApiProperty()
  version!: number;
}
