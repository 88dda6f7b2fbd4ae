import { readFileSync } from 'node:fs';

/** That of the package: what --version and the contract say. */
export const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
