import type { INestApplication } from '@nestjs/common';
import { completeOperations } from './openapi-operations.js';
import { eventContract } from './events/event.contract.js';
import { newDeploymentSchema, newIncidentSchema } from './events/forms.schema.js';
import { hookDeclarationSchema, hookStartSchema } from './webhooks/hooks/declaration.schema.js';
import { hookTrialSchema } from './webhooks/hooks/trial.reader.js';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { version } from './version.js';

const DESCRIPTION = `DevOpstic takes in the events of software delivery and answers with the DORA metrics.

- **Who may call.** Log in with \`POST /tokens\`, or make an API key with \`POST /api-keys\`, and send either as
  \`Authorization: Bearer …\`. Here: *Authorize*.
- **Sending.** \`POST /events\`, or many at once with \`POST /events/batch\`. An event is answered once it and all that
  follows from it are durably stored; sending it again changes nothing.
- **Lists** answer \`{items, count, limit, next}\`: pass \`next\` as \`cursor\` for the page after, until it is null.
- **Times** are RFC 3339 in UTC, durations are seconds.
- **Bodies** are sent as they are: one with a \`Content-Encoding\` is refused with 415.
- **Errors** are problem details (RFC 9457), with a JSON Pointer to everything that is wrong in \`errors\`.`;

const TAGS: [string, string][] = [
  ['auth', 'Getting a token'],
  ['events', 'What happened: sent by pipelines, kept as it was told'],
  ['facts', 'What follows from the events: commits, deployments, incidents, by pipeline'],
  ['metrics', 'The DORA metrics, and the rows that each was computed from'],
  ['webhooks', 'What other services send by themselves, and what became of it'],
  ['scope', 'How what is told is to be read, and which team owns what'],
  ['users', 'People, and what they may do'],
  ['api-keys', 'Credentials for machines'],
  ['audit', 'Who did what'],
  ['health', 'For whoever runs the service'],
];

const BEARER = {
  type: 'http',
  scheme: 'bearer',
  description: 'A token of POST /tokens, or an API key (dvo_…)',
} as const;

/** Schemas that are written as such, and not as classes (ADR 0004). */
const SCHEMAS = {
  ...eventContract,
  NewDeployment: newDeploymentSchema,
  NewIncident: newIncidentSchema,
  HookDeclaration: hookDeclarationSchema,
  HookStart: hookStartSchema,
  HookTrial: hookTrialSchema,
};

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

/** The contract, from the routes and their classes. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const head = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('DevOpstic')
    .setDescription(DESCRIPTION)
    .setVersion(version)
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/', 'This service')
    .addBearerAuth(BEARER)
    .addSecurityRequirements('bearer');
  for (const [name, description] of TAGS) head.addTag(name, description);
  const document = SwaggerModule.createDocument(app, head.build());
  const schemas = { ...SCHEMAS, ...document.components?.schemas } as unknown as Schemas;
  document.components = { ...document.components, schemas };
  completeOperations(document);
  return document;
}

/** Serves it at /openapi.json and as pages at /docs, all from this package: nothing is fetched from elsewhere. */
export function publishOpenApi(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'openapi.json',
    customSiteTitle: 'DevOpstic API',
    raw: ['json'],
    // A token is not to be left in the browser; the validator would be somebody else's service.
    swaggerOptions: { persistAuthorization: false, validatorUrl: null },
  });
}
