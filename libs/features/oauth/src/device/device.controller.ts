import { CurrentActor, Requires, type Actor } from '@berth/platform/auth';
import { ApiProblems } from '@berth/platform/http';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AskedResponse } from '../consent/consent.dto';
import { AnswerDeviceRequest, LookAtDeviceRequest } from './device.dto';
import { DeviceRequests } from './device-requests';

/** Where a person types in the code a device shows. */
@ApiTags('oauth')
@Controller('oauth/device')
export class DeviceController {
  constructor(private readonly requests: DeviceRequests) {}

  /** What the device with this code asks for. */
  @Post('look')
  @Requires('account:secure')
  @HttpCode(200)
  @ApiOkResponse({ type: AskedResponse })
  @ApiProblems('validation-failed', 'not-found', 'too-many-attempts')
  look(@CurrentActor() actor: Actor, @Body() { userCode }: LookAtDeviceRequest): Promise<AskedResponse> {
    return this.requests.look(actor, userCode);
  }

  /** Lets the device act in one's name, or does not. */
  @Post('answer')
  @Requires('account:secure')
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiProblems('validation-failed', 'not-found', 'too-many-attempts', 'idempotency-key-reused')
  answer(@CurrentActor() actor: Actor, @Body() { userCode, allow }: AnswerDeviceRequest): Promise<void> {
    return this.requests.answer(actor, userCode, allow);
  }
}
