import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, pino, type Logger } from 'pino';

/** Structured log on standard error, one line an outcome; ids only, never personal data or secrets. What went wrong is logged as `error`. */
export function createLog(level: string, to: DestinationStream = pino.destination({ dest: 2, sync: false })): Logger {
  return pino(
    {
      level,
      errorKey: 'error',
      serializers: { error: errorFacts },
      redact: ['password', 'token', 'authorization', 'cookie', '*.password', '*.token', 'req.headers.authorization', 'req.headers.cookie'],
    },
    to,
  );
}

/** What and where it was, without the data it happened to: the details PostgreSQL gives have whole rows in them. */
function errorFacts(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { message, stack, cause, code, constraint, table } = error as Error & Readonly<Record<'code' | 'constraint' | 'table', unknown>>;
  const several = error instanceof AggregateError ? { errors: error.errors.map(errorFacts) } : {};
  return {
    ...{ type: error.constructor.name, message, code, constraint, table, stack, ...several },
    ...(cause !== undefined && { cause: errorFacts(cause) }),
  };
}

/** Nest's own messages in the same log. */
export class NestLog implements LoggerService {
  constructor(private readonly target: Logger) {}
  log(message: unknown, context?: string): void {
    this.target.debug({ context }, String(message));
  }
  error(message: unknown, stack?: string, context?: string): void {
    this.target.error({ context, stack }, String(message));
  }
  warn(message: unknown, context?: string): void {
    this.target.warn({ context }, String(message));
  }
}
