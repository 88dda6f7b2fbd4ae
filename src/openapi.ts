import { readFileSync } from 'node:fs';
import type { INestApplication } from '@nestjs/common';
import { eventSchema, storedEventSchema } from './events/event.schema.js';
import { newDeploymentSchema, newIncidentSchema } from './events/forms.schema.js';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

const { version, description } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
  description: string;
};

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

/** The contract, from the routes and their classes. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const head = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('DevOpstic')
    .setDescription(description)
    .setVersion(version)
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'A token of POST /tokens, or an API key (dvo_…)' })
    .addSecurityRequirements('bearer')
    .build();
  const document = SwaggerModule.createDocument(app, head);
  // The event's schema, and what is made of it, is written as such and not as a class (ADR 0004).
  const written = {
    Event: eventSchema,
    StoredEvent: storedEventSchema,
    NewDeployment: newDeploymentSchema,
    NewIncident: newIncidentSchema,
  };
  const schemas = written as unknown as Schemas;
  document.components = { ...document.components, schemas: { ...schemas, ...document.components?.schemas } };
  return document;
}

/** Serves it at /openapi.json and as pages at /docs, all from this package: nothing is fetched from elsewhere. */
export function publishOpenApi(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'openapi.json',
    customSiteTitle: 'DevOpstic API',
    swaggerOptions: { persistAuthorization: true },
  });
}
