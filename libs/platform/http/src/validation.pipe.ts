import type { FieldError } from '@berth/contracts';
import { type ArgumentMetadata, Injectable, type PipeTransform, ValidationPipe } from '@nestjs/common';
import { getMetadataStorage, type ValidationError } from 'class-validator';
import { validationFailed } from './problem.filter';

/** Checks bodies and queries against their DTO: nothing missing, nothing extra, everything of the right type. */
@Injectable()
export class DtoPipe implements PipeTransform {
  private readonly body = pipeFor('body');
  private readonly query = pipeFor('query');
  /** What a query without parameters is read as, by its DTO: most requests have none. */
  private readonly unasked = new Map<unknown, object>();

  transform(value: unknown, metadata: ArgumentMetadata): unknown {
    if (metadata.type === 'query') return isEmpty(value) ? this.nothingAsked(value, metadata) : this.query.transform(value, metadata);
    if (metadata.type !== 'body') return value;
    // A DTO of only optional fields takes an absent body as an empty one.
    return this.body.transform(value ?? {}, metadata);
  }

  private async nothingAsked(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const known = this.unasked.get(metadata.metatype);
    if (known) return copyOf(known);
    const read: unknown = await this.query.transform(value, metadata);
    if (typeof read === 'object' && read !== null && Object.values(read).every(isPrimitive))
      this.unasked.set(metadata.metatype, copyOf(read));
    return read;
  }
}

/** Of its class, as whoever gets it may change it. */
const copyOf = (it: object): object => Object.assign(Object.create(Object.getPrototypeOf(it) as object) as object, it);
const isEmpty = (value: unknown): boolean => typeof value === 'object' && value !== null && Object.keys(value).length === 0;
const isPrimitive = (value: unknown): boolean => typeof value !== 'object' || value === null;

function pipeFor(place: 'body' | 'query'): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: false,
    stopAtFirstError: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => validationFailed(fieldErrors(errors, place, '')),
  });
}

function fieldErrors(errors: readonly ValidationError[], place: 'body' | 'query', parent: string): FieldError[] {
  return errors.flatMap((error) => {
    const pointer = place === 'query' && parent === '' ? `?${error.property}` : `${parent}/${escape(error.property)}`;
    const own = Object.entries(error.constraints ?? {}).map(([rule, detail]) => ({ pointer, code: codeOf(rule, place), detail }));
    return [...own, ...fieldErrors(error.children ?? [], place, pointer)];
  });
}

/**
 * class-validator looks through the rules of every class for each value it checks, dearer than the check itself. The
 * rules of a class are complete once it is loaded, so they are looked up once.
 */
function rememberRules(): void {
  const storage = getMetadataStorage();
  const lookUp = storage.getTargetValidationMetadatas.bind(storage);
  const known = new Map<unknown, ReturnType<typeof lookUp>>();
  storage.getTargetValidationMetadatas = (target, schema, always, strictGroups, groups) => {
    if (schema || groups?.length) return lookUp(target, schema, always, strictGroups, groups);
    const rules = known.get(target) ?? lookUp(target, schema, always, strictGroups, groups);
    known.set(target, rules);
    return rules;
  };
}

rememberRules();

/** `isNotEmpty` → `is-not-empty`; the two a client meets most have words of their own. */
function codeOf(rule: string, place: 'body' | 'query'): string {
  if (rule === 'whitelistValidation') return place === 'query' ? 'unknown-parameter' : 'unknown-property';
  if (rule === 'isDefined') return 'required';
  return rule.replace(/[A-Z]/g, (it) => `-${it.toLowerCase()}`);
}

/** RFC 6901 §3. */
const escape = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
