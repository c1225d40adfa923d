import { Problem } from '@berth/contracts';
import type { Actor } from '@berth/platform/auth';
import { validationFailed } from '@berth/platform/http';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
// Declares what it adds to requests; the application registers it.
import type {} from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';

/** The file of a request: the field `file` of `multipart/form-data`, or the whole body as `text/csv` or `text/calendar`. */
export const UploadedFile = createParamDecorator(async (_: unknown, context: ExecutionContext): Promise<Buffer> => {
  const request = context.switchToHttp().getRequest<FastifyRequest & { actor?: Actor }>();
  if (request.isMultipart()) {
    const bytes = await readPart(request);
    fingerprint(request.actor, bytes);
    return bytes;
  }
  if (!Buffer.isBuffer(request.body))
    throw new Problem('unsupported-media-type', { detail: 'Send multipart/form-data with a field file, or the file itself.' });
  return request.body;
});

async function readPart(request: FastifyRequest): Promise<Buffer> {
  try {
    const part = await request.file();
    const bytes = await part?.toBuffer();
    if (bytes && part?.fieldname === 'file') return bytes;
  } catch (error) {
    // What the parser of forms has no status for is a form that is broken.
    if ((error as { statusCode?: number }).statusCode === undefined)
      throw new Problem('malformed-request', { detail: 'The form could not be read.' });
    throw error;
  }
  throw validationFailed([{ pointer: '/file', code: 'required', detail: 'The file goes in the field “file”.' }]);
}

/** A form is read after its Idempotency-Key was: what is in the file belongs to what the key stands for. */
function fingerprint(actor: Actor | undefined, bytes: Buffer): void {
  if (!actor?.idempotency) return;
  Object.assign(actor.idempotency, { fingerprint: createHash('sha256').update(actor.idempotency.fingerprint).update(bytes).digest() });
}
