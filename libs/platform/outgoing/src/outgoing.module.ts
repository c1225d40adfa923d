import { Global, Module } from '@nestjs/common';
import { SafeFetch } from './safe-fetch';

/** Requests to addresses somebody typed in. */
@Global()
@Module({ providers: [SafeFetch], exports: [SafeFetch] })
export class OutgoingModule {}
