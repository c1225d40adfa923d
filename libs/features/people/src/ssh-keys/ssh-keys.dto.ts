import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import type { OwnSshKey } from './ssh-key.queries';

export class AddSshKeyRequest {
  @ApiProperty({ maxLength: 16_000, description: 'One line: algorithm, key, comment; no options' })
  @IsString()
  @MaxLength(16_000)
  publicKey!: string;
}

export class OwnSshKeyResponse implements OwnSshKey {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ description: '`ssh-ed25519`, `ssh-rsa` or `ecdsa-sha2-…`' })
  algorithm!: string;
  @ApiProperty()
  bits!: number;
  @ApiProperty()
  comment!: string;
  @ApiProperty({ description: '`SHA256:…` as OpenSSH shows it' })
  fingerprint!: string;
  @ApiProperty({ description: 'One line of `authorized_keys`' })
  publicKey!: string;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class OwnSshKeyList {
  @ApiProperty({ type: [OwnSshKeyResponse] })
  data!: readonly OwnSshKeyResponse[];
}
