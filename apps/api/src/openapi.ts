import { ProblemResponse } from '@berth/platform/http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

type OperationObject = NonNullable<OpenAPIObject['paths'][string]['get']>;

/** The contract, written from the code: `reservations.book` is the method `book` of `ReservationsController`. */
export function createOpenApi(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Berth')
    .setDescription(
      'Reservations of rooms, desks, equipment, vehicles and servers. Every 4xx and 5xx answer is `application/problem+json` (RFC 9457).',
    )
    .setVersion('1')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .setOpenAPIVersion('3.1.0')
    .addServer('/')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'bearer')
    .addCookieAuth('berth-session', { type: 'apiKey', in: 'cookie' }, 'session')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    extraModels: [ProblemResponse],
    operationIdFactory: (controller, method) => `${lowerFirst(controller.replace(/Controller$/, ''))}.${method}`,
  });
  for (const path of Object.values(document.paths))
    for (const operation of Object.values(path) as OperationObject[]) addCommonProblems(operation);
  return document;
}

/** What any route may answer before its own code runs. */
function addCommonProblems(operation: OperationObject): void {
  const common = { 400: 'The request could not be read, or has a parameter that does not exist', 503: 'Berth cannot answer right now' };
  const ofBodies = { 413: 'The body is too large', 415: 'The body has a type that is not taken here' };
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemResponse' } } };
  for (const [status, description] of Object.entries(operation.requestBody ? { ...common, ...ofBodies } : common)) {
    operation.responses[status] ??= { description, content };
  }
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
