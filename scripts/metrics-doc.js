// npm run metrics-doc: writes the tables of doc/metrics.md from the catalogue of metrics.
import { readFileSync, writeFileSync } from 'node:fs';
import { withMetrics } from '../test/support/metrics-doc.js';

const page = new URL('../doc/metrics.md', import.meta.url);
writeFileSync(page, withMetrics(readFileSync(page, 'utf8')));
