import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { Logger } from 'pino';
import { Clock } from './clock';
import type { Config } from './config';
import { Secrets } from './secrets';

/** Injection tokens of values that are not classes. */
export const CONFIG = Symbol('Config');
export const LOG = Symbol('Log');

/** What every part needs: configuration, clock, secrets and log. */
@Global()
@Module({})
export class RuntimeModule {
  static with(parts: { config: Config; clock: Clock; secrets: Secrets; log: Logger }): DynamicModule {
    return {
      module: RuntimeModule,
      providers: [
        { provide: CONFIG, useValue: parts.config },
        { provide: Clock, useValue: parts.clock },
        { provide: Secrets, useValue: parts.secrets },
        { provide: LOG, useValue: parts.log },
      ],
      exports: [CONFIG, Clock, Secrets, LOG],
    };
  }
}
