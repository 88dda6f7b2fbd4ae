type Scalar = string | number | boolean | null | undefined;
type Value = Scalar | Scalar[] | { [name: string]: Value };

/** One level of names, joined by dots; a list is one cell. */
function flat(value: Value, name = ''): [string, Scalar | Scalar[]][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[name, value]];
  return Object.entries(value).flatMap(([key, part]) => flat(part, name === '' ? key : `${name}.${key}`));
}

/** RFC 4180 with a header row. The columns are those of `example`, whatever the rows, so that none is ever missing. */
export function csvOf(rows: readonly object[], example: object): string {
  const columns = flat(example as Value).map(([name]) => name);
  const lines = rows.map((row) => {
    const cells = new Map(flat(row as Value));
    return columns.map((column) => cell(cells.get(column)));
  });
  return [columns, ...lines].map((line) => `${line.join(',')}\r\n`).join('');
}

function cell(value: Scalar | Scalar[]): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  return quoted(harmless(Array.isArray(value) ? value.join(';') : String(value)));
}

/** A spreadsheet would take text that begins like this for a formula. */
function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
