// npm run openapi: writes the types of the answers that the page reads, from doc/openapi.json.
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';

const FILE = 'src/dashboard/page/api/contract.d.ts';
const READ = [
  'SummaryView',
  'SeriesView',
  'PipelinesView',
  'ExplainView',
  'PipelinePage',
  'DeploymentPage',
  'IncidentPage',
];

const { components, ...head } = JSON.parse(readFileSync('doc/openapi.json', 'utf8'));
const schemas = {};

/** Takes a schema, and those that it is made of. */
function take(name) {
  if (name in schemas) return;
  schemas[name] = components.schemas[name];
  for (const [, other] of JSON.stringify(schemas[name]).matchAll(/#\/components\/schemas\/(\w+)/g)) take(other);
}

READ.forEach(take);
const types = astToString(await openapiTS({ ...head, paths: {}, components: { schemas } }));
// What is said of each field stands in the contract.
const bare = types.replaceAll(/^ *\/\*\*[^]*?\*\/\n/gm, '');
const options = { ...(await resolveConfig(FILE)), filepath: FILE };
const text = await format(`// Written by npm run openapi.\n${bare}`, options);
if (!process.argv.includes('--check')) writeFileSync(FILE, text);
else if (readFileSync(FILE, 'utf8') !== text) {
  console.error(`${FILE} is not what doc/openapi.json says: run npm run openapi and commit it`);
  process.exitCode = 1;
}
