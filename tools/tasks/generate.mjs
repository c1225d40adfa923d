/** `npm run generate` and `generate:check`: files made from the code and committed. */
import { Failure } from '../toolchain/phase.mjs';

export function generate() {
  throw new Failure('Nothing is generated yet.');
}

export function generateCheck() {
  return 0;
}
