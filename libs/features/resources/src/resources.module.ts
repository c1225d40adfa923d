import { Module } from '@nestjs/common';
import { ResourceCatalogue } from './resource-catalogue';

/** Types, resources, when they may be booked, and bringing them in from a file. */
@Module({ providers: [ResourceCatalogue], exports: [ResourceCatalogue] })
export class ResourcesModule {}
