import { problems, type ProblemCode } from '@berth/contracts';
import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { ProblemResponse } from './problem.dto';

const DOCUMENTED = 'berth:problems';

/** Documents the problems a route answers with; codes of one status share an entry. May stand on a route more than once. */
export const ApiProblems =
  (...codes: ProblemCode[]): MethodDecorator & ClassDecorator =>
  (target: object, key?: string | symbol, descriptor?: PropertyDescriptor) => {
    const holder = (descriptor?.value as object | undefined) ?? target;
    const all = [...new Set([...((Reflect.getMetadata(DOCUMENTED, holder) as ProblemCode[] | undefined) ?? []), ...codes])];
    Reflect.defineMetadata(DOCUMENTED, all, holder);

    const statuses = [...new Set(all.map((it) => problems[it].status))];
    const responses = statuses.map((status) =>
      ApiResponse({
        status,
        description: all
          .filter((it) => problems[it].status === status)
          .map((it) => `\`${it}\`: ${problems[it].title}`)
          .join('; '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemResponse' } } },
      }),
    );
    applyDecorators(...responses)(target, key as string, descriptor as PropertyDescriptor);
  };

export { ProblemResponse };
