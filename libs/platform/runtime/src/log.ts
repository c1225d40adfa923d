import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';

/** Structured log on standard error, one line an outcome; ids only, never personal data or secrets. */
export function createLog(level: string): Logger {
  return pino(
    {
      level,
      redact: ['password', 'token', 'authorization', 'cookie', '*.password', '*.token', 'req.headers.authorization', 'req.headers.cookie'],
    },
    pino.destination({ dest: 2, sync: false }),
  );
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
