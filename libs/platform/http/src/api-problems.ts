import { problems, type ProblemCode } from '@berth/contracts';
import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { ProblemResponse } from './problem.dto';

/** A problem whose body has members beyond those of all problems. */
export interface ExtendedProblem {
  readonly code: ProblemCode;
  readonly type: Type<ProblemResponse>;
}

const DOCUMENTED = 'berth:problems';

/** Documents the problems a route answers with; codes of one status share an entry. May stand on a route more than once. */
export const ApiProblems =
  (...given: (ProblemCode | ExtendedProblem)[]): MethodDecorator & ClassDecorator =>
  (target: object, key?: string | symbol, descriptor?: PropertyDescriptor) => {
    const holder = (descriptor?.value as object | undefined) ?? target;
    const documented = (Reflect.getMetadata(DOCUMENTED, holder) as ExtendedProblem[] | undefined) ?? [];
    const fresh = given
      .map((it) => (typeof it === 'string' ? { code: it, type: ProblemResponse } : it))
      .filter(({ code }) => documented.every((it) => it.code !== code));
    const all = [...documented, ...fresh];
    Reflect.defineMetadata(DOCUMENTED, all, holder);

    const byStatus = Map.groupBy(fresh, (it) => problems[it.code].status);
    const responses = [...byStatus].map(([status, some]) =>
      ApiResponse({
        status,
        // Joined to what the status says already.
        description: some.map(({ code }) => `\`${code}\`: ${problems[code].title}`).join('; '),
        content: { 'application/problem+json': { schema: schemaOf(all.filter((it) => problems[it.code].status === status)) } },
      }),
    );
    const types = fresh.map((it) => it.type).filter((it) => it !== ProblemResponse);
    applyDecorators(...responses, ...(types.length > 0 ? [ApiExtraModels(...types)] : []))(
      target,
      key as string,
      descriptor as PropertyDescriptor,
    );
  };

function schemaOf(some: readonly ExtendedProblem[]): { $ref: string } | { anyOf: { $ref: string }[] } {
  const refs = [...new Set(some.map((it) => it.type))].map((it) => ({ $ref: getSchemaPath(it) }));
  const [only, ...others] = refs;
  return only && others.length === 0 ? only : { anyOf: refs };
}

export { ProblemResponse };
