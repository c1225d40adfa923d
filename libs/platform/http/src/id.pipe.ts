import { Problem } from '@berth/contracts';
import { isId } from '@berth/kernel';
import { Injectable, type PipeTransform } from '@nestjs/common';

/** An id in a path. One that could not be ours names nothing, so it is not found rather than malformed. */
@Injectable()
export class IdPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!isId(value)) throw new Problem('not-found');
    return value.toLowerCase();
  }
}
