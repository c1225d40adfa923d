import { type ProvisioningOutcome, provisioningOutcomes, Problem } from '@berth/contracts';
import { Public } from '@berth/platform/auth';
import { ApiProblems, IsPlainText } from '@berth/platform/http';
import { Body, Controller, Headers, HttpCode, Post, type RawBodyRequest, Req } from '@nestjs/common';
import { ApiHeader, ApiNoContentResponse, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsObject, IsOptional, IsString, IsUUID, Length } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { TakeCallback } from './take-callback';

export class CallbackRequest {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  reservationId!: string;

  @ApiProperty({ enum: provisioningOutcomes })
  @IsIn(provisioningOutcomes)
  outcome!: ProvisioningOutcome;

  @ApiPropertyOptional({ type: String, nullable: true, minLength: 1, maxLength: 2000, description: 'For whose reservation it is' })
  @IsOptional()
  @IsString()
  @Length(1, 2000)
  @IsPlainText()
  message?: string | null;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'For programs that follow; in the event' })
  @IsOptional()
  @IsObject()
  details?: Record<string, unknown>;
}

const SIGNED = ['berth-webhook', 'webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;

/** What provisioners report. */
@ApiTags('webhooks')
@Controller('webhooks/callback')
export class CallbackController {
  constructor(private readonly taking: TakeCallback) {}

  /**
   * Takes what came of setting up what is booked, or of taking it down. Signed with the secret of the webhook that was told, as Standard
   * Webhooks 1.0 says: a `webhook-id` of its own, the time, and the signature over both and the body; good for five minutes, taken once.
   */
  @Post()
  @Public()
  @HttpCode(204)
  @ApiHeader({ name: 'Berth-Webhook', description: 'Id of the webhook', required: false })
  @ApiHeader({ name: 'webhook-id', required: false })
  @ApiHeader({ name: 'webhook-timestamp', description: 'Seconds since 1970', required: false })
  @ApiHeader({ name: 'webhook-signature', description: '`v1,…`', required: false })
  @ApiNoContentResponse()
  @ApiProblems('validation-failed', 'signature-invalid', 'not-found')
  async take(
    @Body() { reservationId, outcome, message = null, details }: CallbackRequest,
    @Headers() headers: Record<string, string | string[] | undefined>,
    @Req() { rawBody }: RawBodyRequest<FastifyRequest>,
  ): Promise<void> {
    const [webhookId, messageId, timestamp, signature] = SIGNED.map((it) => headers[it]);
    const texts = [webhookId, messageId, timestamp, signature];
    if (!rawBody || !texts.every((it) => typeof it === 'string')) throw new Problem('signature-invalid');
    const signed = {
      ...{ webhookId: String(webhookId), messageId: String(messageId), timestamp: String(timestamp), signature: String(signature) },
      body: rawBody,
    };
    await this.taking.execute({ signed, reservationId, outcome, message, details });
  }
}
