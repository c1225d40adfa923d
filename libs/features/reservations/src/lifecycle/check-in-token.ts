import { Problem } from '@berth/contracts';
import { Clock, Secrets } from '@berth/platform/runtime';
import { Injectable } from '@nestjs/common';
import { timingSafeEqual } from 'node:crypto';

const FORMAT = 1;
const BODY_BYTES = 21;
const SIGNATURE_BYTES = 16;
const PURPOSE = 'check-in';

/**
 * The word a QR code at a resource holds: who sends it has been there. 50 characters: format, id of the resource, end of
 * validity in seconds since 1970 (0 for a printed code that stays), and the first half of an HMAC-SHA-256 over them.
 */
@Injectable()
export class CheckInTokens {
  constructor(
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  /** @param expiresAt undefined for one that is printed and stays */
  issue(resourceId: string, expiresAt?: Date): string {
    const body = Buffer.alloc(BODY_BYTES);
    body.writeUInt8(FORMAT, 0);
    body.write(resourceId.replaceAll('-', ''), 1, 'hex');
    body.writeUInt32BE(expiresAt ? Math.ceil(expiresAt.getTime() / 1000) : 0, 17);
    return Buffer.concat([body, this.signature(body)]).toString('base64url');
  }

  /** Id of the resource it was issued for. @throws Problem `check-in-code-invalid` */
  read(token: string): string {
    const bytes = Buffer.from(token, 'base64url');
    const body = bytes.subarray(0, BODY_BYTES);
    const signature = bytes.subarray(BODY_BYTES);
    const isOurs = body[0] === FORMAT && signature.length === SIGNATURE_BYTES && timingSafeEqual(signature, this.signature(body));
    if (!isOurs) throw new Problem('check-in-code-invalid');
    const expires = body.readUInt32BE(17);
    if (expires > 0 && expires * 1000 <= this.clock.now().getTime())
      throw new Problem('check-in-code-invalid', { detail: 'It has expired.' });
    const hex = body.toString('hex', 1, 17);
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  }

  private signature(body: Buffer): Buffer {
    return this.secrets.sign(body, PURPOSE).subarray(0, SIGNATURE_BYTES);
  }
}
