import type { DataSource } from 'typeorm';
import { Config, ConfigError } from '../config/config.js';
import { isUpToDate } from '../database/migrate.js';
import { NOT_MIGRATED, withDatabase } from '../database/with-database.js';
import { StartError } from '../start-error.js';
import { ACCESS_CHECKS } from './access-checks.js';
import { type Check, type Finding, SEVERITIES } from './finding.js';
import { INCIDENT_CHECKS } from './incident-checks.js';
import { MEASURING_CHECKS } from './measuring-checks.js';
import { SENDING_CHECKS } from './sending-checks.js';
import { SETTING_CHECKS } from './setting-checks.js';

const CHECKS: readonly Check[] = [
  ...SETTING_CHECKS,
  ...ACCESS_CHECKS,
  ...SENDING_CHECKS,
  ...MEASURING_CHECKS,
  ...INCIDENT_CHECKS,
];

/** What is missing or odd in the configuration and in the data, the worst first. Changes nothing. */
export async function examine(): Promise<Finding[]> {
  try {
    const findings = await examineDatabase(new Config());
    return SEVERITIES.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
  } catch (cause) {
    if (cause instanceof ConfigError) return [invalidConfiguration(cause)];
    if (cause instanceof StartError) return [unusableDatabase(cause.message)];
    throw cause;
  }
}

function examineDatabase(config: Config): Promise<Finding[]> {
  return withDatabase(config, async (dataSource) => {
    if (!(await isUpToDate(dataSource))) return [unusableDatabase(NOT_MIGRATED)];
    return examineAll(config, dataSource);
  });
}

async function examineAll(config: Config, dataSource: DataSource): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const check of CHECKS) {
    const finding = await check({ config, dataSource });
    if (finding !== null) findings.push(finding);
  }
  return findings;
}

function invalidConfiguration({ faults }: ConfigError): Finding {
  return {
    name: 'configuration_invalid',
    severity: 'error',
    what: 'Settings are not valid:',
    why: 'The service does not start with them, and nothing else could be looked at.',
    remedy: 'Correct them: .env.example says what each may be.',
    items: [...faults],
  };
}

function unusableDatabase(reason: string): Finding {
  return {
    name: 'database_unusable',
    severity: 'error',
    what: `The database cannot be used: ${reason}.`,
    why: 'Without it the service cannot work, and nothing else could be looked at.',
    remedy:
      'devopstic serve migrates a database and starts the embedded one; run this with the settings of the service.',
    items: [],
  };
}
