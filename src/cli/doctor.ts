import { examine } from '../doctor/examine.js';
import type { Finding } from '../doctor/finding.js';
import { answer } from './answer.js';
import type { Json } from './json-option.js';

/** Of a list, more than these do not help to understand. */
const MOST_ITEMS = 10;

/** Exit code 1 if there is an error among the findings. */
export async function runDoctor(options: Json): Promise<void> {
  const findings = await examine();
  const cut = findings.map((finding) => ({
    ...finding,
    items: finding.items.slice(0, MOST_ITEMS),
    items_in_all: finding.items.length,
  }));
  answer(options, { findings: cut }, inWords(findings));
  if (findings.some(({ severity }) => severity === 'error')) process.exitCode = 1;
}

function inWords(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'Nothing is missing, and nothing is odd.';
  return findings.map(paragraph).join('\n\n');
}

function paragraph({ severity, name, what, why, remedy, items }: Finding): string {
  const rest = items.length - MOST_ITEMS;
  return [
    `${severity}: ${what}`,
    ...items.slice(0, MOST_ITEMS).map((item) => `  - ${item}`),
    ...(rest > 0 ? [`  - and ${rest} more`] : []),
    `  Why it matters: ${why}`,
    `  What to do: ${remedy}`,
    `  (${name})`,
  ].join('\n');
}
