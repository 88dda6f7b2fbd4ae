import { readFileSync } from 'node:fs';
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

const { version, description } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
  description: string;
};

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
  return SwaggerModule.createDocument(app, head);
}

/** Serves it at /openapi.json and as pages at /docs, all from this package: nothing is fetched from elsewhere. */
export function publishOpenApi(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'openapi.json',
    customSiteTitle: 'DevOpstic API',
    swaggerOptions: { persistAuthorization: true },
  });
}
