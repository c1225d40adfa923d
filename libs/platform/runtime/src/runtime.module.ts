import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { Logger } from 'pino';
import { Clock } from './clock';
import type { Config } from './config';
import { Schedule } from './schedule';
import { Secrets } from './secrets';
import { CONFIG, LOG } from './tokens';

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
        Schedule,
      ],
      exports: [CONFIG, Clock, Secrets, LOG, Schedule],
    };
  }
}
