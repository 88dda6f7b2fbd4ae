import type { Json } from './json-option.js';

/** What a command found or did: for a person, or with --json as one document on the standard output and nothing else. */
export function answer({ json }: Json, document: unknown, text: string): void {
  console.log(json ? JSON.stringify(document, null, 2) : text);
}

export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const lines = rows.map((cells) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  return lines.map((line) => line.trimEnd()).join('\n');
}
