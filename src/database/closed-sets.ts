/** An expression for CHECK: the column has one of these values, or none. */
export function oneOf(column: string, values: readonly string[]): string {
  return `${column} IN (${values.map((value) => `'${value}'`).join(', ')})`;
}

/** An expression for CHECK: the column, a list, has none but these values. */
export function noneBut(column: string, values: readonly string[]): string {
  return `${column} <@ ARRAY[${values.map((value) => `'${value}'`).join(', ')}]`;
}
